"""A message of which nobody knows whether the provider has it, and the rows that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from outreach.channels.adapter import Outgoing
from outreach.message import Attempt, AttemptOutcome, Message, MessageState

UNSETTLED = (MessageState.CLAIMED, MessageState.UNKNOWN)


@dataclass(frozen=True)
class Doubt:
    """A message, its last attempt, and the provider's ids that belong to the contact point's other rows."""

    attempt_id: int
    account: str
    outgoing: Outgoing
    known: frozenset[str]


def lock_unsettled(session: Session, message_id: int) -> Message | None:
    """The message, locked, if it is still in doubt."""
    return session.scalars(
        select(Message)
        .where(Message.id == message_id, Message.state.in_(UNSETTLED))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def last_attempt(session: Session, message_id: int) -> Attempt | None:
    """The newest attempt at a message."""
    wanted = select(Attempt).where(Attempt.message_id == message_id).order_by(Attempt.id.desc()).limit(1)
    return session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()


def doubted_since(session: Session, message_id: int) -> datetime | None:
    """When the first attempt began that the provider may have taken; None where all were refused."""
    unsure = or_(Attempt.outcome.is_(None), Attempt.outcome == AttemptOutcome.UNKNOWN)
    return session.scalar(select(func.min(Attempt.started_at)).where(Attempt.message_id == message_id, unsure))


def attempts_so_far(session: Session, message_id: int) -> int:
    """How many attempts were made at a message, those apart that the account's own trouble stopped."""
    stopped = func.coalesce(Attempt.outcome, "") == AttemptOutcome.NOT_ASKED
    return session.scalar(select(func.count()).where(Attempt.message_id == message_id, ~stopped)) or 0


def end_attempt(attempt: Attempt, outcome: AttemptOutcome, now: datetime, error_code: str | None = None) -> None:
    """Write down what became of an attempt."""
    attempt.finished_at, attempt.outcome, attempt.error_code = now, outcome, error_code
