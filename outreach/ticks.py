"""What the scheduler does again and again. Each tick looks at rows that hold the real due times, so one that was missed
is caught up by the next, and doing it twice, or twice at once, changes nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procrastinate.sql import queries
from psycopg.errors import RaiseException
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import transaction
from outreach.campaign_watch import watch_campaigns
from outreach.capacity import FULL
from outreach.channels.registry import accounts, adapter_for
from outreach.delivery_settings import delivery_settings
from outreach.dispatch import due_accounts, queue_dispatch
from outreach.ended_jobs import forget_ended_jobs
from outreach.fail_over import fail_over
from outreach.foreign_receipts import forget_foreign_receipts
from outreach.ladder import climb_ladders
from outreach.ledger import check_ledger
from outreach.message import Message
from outreach.message_states import OPEN
from outreach.receipts import apply_waiting_receipts
from outreach.replies import wake_replies
from outreach.resolving import resolve_unsettled
from outreach.rolling import roll_steps
from outreach.sealing import due_steps, seal_due_steps
from outreach.step import Step, StepState
from outreach.wave_pace import keep_pace


@dataclass(frozen=True)
class Tick:
    """One thing to do every `seconds`. `work` takes the time and returns how much there was to do."""

    name: str
    seconds: float
    work: Callable[[datetime], int]


def seal(now: datetime) -> int:
    """Seal the steps that are due, each in a transaction of its own."""
    with transaction() as session:
        due = due_steps(session, now)
    return sum(_seal_one(step_id, now) for step_id in due)


def remind(now: datetime) -> int:
    """Give rows to the people whose own moment has come."""
    with transaction() as session:
        return roll_steps(session, now)


def climb(now: datetime) -> int:
    """Move people whom a message did not reach to the next rung of their step's ladder."""
    with transaction() as session:
        return climb_ladders(session, now)


def wake(now: datetime) -> int:
    """Queue the jobs that send what is due: after the quiet hours, after a pause, after a worker's death."""
    with transaction() as session:
        names = due_accounts(session, now)
        for name in names:
            queue_dispatch(session, name)
        return len(names) + wake_replies(session, now)


def resolve(now: datetime) -> int:
    """Ask for messages of which nobody knows whether they were sent."""
    resolved = resolve_unsettled(now, adapter_for)
    return resolved.found + resolved.not_found


def apply_receipts(now: datetime) -> int:
    """Apply receipts that came before their message was known, or whose job died."""
    with transaction() as session:
        return apply_waiting_receipts(session, now)


def forget_receipts(now: datetime) -> int:
    """Forget receipts of messages that are not ours."""
    with transaction() as session:
        return forget_foreign_receipts(session, now)


def retry_stalled_jobs(now: datetime) -> int:
    """Put jobs of dead workers back into the queue: a killed worker's job holds its lock until then."""
    with transaction() as session:
        return _retry_stalled(session, now)


def forget_jobs(now: datetime) -> int:
    """Forget jobs that ended some time ago, and count those that failed."""
    with transaction() as session:
        return forget_ended_jobs(session, now)


def pace_waves(now: datetime) -> int:
    """Keep waves to what officers and the bot can answer; 1 while they are slower than they could be."""
    with transaction() as session:
        return int(keep_pace(session, now).percent < FULL)


def watch(now: datetime) -> int:
    """Pause campaigns with too many errors, or a spike of `stop` or of worries about a scam."""
    with transaction() as session:
        return watch_campaigns(session, now)


def help_out(now: datetime) -> int:
    """Let other accounts send what failing ones have not begun."""
    with transaction() as session:
        return fail_over(session, accounts(), now)


def finish(now: datetime) -> int:
    """Close the steps of which every row is known."""
    with transaction() as session:
        return _finish(session)


def balance(now: datetime) -> int:
    """Check the ledger's equation, on the rows of one moment: steps are sealed and rolled meanwhile."""
    with transaction(one_moment=True) as session:
        return check_ledger(session, now)


TICKS = (
    Tick("retry_stalled_jobs", 10, retry_stalled_jobs),
    Tick("seal", 5, seal),
    Tick("pace_waves", 15, pace_waves),
    Tick("watch", 30, watch),
    Tick("help_out", 10, help_out),
    Tick("wake", 5, wake),
    Tick("apply_receipts", 10, apply_receipts),
    Tick("forget_receipts", 60, forget_receipts),
    Tick("forget_jobs", 60, forget_jobs),
    Tick("resolve", 15, resolve),
    Tick("remind", 30, remind),
    Tick("climb", 60, climb),
    Tick("finish", 60, finish),
    Tick("balance", 60, balance),
)
"""In the order in which the work flows."""


def _seal_one(step_id: int, now: datetime) -> int:
    with transaction() as session:
        return seal_due_steps(session, now, only=step_id)


def _retry_stalled(session: Session, now: datetime) -> int:
    """By the library's own statements, on one connection: heartbeats are kept in the database's own time."""
    connection = session.connection().connection.driver_connection
    assert connection is not None
    wanted = {"queue": None, "task_name": None, "seconds_since_heartbeat": delivery_settings().stalled_after_seconds}
    ids = [row[0] for row in connection.execute(queries["select_stalled_jobs_by_heartbeat"], wanted).fetchall()]
    return sum(_retry(connection, job) for job in ids)


def _retry(connection: Any, job: int) -> bool:
    again = {"job_id": job, "retry_at": None, "new_priority": None, "new_queue_name": None, "new_lock": None}
    try:
        with connection.transaction():
            connection.execute(queries["retry_job"], again)
    except RaiseException:
        return False  # it has ended meanwhile: its worker was only slow
    return True


def _finish(session: Session) -> int:
    left = select(Message.id).where(Message.step_id == Step.id, Message.state.in_(OPEN)).exists()
    steps = session.scalars(
        select(Step).where(Step.state == StepState.SEALED, ~left).with_for_update(skip_locked=True)
    ).all()
    for step in steps:
        step.state = StepState.DONE
    return len(steps)
