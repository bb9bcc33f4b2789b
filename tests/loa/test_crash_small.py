"""A small crash test: the same as `make crash-test`, with few people and few kills."""

from __future__ import annotations

import pytest

from loa.crash_test.running import run_crash_test, told


@pytest.mark.timeout(300)  # some 40 seconds, most of them waiting for what was killed to be missed
def test_a_wave_reaches_everybody_once_whatever_dies() -> None:
    ended = run_crash_test(people=240, kills=3, seed=1, workers=2)
    assert ended.reckoning.holds, told(ended)
    assert ended.kills.total() >= 6  # three of them while the step was sealed
    assert ended.others["frozen and cut off"] == 1
    assert ended.others["machine joined"] == ended.others["machine left"] == 1
    assert ended.calls_from_elsewhere > 5  # it was at work, alone, before it left in the middle of a call
