"""A small crash test: the same as `make crash-test`, with few people and few kills."""

from __future__ import annotations

from loa.crash_test.running import run_crash_test, told


def test_a_wave_reaches_everybody_once_whatever_dies() -> None:
    ended = run_crash_test(people=60, kills=3, seed=1)
    assert ended.reckoning.holds, told(ended)
    assert ended.kills.total() >= 6  # three of them while the step was sealed
    assert ended.others["machine joined"] == ended.others["machine left"] == 1
