"""The pace of waves by what still waits to be answered: down at once, up step by step, no swinging around the limit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.database import transaction
from core.gauges import GaugeName, gauge, set_gauge
from outreach.capacity import FULL, STEPS, Queue, WavePace, wave_pace
from outreach.dispatch import due_accounts
from outreach.message import MessageState
from outreach.wave_pace import STALE, keep_pace, wave_percent
from tests.outreach.office import Office, new_phone


def officers(waiting: int) -> Queue:
    return Queue("việc chờ cán bộ", waiting, 100)


@pytest.mark.parametrize(
    ("waiting", "percent"),
    [(0, 100), (99, 100), (100, 50), (124, 50), (125, 25), (149, 25), (150, 10), (199, 10), (200, 0), (5000, 0)],
)
def test_down_at_once_as_far_as_the_load_says(waiting: int, percent: int) -> None:
    assert wave_pace(FULL, [officers(waiting)]).percent == percent


def test_up_one_step_at_a_time_and_only_when_the_load_has_eased() -> None:
    percents, before = [], 0
    for waiting in (190, 161, 159, 130, 119, 101, 99, 81, 79, 79):
        before = wave_pace(before, [officers(waiting)]).percent
        percents.append(before)
    assert percents == [0, 0, 10, 10, 25, 25, 50, 50, 100, 100]


def test_around_the_limit_it_does_not_swing() -> None:
    before, seen = FULL, []
    for waiting in (99, 101, 99, 101, 99, 101, 85, 99):
        before = wave_pace(before, [officers(waiting)]).percent
        seen.append(before)
    assert seen == [100, 50, 50, 50, 50, 50, 50, 50]


def test_the_fullest_queue_decides_and_is_named() -> None:
    pace = wave_pace(FULL, [officers(50), Queue("tin nhắn đến chưa được trả lời", 420, 300)])
    assert pace == WavePace(
        25, "Đang có 420 tin nhắn đến chưa được trả lời (giới hạn 300): tin mời đi chậm lại, còn 25% tốc độ."
    )
    assert wave_pace(FULL, [officers(300)]).why == (
        "Đang có 300 việc chờ cán bộ (giới hạn 100): tạm ngừng gửi tin mời, chờ trả lời bớt."
    )
    assert wave_pace(50, [officers(0)]) == WavePace(FULL, None)


@given(before=st.sampled_from([100, 50, 25, 10, 0]), loads=st.lists(st.integers(0, 400), min_size=1, max_size=30))
def test_it_never_goes_faster_than_the_load_allows(before: int, loads: list[int]) -> None:
    for waiting in loads:
        before = wave_pace(before, [officers(waiting)]).percent
        assert before <= min((percent for begins, percent in STEPS if waiting / 100 >= begins), default=FULL)


def invited(office: Office) -> None:
    office.person(new_phone())
    office.campaign()
    office.seal()


def waits(office: Office, name: GaugeName, count: int) -> WavePace:
    """So much waits, by the gauge; what the tick makes of it."""
    with transaction() as session:
        set_gauge(session, name, count, office.clock.now())
        return keep_pace(session, office.clock.now())


def test_a_full_queue_stops_the_wave_and_an_empty_one_lets_it_go(office: Office) -> None:
    invited(office)
    waits(office, GaugeName.OPEN_ESCALATIONS, 400)
    assert office.send().looked_at == 0
    with transaction() as session:
        assert due_accounts(session, office.clock.now()) == []
        shown = gauge(session, GaugeName.WAVE_PACE)
        assert shown is not None
        assert (shown.value, shown.note) == (
            0,
            "Đang có 400 việc chờ cán bộ (giới hạn 200): tạm ngừng gửi tin mời, chờ trả lời bớt.",
        )
    assert waits(office, GaugeName.OPEN_ESCALATIONS, 10).percent == 10
    with transaction() as session:
        assert due_accounts(session, office.clock.now()) == ["twilio"]
    assert office.send().tried == 1


def test_the_bots_backlog_counts_too(office: Office) -> None:
    assert waits(office, GaugeName.OPEN_ESCALATIONS, 0).percent == 100
    assert waits(office, GaugeName.UNANSWERED, 300).percent == 50


def test_a_gauge_that_nobody_writes_any_more_changes_nothing(office: Office) -> None:
    waits(office, GaugeName.OPEN_ESCALATIONS, 230)
    office.clock.advance(STALE + timedelta(minutes=1))
    with transaction() as session:
        assert keep_pace(session, office.clock.now()).percent == 50
        assert wave_percent(session) == 50


def test_replies_go_out_while_waves_wait(office: Office) -> None:
    from outreach.replies import send_reply_messages

    waits(office, GaugeName.OPEN_ESCALATIONS, 1000)
    phone = new_phone()
    reply = office.reply(phone, "Dạ, chúng tôi đã nhận.", reply_to=1)
    assert send_reply_messages([reply]) == 1
    assert office.message(reply).state is MessageState.ACCEPTED
