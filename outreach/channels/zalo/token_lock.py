"""Exactly one process replaces the tokens: an advisory lock, on a connection of its own, that its death frees."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from core.database import Role, role_url

LOCK_KEY = 0x4C6F615F5A616C
"""Spells "Loa_Zal"; runs of workers have keys above 2**62."""
_of_this_process = threading.Lock()


class Busy(RuntimeError):
    """Somebody else has been replacing the tokens for longer than one waits."""


@contextmanager
def only_refresher(patience_seconds: float) -> Iterator[None]:
    """Be the only one, in all processes, within this block.

    Raises Busy; psycopg.OperationalError without a database.
    """
    if not _of_this_process.acquire(timeout=patience_seconds):
        raise Busy
    try:
        with psycopg.connect(_conninfo(), autocommit=True) as connection:
            connection.execute(f"SET lock_timeout = '{int(patience_seconds * 1000)}ms'")
            try:
                connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
            except psycopg.errors.LockNotAvailable:
                raise Busy from None
            yield
    finally:
        _of_this_process.release()


def _conninfo() -> str:
    return role_url(Role.WORKER).set(drivername="postgresql").render_as_string(hide_password=False)
