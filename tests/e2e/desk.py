"""Members of staff at the console, in real headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from console.seed import create_staff
from core.database import transaction

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "mot-mat-khau-dai"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser Debian ships; without it the test fails, as the officer would."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Desk:
    """One signed-in member of staff. `page` stands at the console."""

    page: Page
    console: str

    def open(self, path: str) -> int:
        """Go to a page; its status."""
        answer = self.page.goto(self.console + path)
        return answer.status if answer else 0

    def download(self, link: str, to: Path) -> Path:
        """Press the link called `link` and keep what comes."""
        with self.page.expect_download() as coming:
            self.page.locator("a", has_text=link).first.click()
        coming.value.save_as(to)
        return to


def sit_down(browser: Browser, console: str, role: str, commune_code: str | None) -> Desk:
    """Make a member of staff of one commune (None: of the whole city) and sign in."""
    email = f"{role}-{commune_code}@phuong.example"
    with transaction() as session:
        create_staff(session, email, "Nguyễn Văn Cán", PASSWORD, [role], [commune_code] if commune_code else [])
    page = browser.new_context().new_page()
    page.goto(console)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(console + "/")
    return Desk(page, console)
