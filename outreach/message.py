"""The ledger: every message that goes out, what was attempted, and what the provider said.

A wave's row is sealed without its text: that is made when the row is claimed, and committed with the attempt.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
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
    NOT_ASKED = "not_asked"
    """Made to ask what became of an earlier one, and stopped by the account's own trouble: it says nothing of that."""
    CONFIRMED = "confirmed"
    """Nobody could be asked; a member of staff has found out that it arrived (`outreach.deciding`)."""
    DENIED = "denied"
    """Nobody could be asked; a member of staff has found out that it did not."""


IS_ANSWER = text("reply_to IS NOT NULL")


def _at_once(context: DefaultExecutionContext) -> datetime:
    """A message is due when it is written, unless somebody says otherwise."""
    written: datetime = context.get_current_parameters()["created_at"]  # type: ignore[no-untyped-call]
    return written


class Message(Base):
    """One row a message. A wave's row is unique on step, person and rung, a reply's on the word it answers and its
    place.

    Every index costs a wave of a million rows a second or more, so those that a sealed row does not need leave it out.
    Nor are there foreign keys to campaign, person and contact point: each would look up and lock another row for every
    row sealed, half of the whole time, and the rows come from those very tables (decision 7).
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("person_id", "step_id", "rung"),
        Index("ix_message_step", "step_id", "rung"),
        Index("uq_message_reply_to", "reply_to", "ordinal", unique=True, postgresql_where=IS_ANSWER),
        Index(
            "ix_message_due",
            "account",
            "campaign_id",
            "due_at",
            "id",
            postgresql_where=text("state = 'planned' AND kind = 'wave'"),
        ),
        Index("ix_message_reply_due", "id", postgresql_where=text("state = 'planned' AND kind <> 'wave'")),
        Index("ix_message_unsettled", "id", postgresql_where=text("state IN ('claimed', 'unknown')")),
        Index(
            "ix_message_provider",
            "provider",
            "provider_message_id",
            postgresql_where=text("provider_message_id IS NOT NULL"),
        ),
        Index("ix_message_thread", "thread_id", "id", postgresql_where=text("thread_id IS NOT NULL")),
        Index("ix_message_contact", "contact_id", "id"),
        Index("ix_message_accepted", "account", "accepted_at", postgresql_where=text("accepted_at IS NOT NULL")),
    )

    id: Mapped[BigKey]
    kind: Mapped[MessageKind]
    campaign_id: Mapped[int | None]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    rung: Mapped[int] = mapped_column(default=0)
    """The place in the step's ladder."""
    person_id: Mapped[UUID | None]
    """Whom it is about; of a household the first. The others are in `message_member`."""
    commune_code: Mapped[str | None] = mapped_column(String(8))
    contact_id: Mapped[UUID]
    thread_id: Mapped[UUID | None]
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    """The inbound message that this answers."""
    ordinal: Mapped[int] = mapped_column(Integer, default=0)
    channel: Mapped[str] = mapped_column(String(12))
    account: Mapped[str]
    """The provider account that sends it: pace and quota are the account's."""
    provider: Mapped[str] = mapped_column(String(12))
    body: Mapped[str | None] = mapped_column(EncryptedText)
    """None until a wave's row is claimed for the first time."""
    choices: Mapped[str | None] = mapped_column(EncryptedText)
    """JSON list of {"title", "payload"} offered with the text."""
    template: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson)
    """{"id", "data"} of the text that the provider approved beforehand, where it wants one; `body` is that text."""
    segments: Mapped[int] = mapped_column(default=0)
    """0 until the text is made."""
    price_dong: Mapped[int | None]
    """What it costs its campaign; None while nothing is committed for it. `outreach.spending` keeps the sum."""
    due_at: Mapped[datetime] = mapped_column(default=_at_once)
    """Not before this is it looked at."""
    state: Mapped[MessageState] = mapped_column(default=MessageState.PLANNED)
    provider_message_id: Mapped[str | None]
    error_code: Mapped[str | None]
    reason: Mapped[str | None]
    """Why it was held, cancelled or rejected."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]


class MessageMember(Base):
    """Somebody else for whom a household's one message goes out, besides `message.person_id`."""

    __tablename__ = "message_member"
    __table_args__ = (UniqueConstraint("person_id", "step_id", "rung"),)

    message_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("message.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"))
    rung: Mapped[int] = mapped_column(default=0)
    commune_code: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None]
    """Why the message went out without this person; None: it is about this person too."""


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
