"""Quiet hours and Tết, as tables of moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import holidays
import pytest
from lunar_vn import solar_to_lunar

from core.clock import VIETNAM
from outreach.calendar import Hours, in_tet, next_permitted, permitted, permitted_for


def at(text: str) -> datetime:
    """A moment in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-10 07:29:59", False),
        ("2026-11-10 07:30:00", True),
        ("2026-11-10 12:00:00", True),
        ("2026-11-10 20:29:59", True),
        ("2026-11-10 20:30:00", False),
        ("2026-11-10 23:59:59", False),
        ("2026-11-11 00:00:00", False),
        ("2026-11-15 10:00:00", True),  # a Sunday
    ],
)
def test_quiet_hours(moment: str, allowed: bool) -> None:
    assert permitted(at(moment)) is allowed


@pytest.mark.parametrize("tet", ["2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02"])
def test_no_sending_around_tet(tet: str) -> None:
    first = date.fromisoformat(tet)
    silent = [first + timedelta(days=n) for n in range(-3, 7) if in_tet(first + timedelta(days=n))]
    assert first in silent
    assert silent[-1] == first + timedelta(days=3)
    # The twelfth month has 29 or 30 days: the silence begins on the 29th.
    assert silent[0] in (first - timedelta(days=1), first - timedelta(days=2))
    assert [day - silent[0] for day in silent] == [timedelta(days=n) for n in range(len(silent))]


def test_each_year_has_five_or_six_silent_days() -> None:
    for year in range(2020, 2061):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        assert sum(map(in_tet, days)) in (5, 6), year


YEARS = range(2020, 2061)


def test_tet_is_where_the_public_holidays_are() -> None:
    """Against another source: `holidays` keeps its own table of Vietnam's lunar days, New Year's Eve to the 4th."""
    known = holidays.country_holidays("VN", years=YEARS, observed=False, language="vi")
    festive = {day for day, name in known.items() if "Tết Nguyên Đán" in name}
    assert len(festive) == 5 * len(YEARS)
    assert all(map(in_tet, festive))
    ours = {day for year in YEARS for n in range(365) if in_tet(day := date(year, 1, 1) + timedelta(days=n))}
    # Beyond the holidays only the 29th of a month of thirty days: the day before New Year's Eve.
    assert (
        ours - festive
        == {first - timedelta(days=1) for first in festive if in_tet(first - timedelta(days=1))} - festive
    )
    assert {solar_to_lunar(day).day for day in ours - festive} == {29}


def test_the_kings_day_is_where_the_public_holidays_have_it() -> None:
    known = holidays.country_holidays("VN", years=YEARS, observed=False, language="vi")
    kings = [day for day, name in known.items() if "Hùng Vương" in name]
    assert len(kings) == len(YEARS)
    assert {(solar_to_lunar(day).day, solar_to_lunar(day).month) for day in kings} == {(10, 3)}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-10 10:15:00", "2026-11-10 10:15:00"),
        ("2026-11-10 05:00:00", "2026-11-10 07:30:00"),
        ("2026-11-10 20:30:00", "2026-11-11 07:30:00"),
        ("2026-11-10 23:10:00", "2026-11-11 07:30:00"),
        ("2027-02-04 21:00:00", "2027-02-10 07:30:00"),  # 28th of the twelfth month, in the evening
        ("2027-02-06 09:00:00", "2027-02-10 07:30:00"),  # Tết
        ("2026-12-31 22:00:00", "2027-01-01 07:30:00"),
    ],
)
def test_next_permitted(moment: str, expected: str) -> None:
    found = next_permitted(at(moment))
    assert found == at(expected)
    assert permitted(found)


def test_own_hours_move_the_limits() -> None:
    hours = Hours(time(9, 0), time(17, 0))
    assert not permitted(at("2026-11-10 08:00:00"), hours)
    assert next_permitted(at("2026-11-10 18:00:00"), hours) == at("2026-11-11 09:00:00")


@pytest.mark.parametrize(
    ("opens", "closes"), [(time(6, 59), time(20)), (time(8), time(22, 1)), (time(9), time(9)), (time(10), time(9))]
)
def test_hours_outside_the_law_are_refused(opens: time, closes: time) -> None:
    with pytest.raises(ValueError, match="07:00 and 22:00"):
        Hours(opens, closes)


def test_what_is_left_of_the_day() -> None:
    assert permitted_for(at("2026-11-10 20:00:00")) == timedelta(minutes=30)
    assert permitted_for(at("2026-11-10 21:00:00")) == timedelta(0)
