"""The certificate in the console: on the page, in print, as a workbook; and never called final too early."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, select

from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from language.codes import group_code
from outreach.certificate import RECEIPT_PATIENCE
from outreach.message import MessageState
from outreach.named_gauges import set_named_gauge
from roster.contact import PersonContact
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


def wave() -> Running:
    """Five people: one delivered, one taken, one refused, one on the first one's phone, one without a phone."""
    people = [ward.citizen(f"Người Thứ {n}") for n in range(5)]
    with transaction() as session:
        session.execute(
            delete(PersonContact).where(PersonContact.person_id.in_([people[3].person_id, people[4].person_id]))
        )
    ward.shares_the_phone(people[0], people[3])
    made = running(people)
    made.come_to(MessageState.DELIVERED, MessageState.ACCEPTED, MessageState.REJECTED)
    return made


def path(made: Running) -> str:
    return f"/dot-khao-sat/{made.campaign_id}/xac-nhan"


def end(manager: Browser, made: Running, clock: TestClock) -> None:
    manager.post(f"/dot-khao-sat/{made.campaign_id}/huy-dot", reason="hết hạn")
    clock.advance(RECEIPT_PATIENCE + timedelta(hours=1))


def book(manager: Browser, made: Running) -> dict[str, list[tuple[object, ...]]]:
    answer = manager.get(f"{path(made)}/tai-ve")
    assert answer.status_code == 200
    sheets = load_workbook(io.BytesIO(answer.data), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in sheets}


def test_while_anything_is_open_it_is_provisional(manager: Browser) -> None:
    made = wave()
    page = manager.page(path(made))
    assert "Bản tạm tính" in page and "Chưa xác nhận được" in page
    assert "chưa kết thúc" in page and "1 tin nhà mạng mới nhận" in page
    assert "ban-tam-tinh" in manager.get(f"{path(made)}/tai-ve").headers["Content-Disposition"]


def test_at_the_end_it_is_final_and_adds_up(manager: Browser, clock: TestClock) -> None:
    made = wave()
    end(manager, made, clock)
    manager = _again(manager)
    page = manager.page(path(made))
    assert "Giấy xác nhận kết quả gửi tin" in page and "các phép cộng đều khớp" in page
    assert "5 người = 3 tin + 1 người cùng máy + 1 người không nhắn được" in page
    assert "Không có số điện thoại" in page and "Không gửi được tới số này" in page and "1.600 đ" in page


def _again(manager: Browser) -> Browser:
    """After days the session is over."""
    manager.sign_in(manager.email)
    return manager


def test_the_workbook_names_everybody_once_by_code(manager: Browser, clock: TestClock) -> None:
    made = wave()
    end(manager, made, clock)
    sheets = book(_again(manager), made)
    assert sheets["Tổng hợp"][0][0] == "GIẤY XÁC NHẬN KẾT QUẢ GỬI TIN"
    head, *rows = sheets[f"Lượt {made.step_id}"]
    assert sorted(row[0] for row in rows) == sorted(group_code(citizen.reference) for citizen in made.people)
    by_code = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    fates = [by_code[group_code(citizen.reference)] for citizen in made.people]
    assert [fate["Kết quả"] for fate in fates] == [
        "Đã tới máy",
        "Nhà mạng đã nhận",
        "Bị từ chối",
        "Đã tới máy",
        "Không gửi",
    ]
    assert (fates[3]["Gửi chung"], fates[3]["Số tin"]) == ("có", fates[0]["Số tin"])
    assert (fates[2]["Lý do"], fates[0]["Đồng"]) == ("Không gửi được tới số này", 800)
    flat = str(sheets)
    for citizen in made.people:
        assert citizen.phone not in flat and citizen.citizen_id not in flat
    assert "Người Thứ" not in flat


def test_who_took_it_is_kept(manager: Browser) -> None:
    made = wave()
    book(manager, made)
    with transaction() as session:
        [kept] = session.scalars(
            select(AuditEntry).where(
                AuditEntry.action == "export_certificate", AuditEntry.subject == f"campaign:{made.campaign_id}"
            )
        )
    assert (kept.actor, kept.after) == (f"staff:{manager.staff_id}", {"rows": 3, "final": False})


def test_a_sum_that_fails_is_said_loudly(manager: Browser, clock: TestClock) -> None:
    made = wave()
    with transaction() as session:
        set_named_gauge(session, f"sealed_rows:{made.step_id}", 4, now())
    end(manager, made, clock)
    page = _again(manager).page(path(made))
    assert "Không khớp" in page and "1 phép cộng không khớp" in page and "Giấy xác nhận" not in page
