"""What a citizen does on the phone, and what the customer hears of it."""

import base64
from typing import Any

import httpx
import pytest

from tests.simulator.zalo_customer import APP_ID, OA_ID, PHONE, USER, Hook, StartZalo, ZaloStandIn


def buttons(*those: dict[str, Any]) -> dict[str, Any]:
    return {"text": "Bác chọn ạ", "attachment": {"type": "template", "payload": {"buttons": list(those)}}}


REQUEST = {
    "attachment": {
        "type": "template",
        "payload": {
            "template_type": "request_user_info",
            "elements": [
                {"title": "UBND", "subtitle": "Xin số điện thoại", "image_url": "https://phuong.example/a.png"}
            ],
        },
    }
}


def test_following_and_leaving(zalo: ZaloStandIn, hook: Hook) -> None:
    assert zalo.act("follow", source="qr").status_code == 202
    zalo.act("unfollow")
    zalo.deliver()
    assert hook.told[0].body == {
        "oa_id": OA_ID,
        "follower": {"id": USER},
        "user_id_by_app": zalo.person()["user_id_by_app"],
        "event_name": "follow",
        "source": "qr",
        "app_id": APP_ID,
        "timestamp": str(int(zalo.clock.now.timestamp() * 1000)),
    }
    assert hook.names() == ["follow", "unfollow"]
    assert zalo.person()["follows"] is False


@pytest.mark.parametrize(
    ("content_type", "event", "kind"),
    [
        ("image/jpeg", "user_send_image", "image"),
        ("audio/aac", "user_send_audio", "audio"),
        ("video/mp4", "user_send_video", "video"),
        ("application/pdf", "user_send_file", "file"),
    ],
)
def test_what_is_sent_can_be_fetched(zalo: ZaloStandIn, hook: Hook, content_type: str, event: str, kind: str) -> None:
    data = base64.b64encode(b"invented content").decode()
    said = zalo.say("", media=[{"content_type": content_type, "data": data}])
    zalo.deliver()
    body = hook.told[0].body
    assert (body["event_name"], body["message"]["msg_id"]) == (event, said["id"])
    assert "text" not in body["message"]
    [attached] = body["message"]["attachments"]
    assert attached["type"] == kind
    fetched = httpx.get(attached["payload"]["url"])
    assert (fetched.content, fetched.headers["Content-Type"]) == (b"invented content", content_type)
    assert httpx.get(attached["payload"]["url"] + "x").status_code == 404


def test_each_picture_of_several_is_told_by_itself_the_words_with_the_first(zalo: ZaloStandIn, hook: Hook) -> None:
    zalo.say("Sổ của tôi", media=["image/png", "image/png"])
    zalo.deliver()
    first, second = [told.body["message"] for told in hook.told]
    assert first["text"] == "Sổ của tôi"
    assert "text" not in second
    assert first["msg_id"] != second["msg_id"]
    assert [one["type"] for message in (first, second) for one in message["attachments"]] == ["image", "image"]


def test_a_sticker(zalo: ZaloStandIn, hook: Hook) -> None:
    assert zalo.act("sticker", sticker="42").status_code == 202
    zalo.deliver()
    body = hook.told[0].body
    [attached] = body["message"]["attachments"]
    assert (body["event_name"], attached["type"], attached["payload"]["id"]) == ("user_send_sticker", "sticker", "42")
    assert httpx.get(attached["payload"]["url"]).content.startswith(b"\x89PNG")


@pytest.mark.parametrize(("kind", "shown"), [("oa.query.show", "press"), ("oa.query.hide", "press_hidden")])
def test_a_pressed_query_comes_as_text_and_opens_the_window(
    zalo: ZaloStandIn, hook: Hook, kind: str, shown: str
) -> None:
    zalo.follow()
    query = {"title": "Đồng ý", "type": kind, "payload": "#dong_y 7"}
    sent = zalo.consult(buttons(query))["data"]["message_id"]
    zalo.deliver()
    zalo.clock.forward(days=3)
    pressed = zalo.act("press", message=sent, button="Đồng ý").json()
    zalo.deliver()
    assert hook.names()[-1] == "user_send_text"
    assert hook.told[-1].body["message"] == {"text": "#dong_y 7", "msg_id": pressed["id"]}
    assert pressed["kind"] == shown
    assert "quota" not in zalo.consult("Cảm ơn bác")["data"]


