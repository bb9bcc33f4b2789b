"""The ledger: every message that goes out, what was attempted, and what the provider said."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

import outreach.step  # noqa: F401  # the table of a foreign key
import roster.contact  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedJson, EncryptedText
from core.orm import Base, BigKey


class MessageKind(StrEnum):
    """Why a message goes out: replies and officers' words have a lane of their own."""

    WAVE = "wave"
    REPLY = "reply"
    OFFICER = "officer"


class MessageState(StrEnum):
    """Where a message stands; `outreach.message_states` holds the one table of transitions."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    REJECTED = "rejected"
    HELD = "held"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class AttemptOutcome(StrEnum):
    """What became of one call; None while nobody knows."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    THROTTLED = "throttled"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    FOUND = "found"
    """Looked up later: the provider has it."""
    NOT_FOUND = "not_found"
    """Looked up later: the provider has it not."""


class Message(Base):
    """One row a message. A wave's row is unique on step and person, a reply's on the word it answers and its place."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("step_id", "person_id"),
        UniqueConstraint("reply_to", "ordinal"),
        Index("ix_message_due", "account", "id", postgresql_where=text("state = 'planned'")),
        Index("ix_message_unsettled", "id", postgresql_where=text("state IN ('claimed', 'unknown')")),
        Index("ix_message_provider", "provider", "provider_message_id"),
        Index("ix_message_thread", "thread_id", "id"),
        Index("ix_message_contact", "contact_id", "id"),
        Index("ix_message_accepted", "account", "accepted_at"),
    )

    id: Mapped[BigKey]
    kind: Mapped[MessageKind]
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    commune_code: Mapped[str | None] = mapped_column(String(8))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"))
    thread_id: Mapped[UUID | None]
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    """The inbound message that this answers."""
    ordinal: Mapped[int] = mapped_column(Integer, default=0)
    channel: Mapped[str] = mapped_column(String(12))
    account: Mapped[str]
    """The provider account that sends it: pace and quota are the account's."""
    provider: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(EncryptedText)
    choices: Mapped[str | None] = mapped_column(EncryptedText)
    """JSON list of {"title", "payload"} offered with the text."""
    template: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson)
    """{"id", "data"} of the text that the provider approved beforehand, where it wants one; `body` is that text."""
    segments: Mapped[int]
    state: Mapped[MessageState] = mapped_column(default=MessageState.PLANNED)
    provider_message_id: Mapped[str | None]
    error_code: Mapped[str | None]
    reason: Mapped[str | None]
    """Why it was held, cancelled or rejected."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]


class Attempt(Base):
    """One call to a provider, committed before it is made."""

    __tablename__ = "attempt"

    id: Mapped[BigKey]
    message_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("message.id"), index=True)
    worker: Mapped[int] = mapped_column(BigInteger)
    """Key of the advisory lock that the attempt's worker holds while it lives."""
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(24))
    error_code: Mapped[str | None]


class Receipt(Base):
    """A provider's word about a message, taken in once."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("provider", "provider_message_id", "status"),
        Index("ix_receipt_waiting", "id", postgresql_where=text("applied_at IS NULL")),
    )

    id: Mapped[BigKey]
    provider: Mapped[str] = mapped_column(String(12))
    provider_message_id: Mapped[str]
    status: Mapped[str] = mapped_column(String(24))
    error_code: Mapped[str | None]
    received_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
