"""The link, or QR code, on an officer's printed slip that opens the talk with a person's code. Pure.

It stands on paper only: a message bears no links. Source: https://core.telegram.org/bots/features#deep-linking.
"""

from __future__ import annotations

from language.codes import is_valid


def deep_link(code: str, bot_name: str) -> str:
    """ "N7NN7N7H" → "https://t.me/phuong_lang_bot?start=N7NN7N7H". ValueError for what is no code, or without a bot."""
    if not is_valid(code):
        raise ValueError("not a reference code in its stored form")
    if not bot_name:
        raise ValueError("no bot is named (LOA_TELEGRAM_BOT_NAME)")
    return f"https://t.me/{bot_name}?start={code}"
