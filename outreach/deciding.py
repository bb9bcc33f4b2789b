"""What a person decides about messages that stand still: of unknown fate where no provider can be asked, or held.

A message of unknown fate may have arrived, so whoever lets it go out again must know that it has not. Nothing is
decided before the run that sent it is proved to be over (its advisory lock is free) and the settling time has passed: a
worker that wakes up would send it beside ours (`shared/design.md`, what must always hold, 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.audit import AuditEntry, entry, record_all, staff_actor
from outreach.delivery_settings import delivery_settings
from outreach.doubts import end_attempt, last_attempt
from outreach.message import Attempt, AttemptOutcome, Message, MessageState
from outreach.reasons import Reason
from outreach.spending import take_back
from outreach.worker_life import is_free

AT_ONCE = 500
"""So many are decided in one transaction: entries of the audit log hold up whoever else writes there."""


class Choice(StrEnum):
    """What is to become of a message."""

    ARRIVED = "arrived"
    """It has arrived: found out by asking the person, or the provider."""
    AGAIN = "again"
    """It has certainly not arrived: it goes out again, checked once more like any other."""
    LEAVE = "leave"
    """Nobody asks any further, and it does not go out."""


CHOICES = {
    MessageState.UNKNOWN: (Choice.ARRIVED, Choice.AGAIN, Choice.LEAVE),
    MessageState.HELD: (Choice.AGAIN, Choice.LEAVE),
}
"""What may be chosen in which state; the others are no person's to decide."""


@dataclass(frozen=True)
class Decided:
    """How many messages were decided, and how many could not be: the run is not over, or somebody was quicker."""

    done: int = 0
    left: int = 0


def for_a_person() -> ColumnElement[bool]:
    """SQL: the message waits for a person's decision."""
    nobody_can_tell = and_(Message.state == MessageState.UNKNOWN, Message.reason == Reason.NOBODY_CAN_TELL)
    return or_(nobody_can_tell, Message.state == MessageState.HELD)


def decide(
    session: Session, message_ids: Sequence[int], choice: Choice, staff_id: int, now: datetime, words: str
) -> Decided:
    """Decide about these messages (AT_ONCE at most), each by itself. words: how it was found out, for the audit log.

    What cannot be decided now stays as it is. Writes audit, so call it last.
    """
    rows = session.scalars(
        select(Message)
        .where(Message.id.in_(message_ids), for_a_person())
        .order_by(Message.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    entries: list[AuditEntry] = []
    freed: list[Message] = []
    for message in rows:
        before = message.state
        if not _decide(session, message, choice, now):
            continue
        if message.state is MessageState.PLANNED:
            freed.append(message)
        entries.append(_told(message, before, choice, staff_id, now, words))
    take_back(session, freed)
    record_all(session, entries)
    return Decided(len(entries), len(set(message_ids)) - len(entries))


def _decide(session: Session, message: Message, choice: Choice, now: datetime) -> bool:
    if choice not in CHOICES[message.state]:
        return False
    decided = (
        _of_held(message, choice) if message.state is MessageState.HELD else _of_unknown(session, message, choice, now)
    )
    if decided:
        message.changed_at = now
    return decided


def _of_held(message: Message, choice: Choice) -> bool:
    """A held message has not left. After too many attempts it would be held again at once."""
    if choice is Choice.LEAVE:
        message.state, message.reason = MessageState.CANCELLED, Reason.DROPPED
    elif message.reason == Reason.TOO_MANY_ATTEMPTS:
        return False
    else:
        message.state, message.reason = MessageState.PLANNED, None
    return True


def _of_unknown(session: Session, message: Message, choice: Choice, now: datetime) -> bool:
    """Where it is given up, its price stays committed: the provider may have sent it, and bill it."""
    attempt = last_attempt(session, message.id)
    if attempt is None or not _is_over(session, attempt, now):
        return False
    match choice:
        case Choice.ARRIVED:
            end_attempt(attempt, AttemptOutcome.CONFIRMED, now)
            message.state, message.reason = MessageState.DELIVERED, Reason.STAFF_CONFIRMED
            message.accepted_at = attempt.started_at
        case Choice.AGAIN:
            end_attempt(attempt, AttemptOutcome.DENIED, now)
            message.state, message.reason = MessageState.PLANNED, None
        case Choice.LEAVE:
            end_attempt(attempt, AttemptOutcome.UNKNOWN, attempt.finished_at or now, attempt.error_code)
            # By the table of states through `held`, in one go.
            message.state, message.reason = MessageState.CANCELLED, Reason.GIVEN_UP
    return True


def _is_over(session: Session, attempt: Attempt, now: datetime) -> bool:
    settled = attempt.started_at <= now - timedelta(seconds=delivery_settings().settling_seconds)
    return settled and (attempt.finished_at is not None or is_free(session, attempt.worker))


def _told(
    message: Message, before: MessageState, choice: Choice, staff_id: int, now: datetime, words: str
) -> AuditEntry:
    return entry(
        now,
        staff_actor(staff_id),
        "message.decided",
        f"message:{message.id}",
        commune_code=message.commune_code,
        before={"state": before},
        after={"state": message.state, "choice": choice},
        reason=words,
    )
