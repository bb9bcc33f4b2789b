"""Proof of life: an advisory lock that a sending process holds, on a connection of its own, while it may still send.

Every run (one dispatch job, one batch of replies) takes a key of its own. Its attempts bear the key, committed before
the calls are made. When the process ends in whatever way, PostgreSQL frees the lock; as long as it is held, nobody else
may decide about the run's attempts.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.database import Role, role_url


class LifeLost(RuntimeError):
    """The connection that held the run's lock is gone: the run must not send any more."""


@dataclass(frozen=True)
class Run:
    """A run in progress: `key` stands in its attempts."""

    key: int
    _connection: psycopg.Connection[tuple[object, ...]]

    def check(self) -> None:
        """Raise LifeLost unless the lock's connection is still open."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            raise LifeLost from None


class WorkerLife:
    """The process's connection for its runs' locks, opened when first needed and again after a loss."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None
        self._opening = threading.Lock()

    @contextmanager
    def run(self) -> Iterator[Run]:
        """A run with a fresh key, freed at the end. Raises psycopg.OperationalError without a database."""
        key = new_key()
        connection = self._locked(key)
        try:
            yield Run(key, connection)
        finally:
            _unlock(connection, key)

    def _locked(self, key: int) -> psycopg.Connection[tuple[object, ...]]:
        connection = self._open()
        try:
            _lock(connection, key)
        except psycopg.OperationalError:
            connection = self._open()  # it had died while nobody was looking
            _lock(connection, key)
        return connection

    def _open(self) -> psycopg.Connection[tuple[object, ...]]:
        with self._opening:
            if self._connection is None or self._connection.closed:
                self._connection = psycopg.connect(
                    self._conninfo,
                    autocommit=True,
                    keepalives_idle=10,
                    keepalives_interval=5,
                    keepalives_count=3,
                )
            return self._connection


def new_key() -> int:
    """A key that nobody else uses: 62 random bits, above the range of 32-bit keys."""
    return 1 << 62 | secrets.randbits(62)


def life() -> WorkerLife:
    """This process's."""
    return _life_on(role_url(Role.WORKER).set(drivername="postgresql").render_as_string(hide_password=False))


def is_free(session: Session, key: int) -> bool:
    """Whether the run of `key` is over; it stays so for the rest of `session`'s transaction.

    Shared: several that ask at once do not take each other for the run.
    """
    return bool(session.scalar(text("SELECT pg_try_advisory_xact_lock_shared(:key)"), {"key": key}))


@lru_cache(maxsize=4)
def _life_on(conninfo: str) -> WorkerLife:
    return WorkerLife(conninfo)


def _lock(connection: psycopg.Connection[tuple[object, ...]], key: int) -> None:
    connection.execute("SELECT pg_advisory_lock(%s)", (key,))


def _unlock(connection: psycopg.Connection[tuple[object, ...]], key: int) -> None:
    try:
        connection.execute("SELECT pg_advisory_unlock(%s)", (key,))
    except psycopg.Error:
        return  # with the connection the lock has gone too
