"""The officer's, the approver's and the managers' ways, in real Chromium."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright
from sqlalchemy import select
from werkzeug.serving import make_server

from conversations.escalation import Escalation, Reason
from core.database import transaction
from roster.claim import Claim, ClaimState
from roster.person import Person
from tests.console import ward
from tests.console.rehearsed import SAID, WRONG_NUMBER, citizen, keep, reports_kept_in
from tests.console.usable import NARROW, WIDE, fits
from tests.environment import TestClock

pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
type Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where the console listens."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """One browser for the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Chromium, address: str, clock: TestClock) -> Iterator[Visit]:
    """visit("officer"): a window of its own, signed in, with a new member of staff in it. No script may complain."""
    complaints: list[str] = []
    contexts = []

    def signed_in(*roles: str, commune: str | None = ward.HERE, size: ViewportSize | None = None, **staff: str) -> Page:
        context = chromium.new_context(viewport=size or WIDE, locale="vi-VN", base_url=address)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        _, email = ward.staff(*roles, commune=commune, **staff)
        page.goto("/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Mật khẩu").fill(ward.PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", name="Hôm nay")).to_be_visible()
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert complaints == []


def press(page: Page, key: str, at: str) -> None:
    """Press `key` once the page headed `at` is there with its scripts."""
    expect(page.get_by_role("heading", level=1, name=at)).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press(key)


def state(claim_id: object) -> ClaimState:
    with transaction() as session:
        return session.get_one(Claim, claim_id).state


def test_the_officer_verifies_by_keyboard_and_the_next_card_comes(visit: Visit) -> None:
    campaign_id = ward.campaign()
    first = ward.claim(ward.citizen("Nguyễn Thị Hoa"), campaign_id)
    second = ward.claim(ward.citizen("Lê Thị Lan"), campaign_id, holder_name="LE THI LANH")
    page = visit("officer")
    page.get_by_role("link", name="bản khai cần kiểm tra").click()
    press(page, "Enter", at="Cần kiểm tra")
    for _ in range(2):
        expect(page.locator("table.compare")).to_be_visible()
        heading = page.get_by_role("heading", level=1).inner_text()
        if heading == "Nguyễn Thị Hoa":
            press(page, "1", at=heading)
            expect(page.get_by_text("Đã xác minh")).to_be_visible()
        else:
            expect(page.locator("tr.differs")).to_contain_text("Gần giống")
            press(page, "2", at=heading)
            expect(page.locator("#return-reason")).to_be_focused()
            page.keyboard.type("tên chủ tài khoản chưa đúng 1 chữ")
            page.get_by_role("button", name="Trả lại và nhắn").click()
            expect(page.get_by_text("Đã trả lại để người dân sửa")).to_be_visible()
    assert (state(first), state(second)) == (ClaimState.VERIFIED, ClaimState.NEEDS_CORRECTION)
    approver = visit("approver")
    approver.get_by_role("link", name="Chờ duyệt", exact=True).click()
    approver.get_by_role("link", name="Nguyễn Thị Hoa").click()
    press(approver, "1", at="Nguyễn Thị Hoa")
    expect(approver.get_by_text("Không còn bản khai nào chờ duyệt")).to_be_visible()
    assert state(first) is ClaimState.APPROVED


def test_escape_closes_the_reason_and_typing_digits_decides_nothing(visit: Visit) -> None:
    claim_id = ward.claim(ward.citizen(), ward.campaign())
    page = visit("officer")
    page.goto(f"/kiem-tra/{claim_id}")
    press(page, "3", at="Nguyễn Thị Hoa")
    page.keyboard.type("111")
    page.keyboard.press("Escape")
    expect(page.locator("details[data-key='3']")).not_to_have_attribute("open", "")
    assert state(claim_id) is ClaimState.DECLARED


def test_the_officer_takes_answers_and_closes_a_conversation(visit: Visit) -> None:
    of = ward.citizen("Vũ Thị Mận")
    ward.says(of, "tien thang truoc chua co")
    escalation_id = ward.escalation(of, Reason.MONEY_MISSING)
    page = visit("officer")
    page.get_by_role("link", name="trò chuyện cần cán bộ").last.click()
    page.get_by_role("row", name="Vũ Thị Mận").get_by_role("link").click()
    press(page, "1", at="Chưa nhận được tiền")
    page.get_by_text("Câu soạn sẵn").click()
    page.get_by_role("button", name="Dạ, chúng tôi đang kiểm tra").click()
    expect(page.get_by_label("Trả lời người dân")).to_have_value(
        "Dạ, chúng tôi đang kiểm tra khoản tiền của ông/bà và sẽ báo lại sớm ạ."
    )
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator("#talk")).to_contain_text("chung toi dang kiem tra")
    ward.says(of, "cam on can bo")
    expect(page.locator("#talk")).to_contain_text("cam on can bo", timeout=15_000)
    page.locator("body").press("2")
    page.get_by_label("Đã kiểm tra: tiền đã chi trả").check()
    page.get_by_role("button", name="Đóng, trả lại cho máy").click()
    expect(page.get_by_text("máy lại trả lời")).to_be_visible()
    with transaction() as session:
        assert session.get_one(Escalation, escalation_id).outcome == "Đã kiểm tra: tiền đã chi trả"


