"""The papers of a wave as Chromium prints them, and the pages on a small screen, read aloud."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright
from werkzeug.serving import make_server

from tests.console import ward
from tests.console.running import Running, running
from tests.console.usable import NARROW, is_usable
from tests.environment import TestClock

pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
A4 = ViewportSize(width=794, height=1123)
IN_GROUP_3 = 8
FACTS = {"phone": "024 3834 0000", "office": "nhà văn hóa tổ dân phố số 3, ngõ 5 phố Bồ Đề " * 4}
"""As long as facts may be."""


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
def wave(database: str) -> Running:
    people = [ward.citizen(f"Nguyễn Thị Hoa {place}", address=f"Số {place}, tổ 3") for place in range(IN_GROUP_3)]
    lan = ward.citizen("Công Tằng Tôn Nữ Thị Phương Lan", address="Số 1, tổ 7")
    return running([*people, lan, ward.citizen("Phạm Văn Xa", ward.ELSEWHERE)], facts=FACTS)


@pytest.fixture
def page(address: str, clock: TestClock, wave: Running) -> Iterator[Page]:
    """The window of an officer on a small screen. No script may complain."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_context(viewport=NARROW, locale="vi-VN", base_url=address).new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        _, email = ward.staff("officer")
        page.goto("/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Mật khẩu").fill(ward.PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Hôm nay")).to_be_visible()
        yield page
        browser.close()
    assert complaints == []


def sheets(page: Page) -> int:
    """How many sheets of paper the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_from_the_menu_to_each_paper(page: Page) -> None:
    page.get_by_role("button", name="Mục lục").click()
    page.get_by_role("link", name="Phát loa, phiếu mời").click()
    is_usable(page)
    page.get_by_role("link", name="Lời phát loa").click()
    expect(page.get_by_text("phường Bồ Đề xin thông báo")).to_be_visible()
    is_usable(page)
    assert sheets(page) == 1
    page.go_back()
    page.get_by_role("link", name=re.compile("Phiếu mời.*Tin mời")).click()
    is_usable(page)
    page.get_by_role("row", name=re.compile("Cả Phường Bồ Đề")).get_by_role("link", name="Danh sách").click()
    expect(page.get_by_role("heading", name="8 người cần mời")).to_be_visible()
    is_usable(page)
    assert sheets(page) == 2, "one for each group's head"
    page.go_back()
    page.get_by_role("row", name=re.compile("Tổ 3")).get_by_role("link", name="Phiếu").click()
    expect(page.get_by_role("heading", name="Kính gửi ông/bà")).to_have_count(IN_GROUP_3)
    is_usable(page)
    assert sheets(page) == 2, "four slips to a sheet"
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    cut = page.locator(".slip").evaluate_all("all => all.filter(one => one.scrollHeight > one.clientHeight).length")
    assert cut == 0, "no slip loses its last line, the warning"
