"""Until when a request is answered and dealt with, and which way it may go."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from core.clock import VIETNAM
from roster.privacy.deadlines import end_of_day_after, end_of_working_day_after
from roster.privacy.request import RequestKind, RequestState
from roster.privacy.settings import PrivacySettings
from roster.privacy.states import OPEN, STATE_NAMES, TRANSITIONS, may_become


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


def ends(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), VIETNAM)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (at(10), 10, date(2026, 11, 20)),
        (at(10, 23), 1, date(2026, 11, 11)),
        (at(30), 15, date(2026, 12, 15)),
    ],
)
def test_the_period_begins_the_day_after_and_ends_with_its_last_day(received: datetime, days: int, due: date) -> None:
    assert end_of_day_after(received, days) == ends(due)


def test_a_day_is_vietnams() -> None:
    late_in_utc = datetime.fromisoformat("2026-11-10T18:00+00:00")  # one in the morning of the 11th
    assert end_of_day_after(late_in_utc, 1) == ends(date(2026, 11, 12))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (at(10), date(2026, 11, 12)),  # Tuesday
        (at(12), date(2026, 11, 16)),  # Thursday
        (at(13), date(2026, 11, 17)),  # Friday
        (at(14), date(2026, 11, 17)),  # Saturday
        (at(15), date(2026, 11, 17)),  # Sunday
    ],
)
def test_working_days_leave_out_the_week_ends(received: datetime, due: date) -> None:
    assert end_of_working_day_after(received, 2) == ends(due)


def test_the_days_are_the_decrees_unless_the_operator_sets_others(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = PrivacySettings(_env_file=None)  # type: ignore[call-arg]
    assert {kind: usual.days_for(kind) for kind in RequestKind} == {
        RequestKind.SEE: 10,
        RequestKind.CORRECT: 10,
        RequestKind.WITHDRAW: 15,
        RequestKind.DELETE: 20,
    }
    monkeypatch.setenv("LOA_PRIVACY_SEE_DAYS", "3")
    assert PrivacySettings().days_for(RequestKind.SEE) == 3
    monkeypatch.setenv("LOA_PRIVACY_SEE_DAYS", "0")
    with pytest.raises(ValueError, match="see_days"):
        PrivacySettings()


def test_a_request_ends_once() -> None:
    assert set(TRANSITIONS) == set(STATE_NAMES) == set(RequestState)
    assert {state for state in RequestState if TRANSITIONS[state]} == OPEN
    assert may_become(RequestState.RECEIVED, RequestState.DONE)
    assert not may_become(RequestState.ANSWERED, RequestState.RECEIVED)
