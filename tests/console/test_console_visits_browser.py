"""A visit in real Chromium: the list is made and printed, a code on it opens the person's form on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
import segno
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from core.database import transaction
from roster.claim import Claim
from roster.visiting.visit_list import VisitOutcome, VisitRow
from tests.console import ward
from tests.console.test_console_browser import Visit, address, chromium, visit
from tests.console.usable import NARROW, WIDE, fits

__all__ = ["address", "chromium", "visit"]

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def emptied(database: str) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point CASCADE")


def row() -> VisitRow:
    with transaction() as session:
        return session.scalars(select(VisitRow)).one()


def drawn(page: Page) -> str:
    """The address that the one printed code holds: drawn again from it, it must be the same picture."""
    written = f"{page.url.split('/di-tham')[0]}/V/{row().token}".upper()
    printed = page.locator("svg.scan path").get_attribute("d")
    again = segno.make(written, error="m", micro=False).svg_inline(omitsize=True, border=1, lineclass=None)
    assert printed and f'd="{printed}"' in again
    return written


def test_from_the_list_by_the_printed_code_to_the_form(visit: Visit) -> None:
    ward.campaign()
    ward.citizen("Nguyễn Thị Hoa", address="Số 12, phố Lâm Hạ, Tổ 3")
    page = visit("officer")
    page.get_by_role("link", name="Đến thăm nhà").click()
    page.get_by_role("button", name="Lập danh sách Tổ 3").click()
    page.get_by_role("button", name="Mở bản in").click()
    expect(page.get_by_role("heading", name="DANH SÁCH ĐẾN THĂM")).to_be_visible()
    code = drawn(page)
    phone = visit("officer", size=NARROW)
    phone.goto(f"{code.replace('HTTP://', 'http://')}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("tại nhà: Nguyễn Thị Hoa")
    fits(phone)
    phone.get_by_role("button", name="Đồng ý", exact=False).first.click()
    phone.get_by_label("Chính người hưởng").check()
    phone.get_by_label("Nhận tiền mặt").check()
    phone.get_by_label("Quen tiền mặt").check()
    phone.get_by_role("button", name="người dân nói đúng").click()
    expect(phone.get_by_text("Đã ghi nhận")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Đến thăm: Phường Bồ Đề, Tổ 3")
    expect(phone.get_by_text("Đã hỏi xong")).to_be_visible()
    with transaction() as session:
        assert session.scalars(select(Claim)).one().answers["cash_reason"] == "prefers"
    assert row().outcome is VisitOutcome.DECLARED


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_pages_fit(visit: Visit, size: ViewportSize) -> None:
    ward.campaign()
    for number in range(30):
        name = "Nguyễn Thị Tên Rất Dài Để Thử Màn Hình Nhỏ" if number % 3 else "Lê Na"
        ward.citizen(name, address=f"Số {number}, ngách 12/{number}, ngõ 5, phố Lâm Hạ, Tổ {number % 4}")
    page = visit("officer", size=size)
    page.goto("/di-tham/")
    fits(page)
    page.get_by_role("button", name="Lập danh sách Phường Bồ Đề").click()
    fits(page)
    page.get_by_role("link", name="Lê Na").first.click()
    fits(page)
    page.get_by_role("link", name="Danh sách đến thăm").click()
    page.get_by_role("button", name="Mở bản in").click()
    fits(page)
