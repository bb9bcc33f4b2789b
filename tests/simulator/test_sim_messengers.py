"""Zalo and Telegram on the page of phones: what a citizen does there, and what the customer hears of it."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from simulator.config import SimulatorConfig
from simulator.zalo.config import ZaloConfig
from simulator.zalo.identity import user_id_of
from tests.simulator.customer import StandIn, Start
from tests.simulator.desk import Site
from tests.simulator.phones_page import OpenPhones, Phones
from tests.simulator.telegram_bot import CONFIG, TOKEN

pytestmark = pytest.mark.browser

PHONE, NAME, ACCOUNT = "+84912345678", "Nguyễn Thị Hoa", "7912345678"
ACCESS = "invented-access-token"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=="
)


@pytest.fixture
def desk(start: Start, site: Site) -> StandIn:
    """Stand-ins whose customer hears everything at `site`; one person has both accounts."""
    zalo = ZaloConfig(access_token=ACCESS, webhook_url=f"{site.url}/zalo", received_after=0.0)
    telegram = replace(CONFIG, webhook_url=f"{site.url}/telegram")
    stand_in = start(SimulatorConfig(automatic=False, zalo=zalo, telegram=telegram))
    for channel, number in (("zalo", PHONE), ("telegram", ACCOUNT)):
        added = {"channel": channel, "number": number, "name": NAME, "tel": PHONE}
        assert stand_in.control.post("/phones", json=added).status_code == 201
    return stand_in


@pytest.fixture
def phones(open_phones: OpenPhones, desk: StandIn) -> Phones:
    """The page, with the person chosen."""
    phones = open_phones(desk.url)
    phones.choose(NAME)
    return phones


def consult(desk: StandIn, message: dict[str, Any]) -> None:
    """The Official Account writes."""
    answer = httpx.post(
        f"{desk.url}/zalo/openapi/v3.0/oa/message/cs",
        headers={"access_token": ACCESS},
        json={"recipient": {"user_id": user_id_of(PHONE)}, "message": message},
    ).json()
    assert answer["error"] == 0, answer
    desk.deliver()


def write(desk: StandIn, text: str, **more: object) -> None:
    """The bot writes."""
    sent = {"chat_id": int(ACCOUNT), "text": text, **more}
    answer = httpx.post(f"{desk.url}/telegram/bot{TOKEN}/sendMessage", json=sent)
    assert answer.status_code == 200, answer.text


def zalo_events(desk: StandIn, site: Site) -> list[dict[str, Any]]:
    desk.deliver()
    return [heard.json for heard in site.heard if heard.path == "/zalo"]


def updates(desk: StandIn, site: Site) -> list[dict[str, Any]]:
    desk.deliver()
    return [heard.json for heard in site.heard if heard.path == "/telegram"]


def buttons(*titles: str) -> dict[str, Any]:
    listed = [{"title": title, "type": "oa.query.hide", "payload": f"nut:way={title}"} for title in titles]
    return {"attachment": {"type": "template", "payload": {"buttons": listed}}}


def test_a_zalo_button_is_pressed_and_seen_is_told(phones: Phones, desk: StandIn, site: Site) -> None:
    zalo = phones.take_up("Zalo")
    zalo.get_by_role("button", name="Quan tâm").click()
    expect(phones.talk("Zalo")).to_contain_text("Đã bấm Quan tâm")
    consult(desk, {"text": "Bà nhận bằng cách nào ạ?", **buttons("Qua tài khoản", "Tiền mặt")})
    zalo.get_by_role("button", name="Qua tài khoản").click()
    expect(phones.talk("Zalo")).to_contain_text("Đã bấm “Qua tài khoản”")
    told = zalo_events(desk, site)
    assert [one["event_name"] for one in told] == [
        "follow", "user_received_message", "user_seen_message", "user_send_text",
    ]  # fmt: skip
    assert told[-1]["message"]["text"] == "nut:way=Qua tài khoản"


def test_the_press_of_an_older_button_names_that_button(phones: Phones, desk: StandIn) -> None:
    zalo = phones.take_up("Zalo")
    zalo.get_by_role("button", name="Quan tâm").click()
    for title in ("Có", "Vâng"):
        sent = buttons(title)
        sent["attachment"]["payload"]["buttons"][0]["payload"] = "nut:the_same"
        consult(desk, {"text": "Thế ạ?", **sent})
        zalo.get_by_role("button", name=title).click()
        expect(phones.talk("Zalo").locator(".done-note").last).to_have_text(f"Đã bấm “{title}”")
    assert phones.talk("Zalo").locator(".done-note").all_inner_texts()[1:] == ["Đã bấm “Có”", "Đã bấm “Vâng”"]


def test_the_zalo_form_shares_the_own_phone(phones: Phones, desk: StandIn, site: Site) -> None:
    zalo = phones.take_up("Zalo")
    zalo.get_by_role("button", name="Quan tâm").click()
    expect(phones.talk("Zalo")).to_contain_text("Đã bấm Quan tâm")
    element = {"title": "Chia sẻ số điện thoại", "subtitle": "Để biết ai nhắn", "image_url": "https://phuong.example/a"}
    payload = {"template_type": "request_user_info", "elements": [element]}
    consult(desk, {"attachment": {"type": "template", "payload": payload}})
    zalo.get_by_role("button", name="Chia sẻ thông tin").click()
    sheet = phones.page.get_by_role("dialog", name="Chia sẻ thông tin với")
    expect(sheet.get_by_label("Họ và tên")).to_have_value(NAME)
    expect(sheet.get_by_label("Số điện thoại")).to_have_value("0912345678")
    sheet.get_by_role("button", name="Chia sẻ").click()
    expect(phones.talk("Zalo").locator(".mine")).to_contain_text("0912 345 678")
    shared = zalo_events(desk, site)[-1]
    assert (shared["event_name"], shared["info"]["phone"]) == ("user_submit_info", "84912345678")


def test_a_zalo_phone_that_is_off_gets_its_messages_when_it_is_on(phones: Phones, desk: StandIn) -> None:
    zalo = phones.take_up("Zalo")
    zalo.get_by_role("button", name="Quan tâm").click()
    zalo.get_by_title("Việc khác").click()
    zalo.get_by_role("button", name="Tắt máy").click()
    expect(zalo.get_by_role("button", name="Bật máy")).to_be_visible()
    consult(desk, {"text": "Cháu chào bà."})
    expect(phones.talk("Zalo")).not_to_contain_text("Cháu chào bà.")
    zalo.get_by_role("button", name="Bật máy").click()
    expect(phones.talk("Zalo")).to_contain_text("Cháu chào bà.")


def test_a_picture_a_recording_and_a_sticker(phones: Phones, desk: StandIn, site: Site, tmp_path: Path) -> None:
    zalo = phones.take_up("Zalo")
    picture = tmp_path / "so-tay.png"
    picture.write_bytes(PICTURE)
    zalo.locator("input[type=file]").set_input_files(picture)
    expect(zalo.get_by_text("so-tay.png")).to_be_visible()
    zalo.get_by_role("button", name="Gửi", exact=True).click()
    expect(phones.talk("Zalo").get_by_role("img", name="Ảnh người dân gửi")).to_be_visible()
    zalo.get_by_role("button", name="Ghi âm").click()
    expect(phones.page.get_by_text("không có micrô")).to_be_visible()
    expect(phones.talk("Zalo").locator("audio")).to_have_count(1)
    zalo.get_by_role("button", name="Gửi nhãn dán").click()
    expect(phones.talk("Zalo").get_by_role("img", name="Nhãn dán")).to_be_visible()
    names = [one["event_name"] for one in zalo_events(desk, site)]
    assert names == ["user_send_image", "user_send_audio", "user_send_sticker"]


def test_pictures_chosen_together_are_an_album(phones: Phones, desk: StandIn, site: Site, tmp_path: Path) -> None:
    telegram = phones.take_up("Telegram")
    telegram.get_by_role("button", name="Bắt đầu").click()
    expect(telegram.get_by_label("Soạn tin Telegram")).to_be_visible()
    pictures = [tmp_path / name for name in ("truoc.png", "sau.png")]
    for picture in pictures:
        picture.write_bytes(PICTURE)
    telegram.locator("input[type=file]").set_input_files(pictures)
    expect(telegram.get_by_text("Ảnh gửi kèm: truoc.png, sau.png")).to_be_visible()
    telegram.get_by_role("button", name="Gửi", exact=True).click()
    expect(phones.talk("Telegram").get_by_role("img", name="Ảnh người dân gửi")).to_have_count(2)
    first, second = [one["message"]["media_group_id"] for one in updates(desk, site)[1:]]
    assert first == second


def test_leaving_zalo_is_told(phones: Phones, desk: StandIn, site: Site) -> None:
    zalo = phones.take_up("Zalo")
    zalo.get_by_role("button", name="Quan tâm").click()
    expect(zalo.get_by_text("Quan tâm để nhận tin")).to_be_hidden()
    zalo.get_by_title("Việc khác").click()
    zalo.get_by_role("button", name="Bỏ quan tâm").click()
    expect(zalo.get_by_text("Quan tâm để nhận tin")).to_be_visible()
    assert [one["event_name"] for one in zalo_events(desk, site)] == ["follow", "unfollow"]


def test_telegram_is_opened_by_the_code_on_a_slip_and_answered_by_buttons(
    phones: Phones, desk: StandIn, site: Site
) -> None:
    telegram = phones.take_up("Telegram")
    expect(telegram.get_by_label("Soạn tin Telegram")).to_be_hidden()
    telegram.get_by_title("Việc khác").click()
    telegram.get_by_role("button", name="Mở bằng mã trên phiếu").click()
    sheet = phones.page.get_by_role("dialog", name="Mở bằng mã trên phiếu")
    sheet.get_by_label("Mã hồ sơ").fill("n7nn 7n7h")
    sheet.get_by_role("button", name="Bắt đầu").click()
    expect(phones.talk("Telegram")).to_contain_text("/start N7NN7N7H")
    keys = [[{"text": "Đồng ý", "callback_data": "consent=yes"}], [{"text": "Không", "callback_data": "consent=no"}]]
    write(desk, "Bà đồng ý chứ ạ?", reply_markup={"inline_keyboard": keys})
    telegram.get_by_role("button", name="Đồng ý").click()
    expect(phones.talk("Telegram")).to_contain_text("Đã bấm “Đồng ý”")
    start, press = updates(desk, site)
    assert start["message"]["text"] == "/start N7NN7N7H"
    assert press["callback_query"]["data"] == "consent=yes"


def test_the_contact_key_goes_away_once_it_was_used(phones: Phones, desk: StandIn, site: Site) -> None:
    telegram = phones.take_up("Telegram")
    telegram.get_by_role("button", name="Bắt đầu").click()
    keys = [[{"text": "Gửi số điện thoại", "request_contact": True}], [{"text": "Thôi"}]]
    write(desk, "Cho cháu số ạ.", reply_markup={"keyboard": keys, "one_time_keyboard": True})
    telegram.get_by_role("button", name="Gửi số điện thoại").click()
    expect(phones.talk("Telegram").locator(".contact-card")).to_contain_text("0912 345 678")
    expect(telegram.get_by_role("button", name="Gửi số điện thoại")).to_have_count(0)
    contact = updates(desk, site)[-1]["message"]["contact"]
    assert (contact["phone_number"], contact["user_id"]) == ("84912345678", int(ACCOUNT))


def test_words_are_changed_and_the_bot_is_blocked(phones: Phones, desk: StandIn, site: Site) -> None:
    telegram = phones.take_up("Telegram")
    telegram.get_by_role("button", name="Bắt đầu").click()
    telegram.get_by_label("Soạn tin Telegram").fill("vietcom")
    telegram.get_by_label("Soạn tin Telegram").press("Enter")
    expect(phones.talk("Telegram").locator(".mine .text").last).to_have_text("vietcom")
    telegram.get_by_role("button", name="Sửa").last.click()
    expect(telegram.get_by_text("Đang sửa tin đã gửi")).to_be_visible()
    telegram.get_by_label("Soạn tin Telegram").fill("Vietcombank")
    telegram.get_by_label("Soạn tin Telegram").press("Enter")
    expect(phones.talk("Telegram").locator(".mine .text").last).to_have_text("Vietcombank")
    telegram.get_by_title("Việc khác").click()
    telegram.get_by_role("button", name="Chặn bot").click()
    expect(telegram.get_by_label("Soạn tin Telegram")).to_be_hidden()
    telegram.get_by_role("button", name="Bỏ chặn", exact=True).click()
    expect(telegram.get_by_label("Soạn tin Telegram")).to_be_visible()
    kinds = [next(kind for kind in one if kind != "update_id") for one in updates(desk, site)]
    assert kinds == ["message", "message", "edited_message", "my_chat_member", "my_chat_member"]
