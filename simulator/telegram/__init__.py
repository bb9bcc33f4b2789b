"""Telegram's Bot API: one bot, as its owner's software and the people who write to it see it.

Built from https://core.telegram.org/bots/api and from how python-telegram-bot 22 calls it. Two prefixes stand for the
host: `/telegram/bot<token>/<method>` and `/telegram/file/bot<token>/<path>`, so a client takes
`base_url="http://…/telegram/bot"` and `base_file_url="http://…/telegram/file/bot"`. The stand-in is `provider.py`.

Of the API it has what a bot in private chats with text, buttons and pictures needs; every other method is "not found".
Not played: groups and channels, the old Markdown, a method call in the answer to a webhook.
"""
