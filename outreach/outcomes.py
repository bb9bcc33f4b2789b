"""Writing down what became of an attempt. The first outcome stands: whoever comes second changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, any_, literal, select
from sqlalchemy.orm import Session, defer

from core.logs import logger
from outreach.attempts import Claimed
from outreach.channels.adapter import Accepted, ErrorClass, NotSent, Outcome, Rejected, Throttled, Unknown
from outreach.message import Attempt, AttemptOutcome, Message, MessageState
from outreach.message_states import NOT_SENT, can
from outreach.reasons import Reason
from outreach.spending import take_back
from roster.contact import ContactPoint

_log = logger(__name__)


@dataclass(frozen=True)
class Effect:
    """What an outcome does to a message and to its attempt."""

    attempt: AttemptOutcome
    state: MessageState
    error_code: str | None = None
    reason: Reason | None = None


_REFUSED: dict[ErrorClass, tuple[MessageState, Reason | None]] = {
    ErrorClass.RETRY_LATER: (MessageState.PLANNED, None),
    ErrorClass.THROTTLE: (MessageState.PLANNED, None),
    ErrorClass.RESCHEDULE: (MessageState.PLANNED, None),
    ErrorClass.STOP_ACCOUNT: (MessageState.PLANNED, None),
    ErrorClass.UNREACHABLE: (MessageState.REJECTED, Reason.UNREACHABLE),
    ErrorClass.OPTED_OUT: (MessageState.REJECTED, Reason.OPTED_OUT),
    ErrorClass.OUR_BUG: (MessageState.HELD, Reason.FAULTY),
}


def effect(outcome: Outcome) -> Effect:
    """The table of outcomes. Pure."""
    match outcome:
        case Accepted(delivered=True):
            return Effect(AttemptOutcome.ACCEPTED, MessageState.DELIVERED)
        case Accepted():
            return Effect(AttemptOutcome.ACCEPTED, MessageState.ACCEPTED)
        case Rejected(code, ErrorClass.STOP_ACCOUNT | ErrorClass.RESCHEDULE):
            # The message is not to blame, so the attempt does not count against it: it goes when it may.
            return Effect(AttemptOutcome.NOT_SENT, MessageState.PLANNED, code)
        case Rejected(code, error_class):
            state, reason = _REFUSED[error_class]
            return Effect(AttemptOutcome.REJECTED, state, code, reason)
        case Throttled():
            return Effect(AttemptOutcome.THROTTLED, MessageState.PLANNED)
        case NotSent(why, _):
            return Effect(AttemptOutcome.NOT_SENT, MessageState.PLANNED, why)
        case Unknown(why):
            return Effect(AttemptOutcome.UNKNOWN, MessageState.UNKNOWN, why, Reason.ANSWER_LOST)


def record_outcomes(session: Session, tried: Sequence[tuple[Claimed, Outcome]], now: datetime) -> int:
    """Write the outcomes of a run's attempts; how many were written.

    Passed over: attempts that were decided meanwhile, because their run was taken for dead.
    """
    messages = _lock_messages(session, [claimed.outgoing.message_id for claimed, _ in tried])
    open_attempts = _open_attempts(session, [claimed.attempt_id for claimed, _ in tried])
    written, unsent = 0, []
    for claimed, outcome in tried:
        attempt = open_attempts.get(claimed.attempt_id)
        if attempt is None:
            _log.error("attempt_superseded", attempt=claimed.attempt_id, outcome=type(outcome).__name__)
            continue
        message = messages[claimed.outgoing.message_id]
        _apply(session, attempt, message, outcome, now)
        unsent += [message] if message.state in NOT_SENT else []
        written += 1
    take_back(session, unsent)
    return written


def _lock_messages(session: Session, ids: Sequence[int]) -> dict[int, Message]:
    """Messages are always locked before attempts, and in order, so that nobody waits in a circle."""
    found = session.scalars(
        select(Message)
        .where(Message.id == any_(literal(list(ids), ARRAY(BigInteger))))
        .order_by(Message.id)
        .with_for_update()
        .options(defer(Message.body), defer(Message.choices), defer(Message.template))
        .execution_options(populate_existing=True)
    )
    return {message.id: message for message in found}


def _open_attempts(session: Session, ids: Sequence[int]) -> dict[int, Attempt]:
    found = session.scalars(
        select(Attempt).where(Attempt.id == any_(literal(list(ids), ARRAY(BigInteger))), Attempt.finished_at.is_(None))
    )
    return {attempt.id: attempt for attempt in found}


def _apply(session: Session, attempt: Attempt, message: Message, outcome: Outcome, now: datetime) -> None:
    done = effect(outcome)
    attempt.finished_at, attempt.outcome, attempt.error_code = now, done.attempt, done.error_code
    if not can(message.state, done.state):
        return
    message.state, message.changed_at = done.state, now
    message.error_code, message.reason = done.error_code, done.reason
    if isinstance(outcome, Accepted):
        note_accepted(message, outcome.provider_id, now)
    if done.state is MessageState.DELIVERED:
        message.delivered_at = now
    if done.reason is Reason.OPTED_OUT:
        _obey_stop(session, message, now)


def note_accepted(message: Message, provider_id: str, now: datetime) -> None:
    """Write the provider's id and the time into a message that the provider has."""
    message.provider_message_id, message.accepted_at = provider_id, now


def _obey_stop(session: Session, message: Message, now: datetime) -> None:
    """Who has stopped us at the provider has stopped us."""
    contact = session.get_one(ContactPoint, message.contact_id, with_for_update=True)
    contact.stopped_at = contact.stopped_at or now
