"""Telegram: one bot, by python-telegram-bot. Contract: https://core.telegram.org/bots/api, `shared/providers.md`."""
