"""Threads: the talk with one contact point on one channel. A thread always has an owner."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

import roster.contact  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedText
from core.orm import Base, BigKey, UuidKey


class Channel(StrEnum):
    """Ways in."""

    SMS = "sms"
    ZALO = "zalo"
    TELEGRAM = "telegram"
    WEB = "web"


class Owner(StrEnum):
    """Who answers in a thread."""

    BOT = "bot"
    OFFICER = "officer"


class Thread(Base):
    """One talk. The bot answers only while it owns the thread."""

    __tablename__ = "thread"
    __table_args__ = (UniqueConstraint("channel", "contact_id"),)

    id: Mapped[UuidKey]
    channel: Mapped[Channel]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Whom the thread was last about."""
    commune_code: Mapped[str | None] = mapped_column(String(8), index=True)
    owner: Mapped[Owner] = mapped_column(default=Owner.BOT)
    staff_id: Mapped[int | None] = mapped_column(BigInteger)
    """The officer who has taken the thread; None while it waits for one."""
    writes_marks: Mapped[bool | None]
    """Whether the citizen writes with diacritics; None before a word has come."""
    codes_tried: Mapped[int] = mapped_column(default=0)
    offered: Mapped[str | None] = mapped_column(EncryptedText)
    """JSON list of {"title", "payload"}: the choices that went out with the last reply."""
    created_at: Mapped[datetime]
    last_inbound_at: Mapped[datetime | None]
    """The person's last word or click: Zalo lets us write freely for 48 hours after it."""


class InboundMessage(Base):
    """A word that came in, taken once: unique on channel and the provider's id."""

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("channel", "provider_message_id"),
        Index("ix_inbound_unhandled", "thread_id", "id", postgresql_where=text("handled_at IS NULL")),
        Index("ix_inbound_thread", "thread_id", "id"),
    )

    id: Mapped[BigKey]
    channel: Mapped[Channel]
    provider_message_id: Mapped[str]
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"))
    commune_code: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(EncryptedText)
    """What was typed, NFC; one-time passwords, PINs and card numbers are masked before it gets here."""
    payload: Mapped[str | None]
    """The payload of the button that was pressed."""
    media: Mapped[str | None]
    """What came instead of, or beside, words: see `conversations.events`."""
    shared_phone: Mapped[str | None] = mapped_column(EncryptedText)
    """The phone (0… form) that the person shared by the channel's own button, or typed into its form."""
    secret: Mapped[bool] = mapped_column(default=False)
    """Whether a secret was masked: the person is warned."""
    received_at: Mapped[datetime]
    asked: Mapped[str | None] = mapped_column(EncryptedText)
    """JSON of what was open when the bot first read this word: a repeated turn reads it the same way."""
    attempts: Mapped[int] = mapped_column(default=0)
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[Owner | None]
    erased_at: Mapped[datetime | None]
    """Since when the words are no longer kept (`conversations.erasing`)."""
