"""The distributed engine: Procrastinate jobs in the same PostgreSQL, deferred with the rows they speak of."""

from __future__ import annotations

from typing import Any

from procrastinate import App, PsycopgConnector
from sqlalchemy.orm import Session

from core.database import Role, role_url

jobs = App(connector=PsycopgConnector())
"""Where every room registers its tasks. Deferring uses the caller's own connection, so this connector stays shut."""
_QUEUES = "queues"


def defer(session: Session, task: str, *, lock: str | None = None, queue: str = "default", **arguments: Any) -> None:
    """Put one job into the queue within `session`'s transaction: it exists exactly if the rows do.

    `lock`: jobs with the same lock run one at a time, in order. Never ahead of time: due times live in rows.
    """
    session.info.setdefault(_QUEUES, {})[queue] = True
    connection = session.connection().connection.driver_connection
    jobs.configure_task(task, lock=lock, queue=queue, connection=connection).defer(**arguments)


def queues_of(session: Session) -> list[str]:
    """The queues into which jobs were put with `session`, in their order."""
    return list(session.info.get(_QUEUES, ()))


def worker_app() -> App:
    """The same tasks on an open connection of the workers' role."""
    url = role_url(Role.WORKER).set(drivername="postgresql")
    return jobs.with_connector(PsycopgConnector(conninfo=url.render_as_string(hide_password=False)))
