"""The parts that serve this installation's bot, made once a process from its settings."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import update

from core.clock import now
from core.database import transaction
from core.encryption import blind_index
from outreach.channels.telegram.chats import TelegramChats
from outreach.channels.telegram.deep_link import deep_link
from outreach.channels.telegram.line import Line
from outreach.channels.telegram.settings import telegram_settings
from outreach.delivery_settings import delivery_settings
from roster.contact import ContactKind, ContactPoint

NAME = "telegram"


@lru_cache
def line() -> Line:
    """The line to Telegram."""
    own, sending = telegram_settings(), delivery_settings()
    return Line(
        own.token.get_secret_value(),
        own.base_url,
        connect_seconds=sending.connect_timeout_seconds,
        read_seconds=sending.read_timeout_seconds,
        per_second=own.per_second,
        chat_seconds=own.chat_seconds,
    )


def adapter() -> TelegramChats:
    """The adapter of the bot."""
    return TelegramChats(line(), _note_shut)


def link_for(code: str) -> str | None:
    """The link on the slip of the person with this code; None where no bot is set up. Raises ValueError."""
    own = telegram_settings()
    return deep_link(code, own.bot_name) if own.configured and own.bot_name else None


def forget() -> None:
    """Read the settings anew: tests change them under the process."""
    if line.cache_info().currsize:
        line().close()
    for made in (telegram_settings, line):
        made.cache_clear()


def _note_shut(address: str) -> None:
    """Blocked, deleted or never opened: as if the person's own leaving had been heard, which may have been missed."""
    index = blind_index(ContactKind.TELEGRAM.value, address)
    with transaction() as session:
        session.execute(
            update(ContactPoint)
            .where(ContactPoint.kind == ContactKind.TELEGRAM, ContactPoint.address_index == index)
            .where(ContactPoint.left_at.is_(None))
            .values(left_at=now())
        )
