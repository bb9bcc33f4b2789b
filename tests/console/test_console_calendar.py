"""The calendar of sending: waves on their days, paydays by commune, lunar days, and Tết's silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import psycopg
import pytest
from lunar_vn import LunarDate, solar_to_lunar

from console.pages.campaign_calendar import lunar_words
from console.reading.sending_calendar import next_tet, silence_around
from core.clock import now
from core.database import transaction
from outreach.audience import Audience
from outreach.calendar import in_tet
from outreach.campaign_setup import CampaignPlan, StepPlan, plan_campaign
from outreach.rungs import ONLY_SMS
from outreach.step import StepKind
from outreach.timing import FromOwnStep, FromPayday, FromTet
from outreach.usual_texts import USUAL_TEXTS
from roster.campaign import Campaign, CampaignState
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

FACTS: dict[str, Any] = {"phone": "024 3852 0000", "payday": "từ ngày 5 đến ngày 10"}


@pytest.fixture(autouse=True)
def nothing_planned(database: str, clock: TestClock) -> Iterator[None]:
    """No campaign after each test."""
    yield
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("TRUNCATE campaign CASCADE")


@pytest.fixture
def manager(sit: Callable[..., Browser]) -> Browser:
    return sit("manager", commune=None)


def planned(*steps: StepPlan, facts: dict[str, Any] | None = None) -> int:
    plan = CampaignPlan(
        "Trước Tết", date(2027, 1, 25), datetime(2026, 11, 12, 2, tzinfo=UTC), facts or FACTS,
        ladder=ONLY_SMS, reminder=None, steps=steps,
    )  # fmt: skip
    with transaction() as session:
        return plan_campaign(session, plan, 1, now()).id


def step(kind: StepKind, timing: Any, *communes: str) -> StepPlan:
    return StepPlan(kind, USUAL_TEXTS[kind], timing, Audience(communes=communes), ONLY_SMS)


def days(page: str) -> dict[str, str]:
    """Each cell's words by its date."""
    cells = (" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td class.*?</td>", page, re.S))
    return {re.search(r"\d\d/\d\d", cell)[0]: cell for cell in cells}  # type: ignore[index]


def test_waves_stand_on_their_days_and_those_by_person_apart(manager: Browser) -> None:
    planned(
        step(StepKind.FINAL, FromTet(-60, time(8, 45))),
        step(StepKind.REMINDER_UNANSWERED, FromOwnStep(timedelta(days=3))),
    )
    page = manager.page("/lich-gui/")
    assert "09:00 Tin mời Trước Tết · chờ người thứ hai cho gửi" in days(page)["12/11"]
    assert "08:45 Tin nhắc lần cuối" in days(page)["08/12"], "sixty days before 6 February"
    rolling = page[page.index("Đi dần, theo từng người") : page.index("6 tuần trước")]
    assert "Tin nhắc người chưa trả lời" in rolling and "sớm nhất 10:00 10/11/2026" in rolling
    assert "hôm nay" in days(page)["10/11"] and "hôm nay" not in days(page)["11/11"]


def test_each_communes_payday_and_the_wave_after_it(manager: Browser) -> None:
    facts = {**FACTS, "communes": {ward.ELSEWHERE: {"payday": "ngày 15"}}}
    planned(step(StepKind.MONEY_CAME, FromPayday(2), ward.HERE, ward.ELSEWHERE), facts=facts)
    shown = days(manager.page("/lich-gui/"))
    assert "Chi trả: Phường Ba Đình" in shown["10/11"] and "nơi khác" in shown["10/11"]
    assert "Chi trả: Xã Hạ Bằng" in shown["15/11"] and "nơi khác" not in shown["15/11"]
    assert "Chi trả: Xã Hạ Bằng" in shown["15/12"]
    assert "09:00 Tin hỏi đã nhận được tiền chưa" in shown["12/11"] and "Phường Bồ Đề" in shown["12/11"]
    assert "Tin hỏi đã nhận được tiền chưa" in shown["17/11"] and "Xã Hạ Bằng" in shown["17/11"]


def test_the_days_of_tet_are_shut_and_lunar_days_stand_everywhere(manager: Browser) -> None:
    page = manager.page("/lich-gui/?tu=2027-01-20")
    shown = days(page)
    assert [day for day, cell in shown.items() if "Tết, không nhắn" in cell] == [
        "05/02", "06/02", "07/02", "08/02", "09/02",
    ]  # fmt: skip
    assert "29 tháng Chạp" in shown["05/02"] and "mùng 1 tháng Giêng" in shown["06/02"]
    assert "rằm tháng Giêng" in shown["20/02"]
    assert "06/02/2027, còn 88 ngày" in page and "từ 05/02/2027 đến hết 09/02/2027" in page


def test_the_hours_and_limits_that_hold(manager: Browser) -> None:
    campaign_id = planned()
    with transaction() as session:
        own = session.get_one(Campaign, campaign_id)
        own.sending_opens, own.sending_closes = time(8), time(17)
    page = " ".join(manager.page("/lich-gui/").split())
    assert "07:30 đến 20:30 hằng ngày" in page and "Riêng Trước Tết</dt><dd>08:00 đến 17:00" in page
    assert "1 việc một ngày, 3 tin trong 24 giờ" in page
    with transaction() as session:
        session.get_one(Campaign, campaign_id).state = CampaignState.CLOSED
    page = manager.page("/lich-gui/")
    assert "Riêng Trước Tết" not in page and "Tin mời" not in page


@pytest.mark.parametrize("asked", ["khong-phai-ngay", "1900-01-01", "9999-12-31", ""])
def test_what_is_no_week_to_show_is_this_week(manager: Browser, asked: str) -> None:
    assert "Từ 09/11/2026 đến 20/12/2026" in manager.page(f"/lich-gui/?tu={asked}")


@pytest.mark.parametrize(
    ("lunar", "said"),
    [
        (LunarDate(1, 1, 2027), "mùng 1 tháng Giêng"),
        (LunarDate(10, 12, 2026), "mùng 10 tháng Chạp"),
        (LunarDate(11, 3, 2026), "11 tháng 3"),
        (LunarDate(15, 7, 2026), "rằm tháng 7"),
        (LunarDate(20, 6, 2025, leap=True), "20 tháng 6 nhuận"),
    ],
)
def test_lunar_days_as_people_say_them(lunar: LunarDate, said: str) -> None:
    assert lunar_words(lunar) == said


@pytest.mark.parametrize("year", range(2026, 2036))
def test_the_silence_around_tet_begins_on_the_29th_and_ends_on_the_4th(year: int) -> None:
    tet = next_tet(date(year, 1, 1))
    first, last = silence_around(tet)
    assert tet.year == year and solar_to_lunar(first).day == 29 and solar_to_lunar(last).day == 4
    assert not in_tet(first - timedelta(days=1)) and not in_tet(last + timedelta(days=1))
    assert next_tet(tet) == tet and next_tet(tet + timedelta(days=1)).year == year + 1
