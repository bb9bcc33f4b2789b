"""The month's count on its page and as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.clock import VIETNAM, now
from core.database import transaction
from outreach.message import MessageState
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.running import Running, running

PAGE = "/dot-khao-sat/hoa-don"


@pytest.fixture(scope="module")
def run(database: str) -> Running:
    ran = running([ward.citizen() for _ in range(5)])
    ran.come_to(MessageState.DELIVERED, MessageState.ACCEPTED, MessageState.UNDELIVERED, MessageState.UNKNOWN)
    return ran


def text_of(page: str) -> str:
    return " ".join(page.split())


def test_the_sums_of_this_month(sit: Callable[..., Browser], run: Running) -> None:
    page = text_of(sit("manager", commune=None).page(PAGE))
    assert "Tháng này chưa hết" in page and "twilio (Tin nhắn SMS)" in page
    assert '<td data-label="Số tin" class="end number">3</td>' in page and "2.400 đ" in page
    assert "1 tin (1 đoạn, 800 đ) chưa rõ nhà cung cấp đã nhận hay chưa" in page


def test_another_month_has_its_own_sums(sit: Callable[..., Browser], run: Running) -> None:
    browser = sit("manager", commune=None)
    assert "Tháng này chưa gửi tin nào" in browser.page(f"{PAGE}?thang=2020-02")
    assert "twilio (" in browser.page(f"{PAGE}?thang=khong-phai-thang")


def test_the_workbook_has_the_sums_and_every_day_and_nobodys_name(sit: Callable[..., Browser], run: Running) -> None:
    browser = sit("manager", commune=None)
    answer = browser.get(f"{PAGE}/tai-ve")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    sums = list(book["Tổng hợp"].iter_rows(min_row=2, values_only=True))
    assert sums[0] == ("twilio (Tin nhắn SMS)", "tin mời", 3, 3, 1, 1, 2400)
    assert sums[1][1:3] == ("Cộng", 3) and sums[2][2] == 1
    [day] = book["Từng ngày"].iter_rows(min_row=2, values_only=True)
    assert day[0] == f"{now().astimezone(VIETNAM):%d/%m/%Y}" and day[4:] == (3, 3, 1, 1, 2400)
    messages = list(book["Từng tin"].iter_rows(min_row=2, values_only=True))
    ids = {run.message(one.person_id).provider_message_id for one in run.people[:3]}
    assert {row[0] for row in messages} == ids and [row[7] for row in messages] == [800] * 3
    everything = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert not any(word in everything for one in run.people for word in (one.phone, one.reference, "Nguyễn"))
    with transaction() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "export_invoice")).one()
        assert entry.actor == f"staff:{browser.staff_id}" and entry.after == {"messages": 3}
        assert entry.at > now() - timedelta(hours=1)


def test_who_may_not_steer_does_not_count_either(sit: Callable[..., Browser]) -> None:
    assert sit("officer").get(PAGE).status_code == 403
