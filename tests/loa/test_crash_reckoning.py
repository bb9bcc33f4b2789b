"""The reckoning sees what it is there to see: somebody left out, somebody written to twice, a ledger that is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loa.crash_test.reckoning import Reckoning, Row, Taken, compare
from outreach.message import MessageState

ACCEPTED, UNKNOWN, REJECTED = MessageState.ACCEPTED, MessageState.UNKNOWN, MessageState.REJECTED
PHONES = ("+84900000000", "+84900000001", "+84900000002")


def taken(number: int, id_: str | None = None) -> Taken:
    return Taken("twilio", id_ or f"SM{number}", PHONES[number])


def row(number: int, state: MessageState = ACCEPTED, *, in_doubt: bool = False) -> Row:
    return Row(PHONES[number], "twilio", f"SM{number}" if state is ACCEPTED else None, state, in_doubt)


ALL_TAKEN, ALL_ROWS = [taken(n) for n in range(3)], [row(n) for n in range(3)]


def reckoned(log: list[Taken], rows: list[Row], unbalanced: int = 0) -> Reckoning:
    return compare(3, log, rows, {}, unbalanced)


def test_all_is_well() -> None:
    found = reckoned(ALL_TAKEN, ALL_ROWS)
    assert found.holds
    assert str(found) == "lost 0, twice 0, unknown 0 → resolved 0"


def test_doubts_that_were_resolved() -> None:
    found = reckoned(ALL_TAKEN, [row(0, in_doubt=True), row(1, in_doubt=True), row(2)])
    assert found.holds
    assert str(found) == "lost 0, twice 0, unknown 2 → resolved 2"


@pytest.mark.parametrize(
    ("log", "rows", "numbers"),
    [
        (ALL_TAKEN[:2], [*ALL_ROWS[:2], row(2, MessageState.PLANNED)], {"lost": 1}),
        ([*ALL_TAKEN, taken(1, "SM9")], ALL_ROWS, {"twice": 1}),
        (ALL_TAKEN, [*ALL_ROWS[:2], row(2, UNKNOWN, in_doubt=True)], {"unknown": 1, "untrue": 1}),
        (ALL_TAKEN, [*ALL_ROWS[:2], row(2, REJECTED)], {"untrue": 1}),
        (ALL_TAKEN[:2], ALL_ROWS, {"lost": 1, "untrue": 1}),
        (ALL_TAKEN, ALL_ROWS[:2], {"untrue": 1}),
        (ALL_TAKEN, [replace(ALL_ROWS[0], provider_id="SM1"), *ALL_ROWS[1:]], {"untrue": 1}),
        (ALL_TAKEN, [replace(ALL_ROWS[0], provider="esms"), *ALL_ROWS[1:]], {"untrue": 1}),
    ],
)
def test_what_is_wrong_is_counted(log: list[Taken], rows: list[Row], numbers: dict[str, int]) -> None:
    found = reckoned(log, rows)
    assert not found.holds
    wrong = {name: getattr(found, name) for name in ("lost", "twice", "unknown", "untrue")}
    assert {name: count for name, count in wrong.items() if count} == numbers


def test_a_ledger_out_of_balance_does_not_hold() -> None:
    assert not reckoned(ALL_TAKEN, ALL_ROWS, unbalanced=1).holds
