"""Putting a job into the queue unless the same work waits there already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.jobs import defer

_WAITING = text("SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND task_name = :task AND lock = :lock LIMIT 1")


def queue_once(session: Session, task: str, *, lock: str, queue: str, **arguments: Any) -> bool:
    """Defer `task` within `session`'s transaction, unless a job of it waits under `lock`; whether it was deferred.

    Two callers at once may both defer: every task of ours does nothing where nothing is left to do. No queueing lock is
    used, for a clash would abort the caller's whole transaction.
    """
    if session.scalar(_WAITING, {"task": task, "lock": lock}) is not None:
        return False
    defer(session, task, lock=lock, queue=queue, **arguments)
    return True
