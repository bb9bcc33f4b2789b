"""The page of phones in real Chromium, on a small phone's screen and on a wide one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

NARROW, WIDE = 360, 1280
HEIGHT = 740


@pytest.fixture(scope="module")
def phones_browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "Debian's chromium is not installed"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@dataclass
class Phones:
    """The open page. `width`: its screen's."""

    page: Page
    width: int

    def choose(self, name: str) -> None:
        """Look at the person with that name or number."""
        self.page.get_by_role("list").get_by_role("button", name=name).click()

    def take_up(self, handset: str) -> Locator:
        """The handset "Điện thoại", "Zalo" or "Telegram" of the person; a narrow screen shows one at a time."""
        if self.width == NARROW:
            tabs = self.page.get_by_role("group", name="Xem máy nào")
            tab = tabs.get_by_role("button", name=handset)
            if tab.count():
                tab.click()
        return self.page.get_by_role("region", name=handset)

    def talk(self, channel: str) -> Locator:
        return self.page.get_by_role("log", name=f"Tin nhắn {channel}")


type OpenPhones = Callable[[str], Phones]


@pytest.fixture(params=[NARROW, WIDE], ids=["narrow", "wide"])
def open_phones(phones_browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPhones]:
    """open_phones(url): the page of the stand-in at `url`. An error in the page's own code fails the test."""
    errors: list[str] = []
    with ExitStack() as opened:

        def begin(url: str) -> Phones:
            page = phones_browser.new_page(viewport={"width": request.param, "height": HEIGHT}, locale="vi-VN")
            opened.callback(page.close)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(f"{url}/phones")
            return Phones(page, request.param)

        yield begin
    assert errors == [], errors
