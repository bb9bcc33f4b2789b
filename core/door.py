"""The public door's transactions: what comes in is committed, and only then the workers are told.

PostgreSQL commits transactions that notify one after the other, each waiting for the disk: two hundred words a second
took turns at it (measured: `bench/webhook_load.py`). So the door's jobs notify nobody by themselves (migration 0003);
it does so afterwards, in a transaction of its own that has nothing to write to the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Error
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from core.database import Role, engine
from core.jobs import queues_of
from core.logs import logger

_log = logger(__name__)
_TELL = "SELECT pg_notify('procrastinate_queue_v1#' || queue, %(told)s) FROM unnest(%(queues)s::text[]) AS queue"
_TOLD = '{"type": "job_inserted"}'
"""As the queue's own trigger tells it; workers then look for themselves."""


@contextmanager
def door_transaction() -> Iterator[Session]:
    """One transaction as the public door: committed at the end, rolled back on any exception."""
    with engine(Role.DOOR).connect() as connection:
        with Session(connection, expire_on_commit=False) as session, session.begin():
            yield session
        _tell_workers(connection, queues_of(session))


def _tell_workers(connection: Connection, queues: list[str]) -> None:
    """Whatever goes wrong here, the words are kept, and workers look every few seconds in any case."""
    own = connection.connection.driver_connection
    if not queues or own is None:
        return
    try:
        own.autocommit = True
        own.execute(_TELL, {"told": _TOLD, "queues": queues})
        own.autocommit = False
    except Error as error:
        _log.warning("workers_not_told", error=type(error).__name__)
        connection.invalidate()
