"""What tests of every room share: the clock, and the real PostgreSQL with a fresh database for each module."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.environment import CLOCK_FILE, START, TestClock, close_to_others, execute, in_database, use_database

_database_numbers = itertools.count(1)


@pytest.fixture
def clock() -> Iterator[TestClock]:
    """The clock, at START; put back there after the test."""
    moved = TestClock(CLOCK_FILE)
    moved.set(START)
    yield moved
    moved.set(START)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The superuser's address of a throw-away server on which the database `loa_template` is migrated."""
    from core.migrate import migrate
    from core.postgres import own_server

    with own_server(None) as url:
        execute(url, "ALTER SYSTEM SET fsync = off")  # it is thrown away: nothing of it must survive a power cut
        execute(url, "SELECT pg_reload_conf()")
        execute(url, "CREATE DATABASE loa_template")
        use_database(in_database(url, "loa_template"))
        migrate()
        use_database(None)
        close_to_others(url, "loa_template")
        yield url


@pytest.fixture(scope="module")
def database(postgres_url: str) -> Iterator[str]:
    """A fresh migrated database for the module, which the services of this process use; its owner's address."""
    name = f"test_{next(_database_numbers)}"
    execute(postgres_url, f"CREATE DATABASE {name} TEMPLATE loa_template")
    url = in_database(postgres_url, name)
    use_database(url)
    yield url
    use_database(None)
    execute(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")
