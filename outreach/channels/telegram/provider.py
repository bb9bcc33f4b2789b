"""Telegram's row among the providers. It sends no receipts: what it took is in the chat, and more nobody learns."""

from __future__ import annotations

from outreach.channels.provider import Account, Provider
from outreach.channels.telegram.check import check
from outreach.channels.telegram.errors import error_class
from outreach.channels.telegram.house import NAME, adapter
from outreach.channels.telegram.media import fetch_media
from outreach.channels.telegram.settings import telegram_settings
from outreach.delivery_settings import delivery_settings


def _account() -> Account | None:
    own = telegram_settings()
    if not own.configured:
        return None
    return Account(NAME, NAME, "telegram", own.per_second * (1 - delivery_settings().reply_share), None, 0)


PROVIDER = Provider(NAME, "telegram", _account, adapter, error_class, fetch_media=fetch_media, check=check)
