"""How long a wave takes: days, quiet hours, Tết and quotas, and what the manager is told beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import VIETNAM
from core.database import transaction
from outreach.account_quota import note_quota_left
from outreach.calendar import DEFAULT_HOURS, Hours, permitted
from outreach.channels.provider import Account, Unit
from outreach.forecast import forecast, warning
from outreach.wave_forecast import forecast_wave
from tests.outreach.office import Office

DAY = 13 * 3600
"""Seconds between 07:30 and 20:30."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def shares(messages: int, per_second: float, start: str, **more: int) -> list[tuple[date, int]]:
    return [(share.day, share.messages) for share in forecast(messages, per_second, at(start), **more).days]


def test_a_small_wave_ends_on_its_day() -> None:
    expected = forecast(3600, 2, at("2026-11-10 10:00"))
    assert (expected.begins, expected.ends) == (at("2026-11-10 10:00"), at("2026-11-10 10:30"))
    assert warning(expected) is None


def test_what_does_not_fit_goes_on_in_the_morning() -> None:
    expected = forecast(10_000, 2, at("2026-11-10 20:00"))
    assert [(share.day.day, share.messages) for share in expected.days] == [(10, 3600), (11, 6400)]
    assert expected.ends == at("2026-11-11 07:30") + timedelta(seconds=3200)
    assert warning(expected) == (
        "Không gửi hết trước 20:30 ngày 10/11/2026: còn 6.400 tin sang ngày sau (6.400 tin vào 11/11);"
        " xong khoảng 08:23 ngày 11/11/2026."
    )


def test_many_days_are_told_by_the_first_and_the_end() -> None:
    expected = forecast(5 * DAY, 1, at("2026-11-10 07:30"))
    assert len(expected.days) == 5
    said = warning(expected) or ""
    assert "còn 187.200 tin sang ngày sau (46.800 tin vào 11/11, 46.800 tin vào 12/11, 46.800 tin vào 13/11, …)" in said
    assert "20:30 ngày 14/11/2026" in said


def test_at_night_it_begins_in_the_morning() -> None:
    assert forecast(10, 1, at("2026-11-10 22:00")).begins == at("2026-11-11 07:30")


def test_tet_is_passed_over() -> None:
    # 28th of the twelfth month in the evening: the next permitted morning is the 5th of the first, 10 February.
    assert shares(5000, 1, "2027-02-04 20:00") == [(date(2027, 2, 4), 1800), (date(2027, 2, 10), 3200)]


def test_the_quota_of_a_day_and_what_of_it_is_used() -> None:
    found = shares(1000, 10, "2026-11-10 10:00", daily_quota=400, sent_today=300)
    assert [count for _, count in found] == [100, 400, 400, 100]
    assert shares(100, 10, "2026-11-10 10:00", daily_quota=400, sent_today=400) == [(date(2026, 11, 11), 100)]


def test_own_hours() -> None:
    hours = Hours(time(8, 0), time(9, 0))
    expected = forecast(5400, 1, at("2026-11-10 08:00"), hours)
    assert [share.messages for share in expected.days] == [3600, 1800]
    assert (warning(expected, hours) or "").startswith("Không gửi hết trước 09:00")


def test_nothing_to_send() -> None:
    expected = forecast(0, 1, at("2026-11-10 10:00"))
    assert (expected.begins, expected.ends, warning(expected)) == (None, None, None)


@pytest.mark.parametrize(("per_second", "quota"), [(0, None), (-1, None), (1, 0)])
def test_what_never_ends_is_refused(per_second: float, quota: int | None) -> None:
    with pytest.raises(ValueError, match="never ends"):
        forecast(1, per_second, at("2026-11-10 10:00"), daily_quota=quota)


@given(
    messages=st.integers(0, 400_000),
    per_second=st.floats(0.3, 50),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),
    quota=st.none() | st.integers(5_000, 100_000),
)
def test_every_message_has_its_day_and_every_moment_is_permitted(
    messages: int, per_second: float, start: datetime, quota: int | None
) -> None:
    expected = forecast(messages, per_second, start.replace(tzinfo=VIETNAM), daily_quota=quota)
    assert sum(share.messages for share in expected.days) == messages
    for share in expected.days:
        assert permitted(share.begins)
        # A day whose last seconds hold less than one message still gets that one.
        assert permitted(share.ends - timedelta(seconds=1 / per_second))
        assert quota is None or share.messages <= quota


ACCOUNT = Account("twilio", "twilio", "sms", 8.0, None, 800, len)


def of_wave(account: Account, messages: int, segments: int, now: datetime) -> list[int]:
    with transaction() as session:
        expected = forecast_wave(session, account, messages, segments, now, DEFAULT_HOURS)
        return [share.messages for share in expected.days]


def test_a_wave_over_an_account_that_counts_segments(office: Office) -> None:
    now = office.clock.set(at("2026-11-10 19:30"))
    by_messages, by_segments = ACCOUNT, replace(ACCOUNT, counts=Unit.SEGMENTS)
    assert of_wave(by_messages, 30_000, 60_000, now) == [28_800, 1_200]
    assert of_wave(by_segments, 30_000, 60_000, now) == [14_400, 15_600]
    assert of_wave(replace(by_segments, daily_quota=20_000), 25_000, 50_000, now) == [10_000, 10_000, 5_000]


def test_what_was_sent_today_and_what_the_provider_says(office: Office) -> None:
    now = office.clock.set(at("2026-11-10 10:00"))
    office.person("0912345678")
    office.campaign()
    office.seal()
    office.send()
    assert of_wave(replace(ACCOUNT, daily_quota=5), 7, 7, now) == [4, 3]
    with transaction() as session:
        note_quota_left(session, "twilio", 3, office.clock.now())
    assert of_wave(ACCOUNT, 5, 5, office.clock.now()) == [3, 2]
