"""The scheduler's process: one at a time; a second waits, and takes over when the first is gone."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable

import psycopg
import pytest

from outreach.scheduler import LOCK_KEY
from tests.outreach.schedulers import holders, scheduler, wait_for_round, waiters


def wait_for(count: Callable[[], int], process: subprocess.Popen[str]) -> None:
    """Until `count` is above 0, while the process lives."""
    while not count():
        assert process.poll() is None
        time.sleep(0.1)


@pytest.mark.usefixtures("clock")
def test_a_second_scheduler_waits_and_takes_over(database: str) -> None:
    with scheduler(idle=True) as first:
        wait_for_round(first)
        with scheduler(idle=True) as second:
            while not waiters(database):
                wait_for_round(first)
            first.kill()
            wait_for_round(second)


@pytest.mark.usefixtures("clock")
def test_a_scheduler_without_its_lock_stops_and_queues_up_again(database: str) -> None:
    with scheduler(idle=True) as process:
        wait_for_round(process)
        with psycopg.connect(database, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
            other.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
            wait_for(lambda: waiters(database), process)
        wait_for(lambda: holders(database), process)
