"""Jobs that have ended: they are forgotten after a while, and the failed ones are shown until then.

A worker deletes what succeeded at once; what is left over (a worker that died between the two, a job that somebody has
cancelled) goes soon. A failed job stays for some days, so that somebody can see what has failed. Its work is not lost
with it: the ticks look at the rows and queue again what is still to be done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from procrastinate.jobs import Status
from procrastinate.sql import queries
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.gauges import GaugeName, set_gauge
from outreach.delivery_settings import delivery_settings

_OVER = (Status.SUCCEEDED, Status.CANCELLED, Status.ABORTED)
_OVER_KEPT_HOURS = 1
_FAILED = text(
    "SELECT job.task_name, job.queue_name, count(DISTINCT job.id) AS jobs, max(event.at) AS last_at "
    "FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id "
    "WHERE job.status = 'failed' GROUP BY job.task_name, job.queue_name ORDER BY last_at DESC"
)


@dataclass(frozen=True)
class FailedTask:
    """How many jobs of one task have failed and are still kept, and when the last one did."""

    task: str
    queue: str
    jobs: int
    last_at: datetime


def forget_ended_jobs(session: Session, now: datetime) -> int:
    """Delete ended jobs whose time is over, gauge the failed ones that stay; how many were deleted.

    By the library's own statement: ages are counted in the database's time.
    """
    failed_hours = int(delivery_settings().failed_job_days * 24)
    deleted = _delete(session, _OVER, _OVER_KEPT_HOURS) + _delete(session, (Status.FAILED,), failed_hours)
    set_gauge(session, GaugeName.FAILED_JOBS, sum(one.jobs for one in failed_tasks(session)), now)
    return deleted


def failed_tasks(session: Session) -> list[FailedTask]:
    """The tasks with failed jobs, the last failure first."""
    return [FailedTask(*row) for row in session.execute(_FAILED)]


def _delete(session: Session, statuses: tuple[Status, ...], hours: int) -> int:
    connection = session.connection().connection.driver_connection
    assert connection is not None
    wanted = {"statuses": [status.value for status in statuses], "queue": None, "nb_hours": hours}
    deleted: int = connection.execute(queries["delete_old_jobs"], wanted).rowcount
    return deleted
