"""The page of phones, in a real browser: read and answered as a citizen would."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import simulator
from tests.simulator.customer import Receiver, StandIn

PHONE = "+84912345678"
CHROMIUM = shutil.which("chromium")
ROOM = Path(simulator.__file__).parent


def test_nothing_is_loaded_from_elsewhere(stand_in: StandIn) -> None:
    answer = httpx.get(f"{stand_in.url}/phones")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    for file in [*ROOM.glob("static/*"), *ROOM.glob("templates/*")]:
        outside = set(re.findall(r"https?://[^\s\"')]+", file.read_text())) - {"http://www.w3.org/2000/svg"}
        assert not outside, file


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(params=[360, 1280], ids=["narrow", "wide"])
def page(browser: Browser, stand_in: StandIn, request: pytest.FixtureRequest) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": request.param, "height": 740})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(f"{stand_in.url}/phones")
    yield opened
    opened.close()
    assert errors == []


def send(stand_in: StandIn, text: str) -> None:
    stand_in.twilio().messages.create(to=PHONE, from_="PhuongLang", body=text)
    stand_in.deliver()


@pytest.mark.browser
def test_a_message_comes_without_reload_and_is_answered(page: Page, stand_in: StandIn, receiver: Receiver) -> None:
    expect(page.get_by_text("Chưa có máy nào")).to_be_visible()
    send(stand_in, "Kính mời bà đến nhận trợ cấp.")
    page.get_by_role("button", name="0912 345 678").click()
    talk = page.get_by_role("log", name="Tin nhắn")
    expect(talk).to_contain_text("Kính mời bà đến nhận trợ cấp.")
    expect(talk).to_contain_text("1 tin · có dấu")
    page.get_by_label("Phím 1").click()
    expect(page.get_by_label("Soạn tin trả lời")).to_have_value("1")
    page.get_by_label("Soạn tin trả lời").press("Enter")
    expect(talk.locator(".mine .words")).to_have_text("1")
    expect(page.get_by_label("Soạn tin trả lời")).to_have_value("")
    stand_in.deliver()
    assert [(call.form["From"], call.form["Body"]) for call in receiver.calls] == [(PHONE, "1")]


@pytest.mark.browser
def test_a_phone_is_added_and_switched_off(page: Page, stand_in: StandIn) -> None:
    page.get_by_text("Thêm máy").first.click()
    page.get_by_label("Số điện thoại").fill("12")
    page.get_by_role("button", name="Thêm máy").click()
    expect(page.get_by_role("alert").filter(has_text="không đúng")).to_be_visible()
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.get_by_label("Tên gọi").fill("Bà Hoa")
    page.get_by_role("button", name="Thêm máy").click()
    expect(page.get_by_role("heading", name="Bà Hoa")).to_be_visible()
    page.get_by_role("button", name="Tắt máy").click()
    expect(page.get_by_role("button", name="Bật máy")).to_be_visible()
    send(stand_in, "Kinh moi")
    expect(page.get_by_text("1 tin không tới được máy này")).to_be_visible()
    expect(page.get_by_role("button", name="Gửi", exact=True)).to_be_disabled()


@pytest.mark.browser
def test_faults_are_switched(page: Page, stand_in: StandIn) -> None:
    page.get_by_role("button", name="Sự cố").click()
    page.get_by_label("Số lần").select_option("3")
    switch = page.locator("#faults-of-twilio").get_by_role("switch", name="Đã nhận tin nhưng không trả lời")
    switch.click()
    expect(switch).to_be_checked()
    expect(switch).to_contain_text("còn 3 lần")
    [fault] = stand_in.control.get("/faults").json()["faults"]
    assert (fault["kind"], fault["count"]) == ("timeout_after_accept", 3)
    switch.click()
    expect(switch).not_to_be_checked()
    assert stand_in.control.get("/faults").json()["faults"] == []


@pytest.mark.browser
def test_nothing_is_wider_than_the_screen(page: Page, stand_in: StandIn) -> None:
    send(stand_in, "motchurấtdài" * 30)
    page.get_by_role("button", name="0912 345 678").click()
    expect(page.get_by_role("log", name="Tin nhắn")).to_contain_text("motchurấtdài")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
