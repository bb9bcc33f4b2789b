"""The page of phones: people, the button phone, calls, faults, the clock."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import simulator
from simulator.config import SimulatorConfig
from simulator.exchange.config import ExchangeConfig
from simulator.shortcode.config import ShortcodeConfig
from tests.simulator.customer import Receiver, StandIn, Start
from tests.simulator.desk import Site
from tests.simulator.phones_page import NARROW, OpenPhones, Phones

PHONE = "+84912345678"
ROOM = Path(simulator.__file__).parent


def test_nothing_is_loaded_from_elsewhere(stand_in: StandIn) -> None:
    answer = httpx.get(f"{stand_in.url}/phones")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    for file in [*ROOM.glob("static/*"), *ROOM.glob("templates/*")]:
        outside = set(re.findall(r"https?://[^\s\"')]+", file.read_text())) - {"http://www.w3.org/2000/svg"}
        assert not outside, file


@pytest.fixture
def phones(open_phones: OpenPhones, stand_in: StandIn) -> Phones:
    return open_phones(stand_in.url)


def send(stand_in: StandIn, text: str, to: str = PHONE) -> None:
    stand_in.twilio().messages.create(to=to, from_="PhuongLang", body=text)
    stand_in.deliver()


@pytest.mark.browser
def test_a_message_comes_without_reload_and_is_answered(phones: Phones, stand_in: StandIn, receiver: Receiver) -> None:
    page = phones.page
    expect(page.get_by_text("Chưa có máy nào")).to_be_visible()
    send(stand_in, "Kính mời bà đến nhận trợ cấp.")
    phones.choose("0912 345 678")
    talk = phones.talk("SMS")
    expect(talk).to_contain_text("Kính mời bà đến nhận trợ cấp.")
    expect(talk).to_contain_text("1 tin · có dấu")
    page.get_by_label("Phím 1").click()
    expect(page.get_by_label("Soạn tin SMS")).to_have_value("1")
    page.get_by_label("Soạn tin SMS").press("Enter")
    expect(talk.locator(".mine .text")).to_have_text("1")
    expect(page.get_by_label("Soạn tin SMS")).to_have_value("")
    stand_in.deliver()
    assert [(call.form["From"], call.form["Body"]) for call in receiver.calls] == [(PHONE, "1")]


@pytest.mark.browser
def test_somebody_is_added_and_switches_the_phone_off(phones: Phones, stand_in: StandIn) -> None:
    page = phones.page
    page.get_by_text("Thêm người").first.click()
    page.get_by_role("textbox", name="Số điện thoại").fill("12")
    page.get_by_role("button", name="Thêm người").click()
    expect(page.get_by_role("alert").filter(has_text="không đúng")).to_be_visible()
    page.get_by_role("textbox", name="Số điện thoại").fill("0912 345 678")
    page.get_by_label("Tên gọi").fill("Bà Hoa")
    page.get_by_role("button", name="Thêm người").click()
    expect(page.get_by_role("heading", name="Bà Hoa")).to_be_visible()
    phone = phones.take_up("Điện thoại")
    phone.get_by_role("button", name="Tắt máy").click()
    expect(phone.get_by_role("button", name="Bật máy")).to_be_visible()
    send(stand_in, "Kinh moi")
    expect(page.get_by_text("1 tin không tới được máy này")).to_be_visible()
    expect(phone.get_by_role("button", name="Gửi", exact=True)).to_be_disabled()


@pytest.mark.browser
def test_one_number_on_three_channels_is_one_person(phones: Phones, stand_in: StandIn) -> None:
    page = phones.page
    page.get_by_text("Thêm người").first.click()
    page.get_by_role("textbox", name="Số điện thoại").fill("0912 345 678")
    page.get_by_role("checkbox", name="Zalo").check()
    page.get_by_role("button", name="Thêm người").click()
    page.get_by_role("button", name="+ Telegram").click()
    expect(page.get_by_role("button", name="+ Telegram")).to_have_count(0)
    for channel in ("Điện thoại", "Zalo", "Telegram"):
        expect(phones.take_up(channel)).to_be_visible()
    people = page.locator("#people button")
    expect(people).to_have_count(1)
    for channel in ("SMS", "Zalo", "Telegram"):
        expect(people).to_contain_text(channel)
    known = stand_in.control.get("/phones").json()["phones"]
    assert {(phone["channel"], phone["tel"] or phone["number"]) for phone in known} == {
        ("sms", PHONE),
        ("zalo", PHONE),
        ("telegram", PHONE),
    }


@pytest.mark.browser
def test_what_is_looked_at_is_read_and_nothing_else(phones: Phones, stand_in: StandIn) -> None:
    send(stand_in, "Kinh moi")
    send(stand_in, "Kinh moi", to="+84987654321")
    phones.choose("0912 345 678")
    expect(phones.talk("SMS")).to_contain_text("Kinh moi")
    expect(phones.page.locator("#people li", has_text="0987 654 321").locator(".badge")).to_have_text("1")
    mine = phones.page.locator("#people [aria-current=true] .badge")
    expect(mine).to_have_count(0)
    unread = {phone["number"]: phone["unread"] for phone in stand_in.control.get("/phones").json()["phones"]}
    assert unread == {PHONE: 0, "+84987654321": 1}


@pytest.mark.browser
def test_a_message_goes_to_the_number_that_is_chosen(open_phones: OpenPhones, start: Start, site: Site) -> None:
    shortcode = ShortcodeConfig(code="8079", price=500, webhook_url=f"{site.url}/shortcode")
    stand_in = start(SimulatorConfig(automatic=False, shortcode=shortcode))
    stand_in.control.post("/phones", json={"number": PHONE, "name": "Bà Hoa"})
    phones = open_phones(stand_in.url)
    phones.choose("Bà Hoa")
    phone = phones.take_up("Điện thoại")
    phone.get_by_label("Gửi tới").select_option(label="8079 (500đ/tin)")
    phone.get_by_label("Soạn tin SMS").fill("co")
    phone.get_by_role("button", name="Gửi", exact=True).click()
    expect(phones.talk("SMS")).to_contain_text("500đ")
    stand_in.deliver()
    assert [(heard.path, heard.json["text"]) for heard in site.heard] == [("/shortcode", "co")]


@pytest.mark.browser
def test_a_call_that_costs_nothing(open_phones: OpenPhones, start: Start, site: Site) -> None:
    exchange = ExchangeConfig(webhook_url=f"{site.url}/exchange")
    stand_in = start(SimulatorConfig(automatic=False, exchange=exchange))
    stand_in.control.post("/phones", json={"number": PHONE, "name": "Bà Hoa"})
    phones = open_phones(stand_in.url)
    phones.choose("Bà Hoa")
    phones.take_up("Điện thoại").get_by_role("button", name="Gọi").click()
    sheet = phones.page.get_by_role("dialog", name="Gọi tổng đài 024 3825 0000")
    expect(sheet.get_by_label("Nháy máy rồi tắt")).to_be_checked()
    sheet.get_by_role("button", name="Gọi").click()
    expect(phones.talk("SMS")).to_contain_text("Nháy máy tổng đài")
    phones.take_up("Điện thoại").get_by_role("button", name="Gọi").click()
    phones.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    stand_in.deliver()
    assert [(heard.json["caller"], heard.json["kind"]) for heard in site.heard] == [("84912345678", "hangup_before")]


@pytest.mark.browser
def test_faults_are_switched(phones: Phones, stand_in: StandIn) -> None:
    page = phones.page
    page.get_by_role("button", name="Sự cố").click()
    page.get_by_label("Số lần").select_option("3")
    page.get_by_text("Tin nhắn SMS (Twilio)").click()
    switch = page.locator("#faults-of-twilio").get_by_role("switch", name="Đã nhận tin nhưng không trả lời")
    switch.click()
    expect(switch).to_be_checked()
    expect(switch).to_contain_text("còn 3 lần")
    [fault] = stand_in.control.get("/faults").json()["faults"]
    assert (fault["kind"], fault["count"]) == ("timeout_after_accept", 3)
    switch.click()
    expect(switch).not_to_be_checked()
    assert stand_in.control.get("/faults").json()["faults"] == []
    page.keyboard.press("Escape")
    expect(switch).to_be_hidden()


@pytest.mark.browser
def test_a_fault_for_one_person_strikes_on_that_persons_channel(phones: Phones, stand_in: StandIn) -> None:
    page = phones.page
    stand_in.control.post("/phones", json={"channel": "telegram", "number": "7912345678", "tel": PHONE})
    page.get_by_role("button", name="Sự cố").click()
    page.get_by_label("Chỉ với người đang xem").check()
    page.locator("#faults-of-esms summary").click()
    page.locator("#faults-of-esms").get_by_role("switch", name="Trả lời chậm").click()
    expect(page.get_by_role("alert").filter(has_text="Chưa chọn ai.")).to_be_visible()
    assert stand_in.control.get("/faults").json()["faults"] == []
    page.keyboard.press("Escape")
    phones.choose("0912 345 678")
    page.get_by_role("button", name="Sự cố").click()
    for provider, number in (("telegram", "7912345678"), ("zalo", PHONE)):
        page.locator(f"#faults-of-{provider} summary").click()
        page.locator(f"#faults-of-{provider}").get_by_role("switch", name="Trả lời chậm").click()
        expect(page.locator(f"#faults-of-{provider} .badge")).to_have_text("1")
        assert stand_in.control.get("/faults").json()["faults"][-1]["number"] == number


@pytest.mark.browser
def test_the_installations_clock_is_shown_where_it_differs(phones: Phones, stand_in: StandIn) -> None:
    send(stand_in, "Kinh moi")
    phones.choose("0912 345 678")
    expect(phones.page.get_by_text("Đồng hồ diễn tập: 09:30, Thứ Tư, 20/01/2027")).to_be_visible()
    expect(phones.take_up("Điện thoại").locator(".status-line")).to_contain_text("09:30")
    stand_in.clock.now = datetime.now(UTC)
    expect(phones.page.get_by_text("Đồng hồ diễn tập")).to_be_hidden()


@pytest.mark.browser
def test_the_keyboard_suffices(phones: Phones, stand_in: StandIn) -> None:
    for number in (PHONE, "+84987654321"):
        send(stand_in, "Kinh moi", to=number)
    page = phones.page
    expect(page.get_by_role("list").get_by_role("button")).to_have_count(2)
    page.keyboard.press("/")
    expect(page.get_by_label("Tìm theo tên hoặc số")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("list").get_by_role("button", name="0987 654 321")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Tìm theo tên hoặc số")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="0912 345 678")).to_be_visible()


@pytest.mark.browser
def test_people_are_found_without_marks_and_by_what_they_use(phones: Phones, stand_in: StandIn) -> None:
    for channel, number, name in (("sms", PHONE, "Bà Đào"), ("zalo", "+84987654321", "Ông Bình")):
        stand_in.control.post("/phones", json={"channel": channel, "number": number, "name": name})
    people = phones.page.locator("#people .who")
    phones.page.get_by_label("Tìm theo tên hoặc số").fill("dao")
    expect(people).to_have_text(["Bà Đào"])
    by_channel = phones.page.get_by_role("group", name="Chỉ xem người dùng")
    by_channel.get_by_role("button", name="Zalo").click()
    expect(phones.page.get_by_text("Không thấy ai.")).to_be_visible()
    phones.page.get_by_label("Tìm theo tên hoặc số").fill("")
    expect(people).to_have_text(["Ông Bình"])
    by_channel.get_by_role("button", name="Tất cả").click()
    expect(people).to_have_count(2)


@pytest.mark.browser
def test_nothing_is_wider_than_the_screen(phones: Phones, stand_in: StandIn) -> None:
    send(stand_in, "motchurấtdài" * 30)
    phones.choose("0912 345 678")
    expect(phones.talk("SMS")).to_contain_text("motchurấtdài")
    assert phones.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_a_screen_reader_finds_nothing_amiss(phones: Phones, stand_in: StandIn) -> None:
    stand_in.control.post("/phones", json={"channel": "zalo", "number": PHONE, "name": "Bà Hoa"})
    stand_in.control.post("/phones", json={"channel": "telegram", "number": "7912345678", "tel": PHONE})
    send(stand_in, "Kinh moi")
    page = phones.page
    assert_accessible(phones)
    phones.choose("Bà Hoa")
    for channel in ("Điện thoại", "Zalo", "Telegram"):
        expect(phones.take_up(channel)).to_be_visible()
        assert_accessible(phones)
        if phones.width != NARROW:
            break
    page.get_by_role("button", name="Sự cố").click()
    page.locator("#faults-of-zalo summary").click()
    assert_accessible(phones)


def assert_accessible(phones: Phones) -> None:
    found = Axe().run(phones.page)
    assert found.violations_count == 0, found.generate_report()


def test_handsets_that_are_there_from_the_start_come_back_after_a_reset(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "settlers.json"
    file.write_text(
        '[{"channel": "zalo", "number": "0912 345 678", "name": "Bà Hoa"},'
        ' {"channel": "telegram", "number": "7912345678", "tel": "0912 345 678", "name": "Bà Hoa"}]'
    )
    config = replace(simulator_config({"SIMULATOR_SETTLERS": str(file)}), automatic=False)
    stand_in = start(config)
    settled = [("telegram", "7912345678", PHONE), ("zalo", PHONE, "")]
    assert everybody(stand_in) == settled
    stand_in.control.post("/phones", json={"number": "0987654321"})
    stand_in.control.post("/reset", json={})
    assert everybody(stand_in) == settled


def everybody(stand_in: StandIn) -> list[tuple[str, str, str]]:
    phones = stand_in.control.get("/phones").json()["phones"]
    return sorted((phone["channel"], phone["number"], phone["tel"]) for phone in phones)


def simulator_config(environment: dict[str, str]) -> SimulatorConfig:
    from simulator.config import read_environment

    return read_environment(environment)
