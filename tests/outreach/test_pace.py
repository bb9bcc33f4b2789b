"""How fast an account goes: batches, rests, segments, halving after a complaint and coming back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.database import transaction
from core.gauges import gauge
from outreach.channels.registry import accounts, adapter_for
from outreach.dispatch import run_dispatch
from outreach.pace import LARGEST_BATCH, Pace
from tests.outreach.conftest import read_settings_anew
from tests.outreach.office import Office, new_phone


@pytest.mark.parametrize(
    ("per_second", "batch"),
    [(0.2, 1), (1, 1), (8, 8), (12.9, 12), (LARGEST_BATCH, LARGEST_BATCH), (900, LARGEST_BATCH)],
)
def test_a_batch_is_what_a_second_takes(per_second: float, batch: int) -> None:
    assert Pace.full(per_second).batch() == batch


@pytest.mark.parametrize(("typical", "batch"), [(1, 8), (2, 4), (3, 2), (9, 1), (0.5, 8)])
def test_where_segments_count_a_batch_is_a_seconds_segments(typical: float, batch: int) -> None:
    assert Pace.full(8).batch(typical) == batch


def test_the_rest_after_a_batch_keeps_the_rate() -> None:
    assert Pace.full(8).rest_after(units=8, took_seconds=0.25) == pytest.approx(0.75)
    assert Pace.full(8).rest_after(units=8, took_seconds=3) == 0
    assert Pace.full(0.5).rest_after(units=1, took_seconds=0) == 2


def test_too_fast_halves_the_pace_but_never_stops_it() -> None:
    pace = Pace.full(8).slower()
    assert (pace.per_second, pace.percent) == (4, 50)
    for _ in range(20):
        pace = pace.slower()
    assert 0 < pace.per_second < 1


def test_without_complaints_it_comes_back_slowly_and_no_further() -> None:
    pace, batches = Pace.full(8).slower(), 0
    while pace.per_second < 8:
        pace, batches = pace.faster(), batches + 1
    assert 20 <= batches <= 30
    assert pace.faster().per_second == 8


def test_an_account_slower_than_the_slowest_stays_as_it_is() -> None:
    pace = Pace.full(0.05)
    assert pace.slower().per_second == 0.05
    assert pace.at(0).per_second == 0.05


def rests_of(office: Office) -> list[float]:
    rests: list[float] = []
    run_dispatch(accounts()["twilio"], adapter_for("twilio"), sleep=rests.append)
    return rests


def wave(office: Office, count: int) -> str:
    """An invitation to so many people; the first one's phone."""
    phones = [new_phone() for _ in range(count)]
    for phone in phones:
        office.person(phone)
    office.campaign()
    office.seal()
    return phones[0]


def test_an_account_that_counts_segments_is_paced_by_them(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_TWILIO_PER_SECOND", "10")
    monkeypatch.setenv("LOA_TWILIO_COUNTS", "segments")
    read_settings_anew()
    phone = wave(office, 20)
    rests = rests_of(office)
    (text,) = office.texts_to(phone)
    segments = accounts()["twilio"].segments(text)
    assert segments > 1
    # The first batch is as large as if each had one segment, and rested from for as long as its segments ask.
    assert rests[0] == pytest.approx(8 * segments / 8, abs=0.9)
    assert len(rests) > 3


def test_after_a_complaint_the_next_run_begins_slower_and_it_is_shown(office: Office) -> None:
    wave(office, 3)
    office.stand_in.fault("rate_limited", count=1)
    office.send()
    with transaction() as session:
        shown = gauge(session, "account_pace_percent:twilio")
        assert shown is not None
        assert (shown.value, shown.note) == (50, "Nhà cung cấp báo gửi quá nhanh: còn 50% tốc độ, sẽ tăng dần lại.")
    office.clock.advance(timedelta(seconds=31))
    office.send()
    with transaction() as session:
        shown = gauge(session, "account_pace_percent:twilio")
        assert shown is not None
        assert shown.value == 52
