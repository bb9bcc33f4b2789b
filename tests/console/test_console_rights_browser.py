"""Second factor, audit log and a citizen's request in real Chromium: by keyboard, on a small screen, read aloud."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.console import ward
from tests.console.authenticator import Phone
from tests.console.usable import NARROW, is_usable
from tests.environment import TestClock

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("strict")]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Chromium, app: Flask, clock: TestClock) -> Iterator[Page]:
    """A window 360 pixels wide at the console. No script may complain."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    complaints: list[str] = []
    context = chromium.new_context(viewport=NARROW, locale="vi-VN", base_url=f"http://127.0.0.1:{server.port}")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    assert complaints == []


def sign_in(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Mật khẩu").fill(ward.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: urlsplit(address).path != "/dang-nhap")


def test_a_manager_sets_the_second_factor_up_and_signs_in_with_it(page: Page, clock: TestClock) -> None:
    _, email = ward.staff("manager", commune=None)
    sign_in(page, email)
    expect(page.get_by_role("heading", name="Xác thực hai lớp")).to_be_visible()
    is_usable(page)
    page.get_by_role("button", name="Bắt đầu cài đặt").press("Enter")
    code = page.get_by_role("img", name="Mã QR để quét")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.naturalWidth") > 0, "the picture may be shown"
    is_usable(page)
    phone = Phone(page.locator(".typed-secret").inner_text())
    page.get_by_label("Mã 6 số").fill(phone.code())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tạo mã dự phòng mới").click()
    expect(page.locator(".codes li")).to_have_count(10)
    is_usable(page)
    page.get_by_role("button", name="Tôi đã in").or_(page.get_by_role("link", name="Tôi đã in")).click()
    expect(page.get_by_role("heading", name="Hôm nay")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, email)
    expect(page.get_by_role("heading", name="Mã xác thực")).to_be_visible()
    is_usable(page)
    page.get_by_label("Mã 6 số").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mã xác thực chưa đúng")).to_be_visible()
    page.get_by_label("Mã 6 số").fill(phone.code(1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hôm nay")).to_be_visible()


def test_an_officer_works_a_request_and_an_auditor_finds_it(page: Page) -> None:
    of = ward.citizen("Lương Thị Quyền")
    ward.claim(of, ward.campaign())
    _, officer = ward.staff("officer", name="Hồ Văn Cán Bộ")
    _, auditor = ward.staff("auditor", commune=None)
    sign_in(page, officer)
    page.goto(f"/nguoi-huong/{of.person_id}")
    page.get_by_role("link", name="Ghi yêu cầu của người dân về dữ liệu").click()
    is_usable(page)
    page.get_by_label("Rút lại sự đồng ý").check()
    page.get_by_label("Ai yêu cầu").fill("Chính người hưởng")
    page.get_by_label("Nội dung, theo lời người dân").fill("Tôi không muốn khảo sát nữa")
    page.get_by_role("button", name="Ghi vào sổ").click()
    is_usable(page)
    page.get_by_role("button", name="Thực hiện rút đồng ý").click()
    expect(page.get_by_text("dừng mọi tin mời")).to_be_visible()
    page.get_by_role("link", name="Lương Thị Quyền").click()
    expect(page.get_by_text("Người này đã rút lại sự đồng ý")).to_be_visible()
    page.get_by_role("link", name="Xem đầy đủ").click()
    is_usable(page)
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, auditor)
    page.goto("/nhat-ky/")
    is_usable(page)
    page.locator("select[name=viec]").select_option(label="Rút lại sự đồng ý")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_role("cell", name="Hồ Văn Cán Bộ")).to_be_visible()
    page.get_by_label("Lịch sử của hồ sơ có mã").fill(of.reference)
    page.get_by_role("button", name="Mở", exact=True).click()
    expect(page.get_by_role("heading", name="Lịch sử: Lương T. Q.")).to_be_visible()
    page.goto("/nhat-ky/kiem-tra")
    expect(page.get_by_text("Nhật ký còn nguyên vẹn")).to_be_visible()
    is_usable(page)
