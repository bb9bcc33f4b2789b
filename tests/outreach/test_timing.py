"""When steps go out: at a moment, from Tết, from payday, from the person's own last step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.clock import VIETNAM
from outreach.timing import (
    At,
    FromOwnStep,
    FromPayday,
    FromTet,
    Timing,
    TimingRefused,
    begins,
    payday_moment,
    payday_of,
    timing_as_json,
    timing_from_json,
)

NOVEMBER = datetime(2026, 11, 10, 10, tzinfo=VIETNAM)


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stored", "timing"),
    [
        ({"at": "2026-11-12T08:30:00+07:00"}, At(moment(2026, 11, 12, 8, 30))),
        ({"tet": -30, "time": "09:00"}, FromTet(-30)),
        ({"payday": 2, "time": "14:30"}, FromPayday(2, moment(2026, 1, 1, 14, 30).time())),
        ({"own_step": "+3d"}, FromOwnStep(timedelta(days=3))),
        ({"own_step": "+12h"}, FromOwnStep(timedelta(hours=12))),
    ],
)
def test_stored_as_it_was_planned(stored: dict[str, Any], timing: Timing) -> None:
    assert timing_from_json(stored) == timing
    assert timing_from_json(timing_as_json(timing)) == timing
    assert timing_as_json(timing) == stored


def test_nine_in_the_morning_where_no_time_is_given() -> None:
    assert timing_from_json({"tet": -30}) == FromTet(-30)


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"at": "hôm nay"},
        {"at": "2026-11-12T08:30:00"},
        {"tet": "-30"},
        {"tet": -400},
        {"tet": True},
        {"tet": -30, "time": "9 giờ"},
        {"tet": -30, "when": "09:00"},
        {"payday": 2, "time": 9},
        {"own_step": "3d"},
        {"own_step": "+0d"},
        {"own_step": "+3w"},
        {"at": "2026-11-12T08:30:00+07:00", "tet": -30},
    ],
)
def test_what_cannot_be_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(TimingRefused):
        timing_from_json(stored)


@pytest.mark.parametrize(
    ("days", "since", "expected"),
    [
        (-30, NOVEMBER, moment(2027, 1, 7, 9)),  # Tết 2027 is on 6 February
        (-30, moment(2027, 1, 7, 9), moment(2027, 1, 7, 9)),
        (-30, moment(2027, 1, 7, 9, 1), moment(2027, 12, 27, 9)),  # Tết 2028 is on 26 January
        (10, moment(2027, 2, 7, 12), moment(2027, 2, 16, 9)),
        (-366, NOVEMBER, moment(2027, 1, 25, 9)),
    ],
)
def test_days_from_the_next_tet_for_which_they_are_still_to_come(
    days: int, since: datetime, expected: datetime
) -> None:
    assert begins(FromTet(days), since) == expected


@pytest.mark.parametrize(
    ("days", "payday", "since", "expected"),
    [
        (2, 5, NOVEMBER, moment(2026, 12, 7, 9)),
        (2, 10, NOVEMBER, moment(2026, 11, 12, 9)),
        (0, 10, NOVEMBER, moment(2026, 12, 10, 9)),  # nine has passed
        (2, 31, moment(2027, 2, 1), moment(2027, 2, 2, 9)),  # two days after January's last
        (2, 31, moment(2027, 2, 3), moment(2027, 3, 2, 9)),  # February has 28
        (-3, 1, moment(2026, 12, 20), moment(2026, 12, 29, 9)),  # before January's
        (-40, 31, NOVEMBER, moment(2026, 11, 21, 9)),
        (45, 5, NOVEMBER, moment(2026, 11, 19, 9)),  # after October's
    ],
)
def test_days_from_payday(days: int, payday: int, since: datetime, expected: datetime) -> None:
    assert payday_moment(FromPayday(days), payday, since) == expected


def test_payday_begins_with_the_earliest_commune() -> None:
    assert begins(FromPayday(2), NOVEMBER, [5, 10, 25]) == moment(2026, 11, 12, 9)
    with pytest.raises(TimingRefused, match="ngày chi trả"):
        begins(FromPayday(2), NOVEMBER)


def test_a_step_from_the_own_last_one_begins_at_once() -> None:
    assert begins(FromOwnStep(timedelta(days=3)), NOVEMBER) == NOVEMBER
    assert begins(At(moment(2026, 11, 12, 8)), NOVEMBER).tzinfo is UTC


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("từ ngày 5 đến ngày 10 hằng tháng", 10),
        ("từ ngày 5", 5),
        ("5", 5),
        ("ngày 5-10", 10),
        ("từ mùng 3 đến mùng 7", 7),
        ("ngày 15 hằng tháng, 8:00-11:30", 15),
        ("ngày 5/1/2027", None),
        ("ngày 35", None),
        ("theo thông báo", None),
        ("", None),
        (None, None),
    ],
)
def test_the_day_of_payment_in_the_words_of_an_office(stated: str | None, day: int | None) -> None:
    assert payday_of({"payday": stated}, "00199") == day


def test_a_communes_own_payday_comes_first_and_the_outright_one_before_words() -> None:
    facts = {"payday": "từ ngày 5", "communes": {"00199": {"payday": "ngày 12"}, "00175": {"payday_day": 20}}}
    assert payday_of(facts, "00199") == 12
    assert payday_of(facts, "00175") == 20
    assert payday_of(facts, "00001") == payday_of(facts, None) == 5