def test_the_officer_brings_a_list_in(visit: Visit, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for values in (
        ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD", "Nhóm đối tượng", "Xã/Phường"],
        [1, "Phan Thị Mười", 1950, "Nữ", "001150777001", "???", "Phường Bồ Đề"],
        [2, "Hồ Thị Chín", 1951, "Nữ", "001151777002", "Hộ nghèo", "Phường Bồ Đề"],
    ):
        sheet.append(values)
    content = io.BytesIO()
    book.save(content)
    (tmp_path / "danh sach.xlsx").write_bytes(content.getvalue())
    page = visit("officer")
    page.get_by_role("link", name="Nhập danh sách").click()
    page.get_by_label("Tệp Excel").set_input_files(tmp_path / "danh sach.xlsx")
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("button", name="Sửa dòng 2").click()
    page.get_by_label("Diện hưởng").fill("hộ cận nghèo")
    page.get_by_role("button", name="Lưu dòng này").click()
    expect(page.get_by_role("link", name="Có lỗi (0)")).to_be_visible()
    page.get_by_role("button", name="Nhập vào danh sách").click()
    expect(page.get_by_text("thêm 2 người")).to_be_visible()
    page.get_by_role("link", name="Người hưởng").click()
    page.get_by_label("Tìm theo họ tên").fill("phan thi muoi")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Phan Thị Mười").click()
    page.get_by_role("button", name="Xem đầy đủ các số").click()
    expect(page.get_by_text("001 150 777 001")).to_be_visible()
    with transaction() as session:
        assert session.scalars(select(Person).where(Person.full_name == "Hồ Thị Chín")).one().commune_code == ward.HERE


def test_a_claim_of_nobody_is_tied_by_hand(visit: Visit) -> None:
    of = ward.citizen("Phạm Thị Mơ")
    claim_id = ward.claim(of, ward.campaign(), commune=None, person_id=None, holder_name="PHAM THI MO")
    page = visit("officer", commune=None)
    page.goto(f"/kiem-tra/{claim_id}")
    page.get_by_label("Tìm theo họ tên").fill("pham thi mo")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Là người này").click()
    expect(page.get_by_role("heading", name="Phạm Thị Mơ")).to_be_visible()


def test_one_manager_plans_and_another_releases(visit: Visit) -> None:
    ward.citizen("Trần Văn Tự", birth_year=1990)
    page = visit("manager", commune=None)
    page.get_by_role("link", name="Đợt khảo sát").click()
    page.get_by_role("button", name="Lập đợt mới").click()
    expect(page.locator("#invitation-check")).to_contain_text("chưa khai nội dung đó")
    page.get_by_label("Tên đợt").fill("Đợt trước Tết")
    page.get_by_label("Số điện thoại xã, phường").fill("024 3852 0000")
    expect(page.locator("#invitation-check")).not_to_contain_text("chưa khai nội dung đó")
    expect(page.locator("#invitation-preview")).to_contain_text("Hoi 024 3852 0000 hoac")
    expect(page.locator("#invitation-preview")).to_contain_text("1.600 đ")
    page.get_by_role("button", name="Lập đợt khảo sát").click()
    expect(page.get_by_text("người sẽ nhận tin")).to_be_visible()
    expect(page.get_by_role("button", name="Cho gửi")).to_have_count(0)
    second = visit("manager", commune=None)
    second.goto(page.url)
    second.get_by_role("button", name="Cho gửi").first.click()
    expect(second.get_by_text("Đã cho gửi, chờ đến giờ")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_rehearsal_is_read_by_keyboard(visit: Visit, tmp_path: Path, size: ViewportSize) -> None:
    with reports_kept_in(tmp_path):
        keep(citizen("đọc nhầm số", WRONG_NUMBER), citizen("hỏi phí"), citizen("một câu hỏi rất dài " * 6, SAID))
        page = visit("administrator", commune=None, size=size)
        page.goto("/dien-tap/")
        fits(page)
        tab_to(page, "09:00 10/11/2026")
        fits(page)
        tab_to(page, "Khác mong đợi (2)")
        tab_to(page, "Đọc nhầm số")
        expect(page.locator(".said.noted")).to_have_count(2)
        expect(page.locator(".note.wrong")).to_have_text("Khác mong đợi: số tài khoản")
        fits(page)
        press(page, "ArrowRight", at="Đọc nhầm số")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Một câu hỏi rất dài")
        fits(page)
        press(page, "ArrowLeft", at="Một câu hỏi rất dài")
        expect(page.get_by_role("heading", name="Đọc nhầm số")).to_be_visible()


def tab_to(page: Page, link: str) -> None:
    """Go with the Tab key from the top of the page to the link called `link`, and follow it."""
    expect(page.get_by_role("link", name=link).first).to_be_visible()
    page.wait_for_load_state("load")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == link:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no Tab leads to {link}")


def test_the_menu_opens_on_a_small_screen(visit: Visit) -> None:
    page = visit("officer", size=NARROW)
    expect(page.get_by_role("link", name="Nhập danh sách")).to_be_hidden()
    page.get_by_role("button", name="Mục lục").click()
    page.get_by_role("link", name="Nhập danh sách").click()
    expect(page.get_by_role("heading", name="Nhập danh sách")).to_be_visible()
