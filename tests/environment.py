"""The world of the tests: keys of their own, a clock they set, and how to point the services at a database.

Imported once, by `tests/conftest.py`, before anything of ours reads its settings. The clock stands at a Tuesday morning
in November unless a test moves it, so that no test depends on the hour or the season in which it runs.
"""

from __future__ import annotations

import base64
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

START = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
"""10:00 on a Tuesday in Hanoi."""

_scratch = tempfile.TemporaryDirectory(prefix="loa-test-")
CLOCK_FILE = Path(_scratch.name) / "clock"
CLOCK_FILE.write_text(START.isoformat())

os.environ.update(
    {
        "LOA_MODE": "test",
        "LOA_SECRET_KEY": "test-only-secret-key",
        "LOA_ENCRYPTION_KEYS": base64.urlsafe_b64encode(b"test-only-encryption-key-32-byte").decode(),
        "LOA_INDEX_KEY": "test-only-index-key",
        "LOA_INTERNAL_TOKEN": "test-only-internal-token",
        "LOA_CLOCK_FILE": str(CLOCK_FILE),
        # Most tests sign in with the password alone and move the clock at will; those of the sign-in undo both.
        "LOA_SIGN_IN_SECOND_FACTOR_ROLES": "",
        "LOA_SIGN_IN_IDLE_MINUTES": "600",
        "LOA_TWILIO_ACCOUNT_SID": "AC" + "5" * 32,
        "LOA_TWILIO_AUTH_TOKEN": "stand-in-auth-token",
        "LOA_TWILIO_FROM": "+15005550006",
    }
)


class TestClock:
    """The time of all processes of a test; it goes on by itself from where it was set."""

    __test__ = False

    def __init__(self, file: Path) -> None:
        self._file = file
        self._written = 0

    def set(self, at: datetime) -> datetime:
        """Make it `at` (aware) now, here and in every child process."""
        self._file.write_text(at.astimezone(UTC).isoformat())
        # The services keep what they read until the file's time of writing changes, which the kernel keeps coarsely.
        self._written = max(self._written + 1, time.time_ns())
        os.utime(self._file, ns=(self._written, self._written))
        return at

    def advance(self, by: timedelta) -> datetime:
        """Move it on by `by`; the new time."""
        return self.set(self.now() + by)

    def now(self) -> datetime:
        """What the services take the time to be."""
        from core import clock

        return clock.now()


def in_database(server_url: str, name: str) -> str:
    """The address of database `name` on the same server."""
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def use_database(url: str | None) -> None:
    """Point this process and its children to `url`, and forget what was opened before."""
    from core.database import forget_connections
    from core.settings import settings

    forget_connections()
    if url is None:
        os.environ.pop("DATABASE_URL", None)
    else:
        os.environ["DATABASE_URL"] = url
    settings.cache_clear()


def close_to_others(server_url: str, template: str) -> None:
    """PostgreSQL copies a database only while nobody is connected to it."""
    execute(server_url, f"ALTER DATABASE {template} ALLOW_CONNECTIONS false")
    execute(server_url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'")


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
