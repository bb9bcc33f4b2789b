"""An officer calls back and fills in the form, in real Chromium: by keyboard, on a wide screen and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from conversations.inbound import contact_for
from core.clock import now
from core.database import transaction
from outreach.call_backs import ask_to_call_back
from outreach.follow_up import FollowUp, FollowUpOutcome, FollowUpSource
from roster.claim import Claim
from roster.contact import ContactKind
from tests.console import ward
from tests.console.test_console_browser import Visit, address, chromium, press, visit
from tests.console.usable import NARROW

__all__ = ["address", "chromium", "visit"]

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def emptied(database: str) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point CASCADE")


def missed_call(phone: str) -> None:
    with transaction() as session:
        contact = contact_for(session, ContactKind.PHONE, phone, now())
        ask_to_call_back(
            session,
            contact,
            FollowUpSource.MISSED_CALL,
            now(),
            commune_code=ward.HERE,
            due_at=now(),
            called_at=now(),
        )


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the right, once the page is there."""
    page.wait_for_load_state("load")
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_stranger_calls_is_found_asked_and_declared(visit: Visit) -> None:
    ward.campaign()
    of = ward.citizen("Nguyễn Thị Hoa")
    missed_call("0987654321")
    page = visit("officer")
    page.get_by_role("link", name="người cần gọi lại").click()
    page.get_by_role("link", name="Mở việc này").click()
    press(page, "1", at="Gọi nhỡ tổng đài")
    page.get_by_label("Tìm theo họ tên").fill("nguyen thi hoa")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("button", name="Là người này").click()
    page.get_by_role("button", name="Hỏi khảo sát qua điện thoại").click()
    page.get_by_role("button", name="Đồng ý", exact=False).first.click()
    page.get_by_label("Chính người hưởng").check()
    page.get_by_label("Nhận qua tài khoản").check()
    page.get_by_label("Đã có của mình").check()
    page.get_by_role("group", name="Tài khoản ở ngân hàng").get_by_label("Câu trả lời").fill("vietcom")
    page.get_by_role("button", name="Lưu và hỏi tiếp").click()
    page.get_by_role("group", name="đọc giúp").get_by_label("Câu trả lời").fill("001100412345")
    page.get_by_role("group", name="Tên chủ tài khoản").get_by_label("Câu trả lời").fill("nguyễn thị hoa")
    page.get_by_role("button", name="Lưu và hỏi tiếp").click()
    expect(page.get_by_text("Vietcombank thường không có 12 chữ số")).to_be_visible()
    page.get_by_role("group", name="đọc giúp").get_by_label("Câu trả lời").fill("0011 0041 23457")
    page.get_by_role("button", name="Lưu và hỏi tiếp").click()
    expect(page.locator("#read-back")).to_contain_text("0011 0041 2345 7")
    page.get_by_role("button", name="người dân nói đúng").click()
    expect(page.get_by_text("Đã ghi nhận")).to_be_visible()
    with transaction() as session:
        [claim] = session.scalars(select(Claim))
        [task] = session.scalars(select(FollowUp))
    assert (claim.person_id, claim.account_number) == (of.person_id, "0011004123457")
    assert task.outcome is FollowUpOutcome.DECLARED


def test_the_next_question_comes_by_itself_and_keeps_what_was_typed(visit: Visit) -> None:
    ward.campaign()
    of = ward.citizen()
    page = visit("officer")
    page.goto(f"/khao-sat/tai-nha/{of.person_id}")
    page.keyboard.press("1")
    page.get_by_label("Chính người hưởng").check()
    page.get_by_label("Nhận tiền mặt").check()
    expect(page.get_by_role("group", name="Vì sao tiền mặt")).to_be_visible()
    page.get_by_label("Quen tiền mặt").check()
    expect(page.locator("#read-back")).to_contain_text("Quen tiền mặt")
    page.get_by_label("Nhận qua tài khoản").check()
    page.get_by_label("Chưa có").check()
    page.get_by_label("Tổ công tác đến nhà").check()
    page.get_by_role("group", name="Hôm nào").get_by_label("Câu trả lời").fill("sang t7")
    page.keyboard.press("Enter")
    expect(page.locator("#read-back")).to_contain_text("Sáng thứ Bảy")


@pytest.mark.parametrize("where", ["queue", "call", "consent", "form"])
def test_the_pages_fit_on_a_phone(visit: Visit, where: str) -> None:
    ward.campaign()
    of = ward.citizen("Nguyễn Thị Hoa")
    missed_call(of.phone)
    page = visit("officer", size=NARROW)
    page.goto("/goi-lai/")
    if where != "queue":
        page.get_by_role("link", name="Mở việc này").click()
        page.get_by_role("button", name="Nhận gọi").click()
    if where in ("consent", "form"):
        page.get_by_role("button", name="Hỏi khảo sát qua điện thoại").click()
    if where == "form":
        page.get_by_role("button", name="Đồng ý", exact=False).first.click()
        page.get_by_label("Nhận qua tài khoản").check()
        page.get_by_label("Dùng tài khoản người thân").check()
        expect(page.get_by_role("group", name="Tài khoản ở ngân hàng")).to_be_visible()
    assert fits(page)
