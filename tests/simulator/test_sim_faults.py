"""Faults strike as often as they were told to, and only whom they were told to."""

import pytest

from simulator.faults import Fault, FaultBoard, FaultKind


def strikes(board: FaultBoard, times: int, number: str | None = "+84912345678") -> int:
    return sum(board.strike("twilio", FaultKind.SLOW, number) is not None for _ in range(times))


def test_a_counted_fault_strikes_that_often_and_is_then_off() -> None:
    board = FaultBoard(0)
    board.switch_on(Fault("twilio", FaultKind.SLOW, count=3))
    assert strikes(board, 10) == 3
    assert board.all() == []


def test_an_uncounted_fault_strikes_until_switched_off() -> None:
    board = FaultBoard(0)
    fault = board.switch_on(Fault("twilio", FaultKind.SLOW))
    assert strikes(board, 10) == 10
    assert board.switch_off(fault.id)
    assert not board.switch_off(fault.id)
    assert strikes(board, 10) == 0


def test_a_probable_fault_strikes_about_as_often_and_alike_under_one_seed() -> None:
    boards = [FaultBoard(7), FaultBoard(7)]
    for board in boards:
        board.switch_on(Fault("twilio", FaultKind.SLOW, probability=0.3))
    first, second = (strikes(board, 2000) for board in boards)
    assert first == second
    assert 500 < first < 700


@pytest.mark.parametrize(
    ("provider", "kind", "number"),
    [
        ("esms", FaultKind.SLOW, "+84912345678"),
        ("twilio", FaultKind.DROPPED, "+84912345678"),
        ("twilio", FaultKind.SLOW, "+84912345679"),
        ("twilio", FaultKind.SLOW, None),
    ],
)
def test_others_are_spared(provider: str, kind: FaultKind, number: str | None) -> None:
    board = FaultBoard(0)
    board.switch_on(Fault("twilio", FaultKind.SLOW, number="+84912345678"))
    assert board.strike(provider, kind, number) is None
    assert board.strike("twilio", FaultKind.SLOW, "+84912345678") is not None
