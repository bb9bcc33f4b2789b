"""Follow-ups: what an officer still has to do for somebody by telephone or at home. One table for every reason.

A call-back after a missed call, a number that an officer noted, the beneficiary's own yes to what a relative declared,
and the last rungs of a wave's ladder (a call, then a visit) all wait in the same queue.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

import outreach.step  # noqa: F401  # the table of a foreign key
import roster.claim  # the table of a foreign key
import roster.contact  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedText
from core.orm import Base, BigKey


class FollowUpKind(StrEnum):
    """What is to be done."""

    CALL = "call"
    VISIT = "visit"


class FollowUpSource(StrEnum):
    """Why it is to be done."""

    MISSED_CALL = "missed_call"
    """Somebody called the hotline and nobody answered, or rang once so as to be called back."""
    OFFICER = "officer"
    """An officer noted the number."""
    RELATIVE_YES = "relative_yes"
    """A relative declared: the beneficiary's own yes is wanted (`dialogue.md`, conduct 5)."""
    LADDER = "ladder"
    """Messages of a wave did not reach the person."""
    PAYMENT_RETURNED = "payment_returned"
    """The payer sent the money back."""
    SYNC_REFUSED = "sync_refused"
    """The welfare software refused the account."""


class FollowUpOutcome(StrEnum):
    """How it ended. NO_ANSWER ends nothing: the task waits for its next turn."""

    DECLARED = "declared"
    AGREED = "agreed"
    ANSWERED = "answered"
    """What was asked was answered, or the person has answered on another way."""
    UNDECIDED = "undecided"
    REFUSED = "refused"
    WRONG_NUMBER = "wrong_number"
    DECEASED = "deceased"
    NOT_FOUND = "not_found"
    """Nobody on the roster."""
    NO_ANSWER = "no_answer"
    NEEDLESS = "needless"
    """Done otherwise before anybody called."""


CALL_BACKS = (FollowUpSource.MISSED_CALL, FollowUpSource.OFFICER)
"""Begun by somebody who called: at most one is open a phone."""


class FollowUp(Base):
    """One task. `person_id` None: it is not known yet who called."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("step_id", "person_id", "kind"),
        UniqueConstraint("claim_id"),
        Index(
            "uq_follow_up_call_back",
            "contact_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL AND source IN ('missed_call', 'officer')"),
        ),
        Index("ix_follow_up_waiting", "commune_code", "due_at", postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[BigKey]
    kind: Mapped[FollowUpKind]
    source: Mapped[FollowUpSource]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact_point.id"), index=True)
    """The phone to call."""
    commune_code: Mapped[str | None] = mapped_column(String(8), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    """Of the ladder: the step whose message did not arrive."""
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id"))
    """What the beneficiary is to agree to."""
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(BigInteger)
    due_at: Mapped[datetime]
    """When it is to be done at the latest; a call that nobody took moves it on."""
    calls: Mapped[int] = mapped_column(default=0)
    """How often the hotline was called from this phone since the task is open."""
    last_call_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    """How often we called and nobody answered."""
    taken_by: Mapped[int | None] = mapped_column(BigInteger)
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[FollowUpOutcome | None]
    note: Mapped[str | None] = mapped_column(EncryptedText)
    """What to know before the call; what came of it."""
