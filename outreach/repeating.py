"""Asking a provider that keeps keys (eSMS) for a message by sending it again under its key.

If the first request got through, nothing happens but the answer "I have it"; if it had not, the message goes out now.
So it is an attempt like any other: committed before the call, under a run's lock and a fuse, and made only when the
message may go out at this moment (hours, `stop`, a death, an answer). Otherwise the row waits, still unknown; once the
provider has forgotten the key, the adapter says so and a human decides.

Where the account itself is refused or out of reach, nothing was asked: the account rests as after a wave's failure
(`outreach.account_health`), and once its rest is over its doubts are asked again, however often it had failed.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core import clock
from core.database import transaction
from outreach.account_health import Finding, diagnose, failing_since, note_working, rest, works
from outreach.account_pause import is_paused
from outreach.channels.adapter import (
    Accepted,
    CannotTell,
    ChannelAdapter,
    Found,
    LookUp,
    NotSent,
    Outcome,
    Rejected,
    Unknown,
)
from outreach.channels.fuse import Fuse
from outreach.claiming import check_again
from outreach.delivery_settings import delivery_settings
from outreach.doubts import Doubt, attempts_so_far, end_attempt, last_attempt, lock_unsettled
from outreach.message import Attempt, AttemptOutcome
from outreach.rechecks import Decision
from outreach.worker_life import life

LONGEST_PAUSE = timedelta(hours=1)
_MOST_DOUBLINGS = 10


def ask_by_repeating(doubt: Doubt, adapter: ChannelAdapter, now: datetime) -> tuple[Doubt, LookUp]:
    """Send `doubt`'s message again; the doubt with the attempt that was made, and what it has shown.

    A refusal shows nothing of the first request: it may have come before the account was emptied or the text withdrawn.
    """
    with life().run() as run:
        fuse = Fuse(delivery_settings().fuse_seconds)
        with transaction() as session:
            attempt_id = _begin(session, doubt, run.key, now)
        if attempt_id is None:
            return doubt, CannotTell()
        begun = replace(doubt, attempt_id=attempt_id)
        outcome = adapter.send(doubt.outgoing, fuse)
        asked = _tell_the_account(doubt.account, outcome)
        if isinstance(outcome, Accepted):
            return begun, Found(outcome.provider_id)
        shown = AttemptOutcome.UNKNOWN if asked else AttemptOutcome.NOT_ASKED
        with transaction() as session:
            end_attempt(session.get_one(Attempt, attempt_id), shown, clock.now(), _code(outcome))
        return begun, CannotTell()


def _tell_the_account(account: str, outcome: Outcome) -> bool:
    """Let the account rest, or work again, as the outcome shows; whether the provider was asked at all."""
    with transaction() as session:
        failing, now = failing_since(session, account) is not None, clock.now()
        trouble = _trouble(outcome, failing)
        if trouble is not None:
            rest(session, account, trouble, now)
        elif failing and works([outcome]):
            note_working(session, account, now)
    return trouble is None


def _trouble(outcome: Outcome, failing: bool) -> Finding | None:
    """What is wrong with the account itself. One lost answer says that of an account alone that was failing before: a
    message whose answer is lost each time must not hold up a wave."""
    if isinstance(outcome, Unknown) and not failing:
        return None
    return diagnose([outcome])


def _begin(session: Session, doubt: Doubt, worker: int, now: datetime) -> int | None:
    """Write the attempt down; None where it is not its turn, or somebody else has decided meanwhile."""
    message_id = doubt.outgoing.message_id
    if is_paused(session, doubt.account, now) or lock_unsettled(session, message_id) is None:
        return None
    last = last_attempt(session, message_id)
    if last is None or last.id != doubt.attempt_id or now < last.started_at + _pause(session, last):
        return None
    decided = check_again(session, message_id, now, most_attempts=sys.maxsize)
    if decided is None or decided.decision is not Decision.SEND:
        return None
    if last.finished_at is None:
        end_attempt(last, AttemptOutcome.UNKNOWN, now)
    attempt = Attempt(message_id=message_id, worker=worker, started_at=now)
    session.add(attempt)
    session.flush()
    return attempt.id


def _pause(session: Session, last: Attempt) -> timedelta:
    """It doubles with each attempt: what no answer ever settles is not asked without end. None after one that the
    account stopped, for the account itself has rested."""
    if last.outcome == AttemptOutcome.NOT_ASKED:
        return timedelta(0)
    doublings = min(attempts_so_far(session, last.message_id) - 1, _MOST_DOUBLINGS)
    return min(timedelta(seconds=delivery_settings().settling_seconds * 2.0**doublings), LONGEST_PAUSE)


def _code(outcome: Outcome) -> str | None:
    match outcome:
        case Rejected(code, _):
            return code
        case NotSent(reason, _) | Unknown(reason):
            return reason
        case _:
            return None
