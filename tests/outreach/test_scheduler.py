"""The scheduler's process: one at a time; a second waits, and takes over when the first is gone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from core.settings import ROOT
from outreach.scheduler import LOCK_KEY

COMMAND = """
from core.logs import configure_logging
from outreach.scheduler import run_scheduler
from outreach.ticks import Tick
def tell(now):
    print("tick", flush=True)
    return 0
configure_logging("scheduler")
run_scheduler([Tick("tell", 0.2, tell)])
"""


@contextmanager
def scheduler() -> Iterator[subprocess.Popen[str]]:
    """A scheduler process with one tick, which prints a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND],
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def next_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def waiters(database: str) -> int:
    """How many sessions wait for an advisory lock."""
    return _sessions(database, granted=False)


def holders(database: str) -> int:
    """How many sessions hold one."""
    return _sessions(database, granted=True)


def wait_for(count: Callable[[], int], process: subprocess.Popen[str]) -> None:
    """Until `count` is above 0, while the process lives."""
    while not count():
        assert process.poll() is None
        time.sleep(0.1)


def _sessions(database: str, granted: bool) -> int:
    with psycopg.connect(database, autocommit=True) as connection:
        counted = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted = %s"
        row = connection.execute(counted, (granted,)).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.usefixtures("clock")
def test_a_second_scheduler_waits_and_takes_over(database: str) -> None:
    with scheduler() as first:
        assert next_line(first) == "tick"
        with scheduler() as second:
            while not waiters(database):
                assert next_line(first) == "tick"
            first.kill()
            assert next_line(second) == "tick"


@pytest.mark.usefixtures("clock")
def test_a_scheduler_without_its_lock_stops_and_queues_up_again(database: str) -> None:
    with scheduler() as process:
        assert next_line(process) == "tick"
        with psycopg.connect(database, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
            other.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
            wait_for(lambda: waiters(database), process)
        wait_for(lambda: holders(database), process)
