"""Messages that no provider can be asked about: shown with what helps to decide, decided one by one or as a wave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest

from core.clock import now
from core.database import transaction
from outreach.message import MessageState
from outreach.reasons import Reason
from roster.contact import ContactPoint
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.running import Running, running
from tests.environment import TestClock

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, gauge CASCADE")


@pytest.fixture
def manager(sit: Callable[..., Browser]) -> Browser:
    return sit("manager", commune=None)


def lost(clock: TestClock) -> Running:
    """Three people whose messages nobody can be asked about, one held, one that is still asked for."""
    people = [ward.citizen(name) for name in ("Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thị Lan", "Giữ Lại", "Còn Tra")]
    made = running(people)
    unknown = MessageState.UNKNOWN
    made.come_to(unknown, unknown, unknown, MessageState.HELD, unknown, provider="zalo")
    with transaction() as session:
        for citizen in people[:3]:
            session.merge(made.message(citizen.person_id)).reason = Reason.NOBODY_CAN_TELL
    clock.advance(timedelta(minutes=10))
    return made


def path(made: Running) -> str:
    return f"/dot-khao-sat/{made.campaign_id}/tin-chua-ro"


def state_of(made: Running, number: int) -> MessageState:
    return made.message(made.people[number].person_id).state


def test_it_shows_who_when_and_that_somebody_wrote_since(manager: Browser, clock: TestClock) -> None:
    made = lost(clock)
    with transaction() as session:
        session.get_one(ContactPoint, made.people[1].contact_id).heard_at = now()
    page = manager.page(path(made))
    assert page.count("Nguyễn Thị Hoa") == 1 and "tài khoản zalo · chưa rõ: <strong>3 tin</strong>" in page
    assert page.count("Đã nhắn lại lúc") == 1 and "Còn 1 tin khác máy đang tự tra" in page
    assert "Còn Tra" not in page and made.people[0].phone not in page


def test_one_is_decided_with_how_it_was_found_out(manager: Browser, clock: TestClock) -> None:
    made = lost(clock)
    at = f"/dot-khao-sat/tin-chua-ro/{made.message(made.people[0].person_id).id}"
    assert "Xin ghi đã hỏi lại thế nào" in manager.post(at, choice="arrived", reason="").text
    assert state_of(made, 0) is MessageState.UNKNOWN
    assert "Đã ghi quyết định cho 1 tin" in manager.post(at, choice="arrived", reason="đã gọi, bà đã đọc").text
    assert state_of(made, 0) is MessageState.DELIVERED
    assert "1 tin chưa quyết định được" in manager.post(at, choice="again", reason="nhầm").text
    assert manager.post(at, choice="whatever", reason="x").status_code == 400


def test_a_whole_wave_is_decided_at_once(manager: Browser, clock: TestClock) -> None:
    made = lost(clock)
    form = {"step": made.step_id, "account": "zalo", "state": "unknown", "choice": "again"}
    page = manager.post(f"{path(made)}/ca-luot", **form, reason="Zalo trả lời: không tin nào tới máy").text
    assert "Đã ghi quyết định cho 3 tin" in page
    assert [state_of(made, number) for number in range(3)] == [MessageState.PLANNED] * 3
    assert state_of(made, 3) is MessageState.HELD and state_of(made, 4) is MessageState.UNKNOWN
    assert "không còn tin nào chờ" in manager.post(f"{path(made)}/ca-luot", **form, reason="lần nữa").text


def test_held_ones_are_dropped(manager: Browser, clock: TestClock) -> None:
    made = lost(clock)
    form = {"step": made.step_id, "account": "zalo", "state": "held", "choice": "leave"}
    assert "Đã ghi quyết định cho 1 tin" in manager.post(f"{path(made)}/ca-luot", **form, reason="sai mẫu").text
    assert state_of(made, 3) is MessageState.CANCELLED


def test_without_any_it_says_so(manager: Browser) -> None:
    made = running([ward.citizen()])
    assert "Không có tin nào chờ quyết định" in manager.page(path(made))
