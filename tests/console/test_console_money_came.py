"""Payments at the desk: how many were asked if the money has come, what they said, what was done about a no."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from conversations.escalation import Escalation, Reason
from conversations.escalations import close, escalate
from conversations.money_answer import note_money_answer
from conversations.thread import Thread
from core.clock import VIETNAM, now
from core.database import transaction
from tests.bot.asked_for_money import asked, asking_step
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

_CELL = re.compile(r'<td data-label="([^"]+)"[^>]*>(.*?)</td>', re.S)
_next = iter(range(1_000_000, 2_000_000))


@pytest.fixture(scope="module")
def campaign_id(database: str) -> int:
    return ward.campaign()


def answered(of: ward.Citizen, came: bool) -> Escalation | None:
    with transaction() as session:
        thread = session.get_one(Thread, of.thread_id)
        matter = None if came else escalate(session, thread, Reason.MONEY_MISSING, "", now())
        note_money_answer(session, thread, next(_next), came, now(), matter)
        return matter


def numbers(page: str) -> dict[str, str]:
    """The first line of the table, by title."""
    table = page.split("tiền đã về chưa?</h2>")[1].split("</tr>", 2)[1]
    return {title: " ".join(re.sub(r"<[^>]+>", " ", text).split()) for title, text in _CELL.findall(table)}


def test_the_answers_are_counted_by_commune_and_payday(
    sit: Callable[..., Browser], campaign_id: int, clock: TestClock
) -> None:
    clock.set(datetime(2026, 12, 1, 9, tzinfo=VIETNAM))
    step_id = asking_step(campaign_id, days_after_payday=5)
    people = [ward.citizen() for _ in range(6)]
    for of in people:
        asked(step_id, of, ward.HERE)
    beyond = ward.citizen(commune=ward.ELSEWHERE)
    asked(step_id, beyond, ward.ELSEWHERE)
    answered(people[0], True)
    answered(people[1], True)
    closed, _ = answered(people[2], False), answered(people[3], False)
    answered(people[4], False)
    clock.advance(timedelta(hours=1))
    answered(people[4], True)
    assert closed is not None
    with transaction() as session:
        close(session, session.get_one(Escalation, closed.id), 1, "Đã kiểm tra: tiền đã chi trả", now())
    approver = sit("approver")
    page = approver.page("/chi-tra/?thang=2026-11-01")
    assert numbers(page) == {
        "Xã, phường": "Phường Bồ Đề",
        "Đã hỏi": "6",
        "Đã nhận": "3",
        "Chưa nhận": "2",
        "Chưa trả lời": "1",
        "Việc của người báo chưa nhận": "Cán bộ đang xử lý: 1 Đã kiểm tra: tiền đã chi trả: 1",
    }, "asked on 1 December about the payday five days before"
    assert "Xã Hạ Bằng" not in page
    assert "tiền đã về chưa?" not in approver.page("/chi-tra/?thang=2026-12-01")
