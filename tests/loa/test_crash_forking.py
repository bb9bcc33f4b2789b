"""Processes split off from a loaded interpreter: each runs an installation's command with settings of its own, and none
outlives the one who asked for it."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from loa.crash_test.forking import Child, Forker


@pytest.fixture(scope="module")
def forker() -> Iterator[Forker]:
    """One interpreter for all tests: it takes seconds to load the program."""
    one = Forker()
    yield one
    one.close()


def environment(folder: Path) -> dict[str, str]:
    """Of a scheduler whose database is not there."""
    return {**os.environ, "DATABASE_URL": f"postgresql:///nowhere?host={folder}"}


def text_in(log: Path, wanted: str) -> None:
    """Wait until the log says so."""
    while not log.exists() or wanted not in log.read_text():
        select.select([], [], [], 0.05)


def wait_for_end(child: Child) -> None:
    while child.lives:
        select.select([], [], [], 0.05)


def test_a_command_runs_with_its_own_settings_until_it_is_killed(forker: Forker, tmp_path: Path) -> None:
    children = []
    for name in ("one", "two"):
        folder, log = tmp_path / name, tmp_path / f"{name}.log"
        folder.mkdir()
        children.append(forker.start(("serve", "scheduler"), environment(folder), log))
        text_in(log, "scheduler_lost_its_lock")
    first, second = children
    first.signal(signal.SIGKILL)
    wait_for_end(first)
    assert second.lives
    first.close()
    second.close()


def test_a_command_that_ends_has_said_what_it_had_to_say(forker: Forker, tmp_path: Path) -> None:
    log = tmp_path / "help.log"
    child = forker.start(("serve", "--help"), dict(os.environ), log)
    wait_for_end(child)
    assert "scheduler" in log.read_text()
    child.signal(signal.SIGKILL)  # nobody is there any more: nothing happens
    child.close()


def test_none_outlives_who_asked_for_it(tmp_path: Path) -> None:
    own = Forker()
    log = tmp_path / "log"
    child = own.start(("serve", "scheduler"), environment(tmp_path), log)
    text_in(log, "scheduler_lost_its_lock")
    own.close()
    wait_for_end(child)
    child.close()
    with pytest.raises(OSError, match=r"Bad file descriptor|Broken pipe"):
        own.start(("serve", "--help"), dict(os.environ), log)
