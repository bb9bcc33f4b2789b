"""Jobs are done in turn, when due or when told."""

import threading
from collections.abc import Iterator

import pytest

from simulator.clockwork import Clockwork


@pytest.fixture
def clockwork() -> Iterator[Clockwork]:
    made = Clockwork(lanes=2, automatic=False)
    yield made
    made.stop()


def test_flush_does_jobs_in_the_order_of_their_due_times(clockwork: Clockwork) -> None:
    done: list[str] = []
    clockwork.put("a", 3600, lambda: done.append("late"))
    clockwork.put("a", 0, lambda: done.append("first"))
    clockwork.put("a", 60, lambda: done.append("second"))
    assert clockwork.flush() == 3
    assert done == ["first", "second", "late"]


def test_flush_does_what_follows_too(clockwork: Clockwork) -> None:
    done: list[int] = []

    def step(number: int) -> None:
        done.append(number)
        if number < 5:
            clockwork.put(str(number), 600, lambda: step(number + 1))

    clockwork.put("start", 0, lambda: step(1))
    assert clockwork.flush() == 5
    assert done == [1, 2, 3, 4, 5]


def test_a_failing_job_stops_nothing(clockwork: Clockwork) -> None:
    done: list[str] = []
    clockwork.put("a", 0, lambda: 1 / 0)
    clockwork.put("a", 0, lambda: done.append("next"))
    assert clockwork.flush() == 2
    assert done == ["next"]


def test_flush_gives_up_after_its_timeout(clockwork: Clockwork) -> None:
    hold = threading.Event()
    clockwork.put("a", 0, hold.wait)
    with pytest.raises(TimeoutError):
        clockwork.flush(timeout=0.05)
    hold.set()
    assert clockwork.flush() <= 1


def test_cleared_jobs_are_not_done(clockwork: Clockwork) -> None:
    done: list[str] = []
    clockwork.put("a", 0, lambda: done.append("never"))
    clockwork.clear()
    assert clockwork.flush() == 0
    assert done == []


def test_by_itself_a_job_is_done_when_due() -> None:
    clockwork, done = Clockwork(lanes=1), threading.Event()
    clockwork.put("a", 0.01, done.set)
    assert done.wait(10)
    clockwork.stop()
