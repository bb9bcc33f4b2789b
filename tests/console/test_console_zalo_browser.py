"""The way to Zalo's page and back in real Chromium: two sites, and a session that only one of them may use."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import make_server

from outreach.channels.zalo import house
from tests.channels.zalo_site import StartSite, zalo_site
from tests.console import ward
from tests.console.test_console_zalo import work

__all__ = ["zalo_site"]

pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The console under another name than the stand-in's, which makes it another site to a browser."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://localhost:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address).new_page()
        page.set_default_timeout(15_000)
        yield page
        browser.close()


def test_an_administrator_goes_to_zalo_and_comes_back_signed_in(zalo_site: StartSite, page: Page) -> None:
    site = zalo_site()
    _, email = ward.staff("administrator", commune=None)
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Mật khẩu").fill(ward.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("link", name="Mở trang Kết nối Zalo").click()
    page.get_by_role("button", name="Bắt đầu kết nối").click()
    page.get_by_role("button", name="Sang trang của Zalo").click()
    page.get_by_role("button", name="Cho phép").click()
    expect(page.get_by_text("Đã nhận mã từ Zalo")).to_be_visible()
    assert "code" not in urlsplit(page.url).query
    assert work() == 1
    expect(page.get_by_text("Đã kết nối xong")).to_be_visible()  # the page looks by itself
    site.access_token = house.keeper().current()
    assert site.get("/business/message/quota").json()["error"] == 0