def test_a_button_that_opens_something_is_not_heard_of(zalo: ZaloStandIn, hook: Hook) -> None:
    zalo.follow()
    link = {"title": "Xem", "type": "oa.open.url", "payload": {"url": "https://phuong.example"}}
    call = {"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "84912345679"}}
    sent = zalo.consult(buttons(link, call))["data"]["message_id"]
    zalo.deliver()
    shown = zalo.messages()[-1]["buttons"]
    assert [(row[0]["does"], row[0]["value"]) for row in shown] == [
        ("url", "https://phuong.example"),
        ("phone", "84912345679"),
    ]
    assert zalo.act("press", message=sent, button="Xem").json()["id"] == sent
    zalo.deliver()
    assert "user_send_text" not in hook.names()


def test_a_person_shares_their_details_when_asked(zalo: ZaloStandIn, hook: Hook) -> None:
    zalo.follow()
    assert zalo.act("share_contact").status_code == 400
    sent = zalo.consult(REQUEST)["data"]["message_id"]
    zalo.deliver()
    assert zalo.messages()[-1]["kind"] == "contact_request"
    assert zalo.act("press", message=sent, button="Chia sẻ thông tin").json()["kind"] == "contact"
    zalo.act("share_contact", name="Nguyễn Thị Hoa", phone="84987654321")
    zalo.deliver()
    own, other = (told.body for told in hook.told if told.body["event_name"] == "user_submit_info")
    assert (own["sender"]["id"], own["recipient"]["id"]) == (USER, OA_ID)
    assert own["info"]["phone"] == "84912345678"
    assert set(own["info"]["full_address"]) == {"user_city", "user_ward", "user_address"}
    assert (other["info"]["name"], other["info"]["phone"]) == ("Nguyễn Thị Hoa", "84987654321")
    detail = zalo.get("/openapi/v3.0/oa/user/detail", data=f'{{"user_id":"{USER}"}}').json()["data"]
    assert detail["shared_info"]["phone"] == "84987654321"


def test_the_older_form_of_shared_details(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(older_submit_info=True)
    zalo.follow()
    zalo.consult(REQUEST)
    zalo.deliver()
    zalo.act("share_contact")
    zalo.deliver()
    info = hook.told[-1].body["info"]
    assert {"address", "city", "district", "phone", "name"} <= set(info)
    assert "full_address" not in info


@pytest.mark.parametrize(
    ("gesture", "fields"),
    [
        ("press", {"message": "0" * 20, "button": "Đồng ý"}),
        ("press", {"message": "own", "button": "Đồng ý"}),
        ("press", {}),
        ("share_contact", {}),
        ("see", {}),
        ("call", {}),
        ("edit", {"text": "x"}),
    ],
)
def test_what_cannot_be_done(zalo: ZaloStandIn, hook: Hook, gesture: str, fields: dict[str, str]) -> None:
    said = zalo.say("alo")
    zalo.deliver()
    answer = zalo.act(gesture, **{name: said["id"] if value == "own" else value for name, value in fields.items()})
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert hook.names() == ["user_send_text"]


def test_a_button_cannot_be_pressed_before_it_is_on_the_phone(zalo: ZaloStandIn) -> None:
    zalo.follow()
    sent = zalo.consult(buttons({"title": "Có", "type": "oa.query.show", "payload": "có"}))["data"]["message_id"]
    assert zalo.act("press", message=sent, button="Có").status_code == 400
    zalo.deliver()
    assert zalo.act("press", number="+84912345679", message=sent, button="Có").status_code == 400
    assert zalo.act("press", message=sent, button="Có").status_code == 202


def test_a_phone_that_is_off_gets_its_messages_when_it_is_on_again(zalo: ZaloStandIn, hook: Hook) -> None:
    zalo.control.post(f"/phones/{PHONE}/power?channel=zalo", json={"on": False})
    zalo.invite()
    zalo.deliver()
    assert (zalo.messages()[0]["reached"], hook.told) == (False, [])
    assert zalo.act("follow").status_code == 400
    zalo.control.post(f"/phones/{PHONE}/power?channel=zalo", json={"on": True})
    zalo.follow()
    zalo.deliver()
    assert zalo.messages()[0]["reached"] is True
    assert sorted(hook.names()) == ["follow", "user_received_message"]


def test_a_person_without_zalo_does_nothing(zalo: ZaloStandIn) -> None:
    zalo.person(has_zalo=False)
    assert zalo.act("follow").status_code == 400
    assert zalo.control.post(f"/phones/{PHONE}/say?channel=zalo", json={"text": "alo"}).status_code == 400


def test_a_person_is_found_by_number_and_by_user_id(zalo: ZaloStandIn) -> None:
    assert zalo.person("0912 345 678")["user_id"] == USER
    assert zalo.person(USER)["number"] == PHONE
    for nobody in ("123", "1" * 19, "0243 825 0000"):
        assert zalo.control.get(f"/zalo/people/{nobody}").status_code == 400


def test_only_this_machine_works_the_controls(zalo: ZaloStandIn) -> None:
    for path in ("/zalo/account", f"/zalo/people/{PHONE}"):
        assert zalo.control.get(path, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 403
