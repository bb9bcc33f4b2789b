"""Escalations: threads that the bot should not lead, handed to an officer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.encryption import EncryptedText
from core.orm import Base, BigKey


class Reason(StrEnum):
    """Why an officer has something to do."""

    ASKED = "asked"
    NOT_UNDERSTOOD = "not_understood"
    UNDECIDED = "undecided"
    DEATH = "death"
    MOVED = "moved"
    COMPLAINT = "complaint"
    MONEY_MISSING = "money_missing"
    SCAM = "scam"
    CODES = "codes"
    BOT_FAILURE = "bot_failure"


class Priority(StrEnum):
    """How soon an officer should look; by what rule stands in `conversations.priority`."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


class Escalation(Base):
    """One matter for an officer. At most one is open per thread."""

    __tablename__ = "escalation"
    __table_args__ = (
        Index("uq_escalation_open", "thread_id", unique=True, postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[BigKey]
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    commune_code: Mapped[str | None] = mapped_column(String(8), index=True)
    reason: Mapped[Reason]
    summary: Mapped[str] = mapped_column(EncryptedText)
    opened_at: Mapped[datetime]
    taken_by: Mapped[int | None] = mapped_column(BigInteger)
    taken_at: Mapped[datetime | None]
    priority_set: Mapped[Priority | None]
    """What an officer settled; None while the rule's answer stands."""
    handed_by: Mapped[int | None] = mapped_column(BigInteger)
    """The officer who gave it to whoever has it now, or back to all."""
    handed_at: Mapped[datetime | None]
    hand_note: Mapped[str | None] = mapped_column(EncryptedText)
    """What that officer tells the colleague; no citizen is sent it."""
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """One of the ready outcomes, so that they can be counted."""
    closing_note: Mapped[str | None] = mapped_column(EncryptedText)
    """What the officer wrote beside it."""
    erased_at: Mapped[datetime | None]
    """Since when the summary is no longer kept (`conversations.retention`)."""
