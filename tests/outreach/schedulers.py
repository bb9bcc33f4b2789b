"""A scheduler's process for tests: it prints a line after each round of its ticks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from core.settings import ROOT

_COMMAND = """
from core.logs import configure_logging
from outreach.scheduler import run_all_ticks, run_scheduler
from outreach.ticks import TICKS, Tick
def one_round(now):
    run_all_ticks({ticks})
    print("round", flush=True)
    return 0
configure_logging("scheduler")
run_scheduler([Tick("round", 0.2, one_round)])
"""


@contextmanager
def scheduler(*, idle: bool = False) -> Iterator[subprocess.Popen[str]]:
    """A process that does every tick of outreach five times a second, or (idle) none. Killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND.format(ticks="[]" if idle else "TICKS")],
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


def wait_for_round(process: subprocess.Popen[str]) -> None:
    """Until the next round is done. Fails where the process has ended."""
    assert process.stdout is not None
    assert process.stdout.readline() == "round\n"


def waiters(database: str) -> int:
    """How many sessions wait for an advisory lock."""
    return _sessions(database, granted=False)


def holders(database: str) -> int:
    """How many sessions hold one."""
    return _sessions(database, granted=True)


def _sessions(database: str, granted: bool) -> int:
    with psycopg.connect(database, autocommit=True) as connection:
        counted = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted = %s"
        row = connection.execute(counted, (granted,)).fetchone()
    assert row is not None
    return int(row[0])
