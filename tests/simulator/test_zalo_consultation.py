"""Consultation messages: to whom, when, what may be in them, how many."""

import unicodedata
from typing import Any

import httpx
import pytest

from simulator.zalo.identity import number_of, user_id_of
from tests.simulator.zalo_customer import OA_ID, PHONE, USER, StartZalo, ZaloStandIn

BUTTON = {"title": "Đồng ý", "type": "oa.query.show", "payload": "#dong_y"}


def with_buttons(*buttons: object, text: str = "Bác chọn giúp cháu ạ.") -> dict[str, Any]:
    return {"text": text, "attachment": {"type": "template", "payload": {"buttons": list(buttons)}}}


def request_info(**changes: object) -> dict[str, Any]:
    element = {"title": "UBND phường", "subtitle": "Xin số điện thoại", "image_url": "https://phuong.example/a.png"}
    payload = {"template_type": "request_user_info", "elements": [element | changes]}
    return {"attachment": {"type": "template", "payload": payload}}


def test_an_accepted_message_reaches_the_phone(zalo: ZaloStandIn) -> None:
    zalo.follow()
    answer = zalo.consult("Kính chào bác.")
    assert (answer["error"], answer["message"]) == (0, "Success")
    assert answer["data"]["user_id"] == USER
    assert answer["data"]["sent_time"] == str(int(zalo.clock.now.timestamp() * 1000))
    assert [m["reached"] for m in zalo.messages()] == [True, False]
    zalo.deliver()
    shown = zalo.messages()[-1]
    assert (shown["id"], shown["text"], shown["reached"]) == (answer["data"]["message_id"], "Kính chào bác.", True)
    assert shown["status"] == "received"


def test_a_user_id_is_its_number_s_and_nobody_else_s() -> None:
    assert number_of(USER) == PHONE
    assert len({user_id_of(f"+8491234{n:04}") for n in range(10_000)}) == 10_000
    assert [number_of(text) for text in ("", "abc", "1" * 19, USER + "0", PHONE)] == [None] * 5


def test_whom_the_oa_may_not_write_to(zalo: ZaloStandIn) -> None:
    assert zalo.consult("Chào bác")["error"] == -213
    zalo.say("Có ai không")  # writing opens the window, but does not make a follower
    assert zalo.consult("Chào bác")["error"] == -213
    zalo.follow()
    assert zalo.consult("Chào bác")["error"] == 0
    zalo.act("unfollow")
    assert zalo.consult("Chào bác") == {"error": -213, "message": "User has not followed OA"}
    assert zalo.consult("Chào bác", "2512523625412515")["error"] == -201


def test_an_account_that_may_answer_whoever_wrote(start_zalo: StartZalo) -> None:
    zalo = start_zalo(follow_needed=False)
    assert zalo.consult("Chào bác")["error"] == -232
    zalo.say("Có ai không")
    assert zalo.consult("Chào bác")["error"] == 0


def test_the_window_is_free_then_billed_then_shut(zalo: ZaloStandIn) -> None:
    zalo.follow()
    zalo.clock.forward(hours=48)
    assert "quota" not in zalo.consult("trong 48 giờ")["data"]
    zalo.clock.forward(seconds=1)
    assert zalo.consult("sau 48 giờ")["data"]["quota"]["quota_type"] == "sub_quota"
    zalo.clock.forward(days=5, seconds=-1)
    assert zalo.consult("đúng 7 ngày")["error"] == 0
    zalo.clock.forward(seconds=1)
    shut = zalo.consult("sau 7 ngày")
    assert shut == {"error": -230, "message": "User has not interacted with the OA in the past 7 days"}
    zalo.say("Tôi đây")
    assert "quota" not in zalo.consult("lại trong 48 giờ")["data"]
    assert len([m for m in zalo.messages() if m["direction"] == "to_phone"]) == 4


def test_the_package_s_messages_end(start_zalo: StartZalo) -> None:
    zalo = start_zalo(consultation_quota=1)
    zalo.follow()
    assert zalo.consult("miễn phí")["error"] == 0
    zalo.clock.forward(days=3)
    assert zalo.consult("tính phí")["data"]["quota"]["remain"] == 0
    assert zalo.consult("hết gói")["error"] == -211
    package = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
    [asset] = zalo.post("/openapi/v3.0/oa/quota/message", package).json()["data"]
    assert (asset["total"], asset["remain"]) == (1, 0)


def test_how_many_a_person_gets_in_a_day(start_zalo: StartZalo) -> None:
    zalo = start_zalo(person_daily_limit=2)
    zalo.follow()
    assert [zalo.consult("tin")["error"] for _ in range(3)] == [0, 0, -218]
    zalo.clock.forward(days=1)
    assert zalo.consult("tin")["error"] == 0


@pytest.mark.parametrize("code", [-217, -227, -244])
def test_a_person_who_cannot_be_reached(zalo: ZaloStandIn, code: int) -> None:
    zalo.follow()
    zalo.person(oa_refusal=code)
    assert zalo.consult("Chào bác")["error"] == code
    zalo.person(oa_refusal=0)
    assert zalo.consult("Chào bác")["error"] == 0


PAYLOAD = {"buttons": [BUTTON]}


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (None, -201),
        ({}, -201),
        ({"text": ""}, -201),
        ({"text": "  "}, -201),
        ({"text": 5}, -201),
        ({"text": "a" * 2001}, -210),
        ({"text": unicodedata.normalize("NFD", "ạ" * 1500)}, -210),
        ({"text": "a", "attachment": "x"}, -201),
        ({"text": "a", "attachment": {"type": "file", "payload": {"token": "x"}}}, -233),
        ({"text": "a", "attachment": {"type": "template", "payload": {"template_type": "list"}}}, -233),
        ({"text": "a", "attachment": {"type": "template", "payload": {}}}, -233),
        ({"attachment": {"type": "template", "payload": PAYLOAD}}, -201),
        (with_buttons(), -201),
        (with_buttons("x"), -201),
        (with_buttons(*[BUTTON] * 6), -210),
        (with_buttons({**BUTTON, "title": ""}), -201),
        (with_buttons({**BUTTON, "title": "a" * 101}), -210),
        (with_buttons({**BUTTON, "type": "oa.query"}), -201),
        (with_buttons({**BUTTON, "type": []}), -201),
        (with_buttons({**BUTTON, "payload": {"text": "x"}}), -201),
        (with_buttons({**BUTTON, "payload": "a" * 1001}), -210),
        (with_buttons({**BUTTON, "type": "oa.open.url"}), -201),
        (with_buttons({**BUTTON, "type": "oa.open.url", "payload": {"url": "phuong.vn"}}), -201),
        (with_buttons({**BUTTON, "type": "oa.open.phone", "payload": {"phone_code": "0912345678"}}), -201),
        (with_buttons({**BUTTON, "type": "oa.open.sms", "payload": {"phone_code": "84912345678"}}), -201),
        (request_info(title=""), -201),
        (request_info(title="a" * 101), -210),
        (request_info(image_url=None), -201),
        ({"attachment": {"type": "template", "payload": {"template_type": "request_user_info"}}}, -201),
    ],
)
def test_what_is_refused(zalo: ZaloStandIn, message: object, error: int) -> None:
    zalo.follow()
    body = {"recipient": {"user_id": USER}, "message": message}
    answer = zalo.post("/openapi/v3.0/oa/message/cs", body)
    assert (answer.status_code, answer.json()["error"]) == (200, error)
    assert [entry["code"] for entry in zalo.log("refused")] == [error]
    assert [m["direction"] for m in zalo.messages()] == ["from_phone"]


@pytest.mark.parametrize(
    "message",
    [
        {"text": "ạ" * 2000},
        with_buttons(*[BUTTON] * 5),
        with_buttons({**BUTTON, "title": "a" * 100, "payload": "a" * 1000, "type": "oa.query.hide"}),
        with_buttons({**BUTTON, "type": "oa.open.url", "payload": {"url": "https://phuong.example"}}),
        with_buttons({**BUTTON, "type": "oa.open.phone", "payload": {"phone_code": "84912345678"}}),
        with_buttons({**BUTTON, "type": "oa.open.sms", "payload": {"phone_code": "84912345678", "content": "alo"}}),
        request_info(),
    ],
)
def test_what_is_just_allowed(zalo: ZaloStandIn, message: dict[str, Any]) -> None:
    zalo.follow()
    assert zalo.consult(message)["error"] == 0


def test_another_number_of_buttons(start_zalo: StartZalo) -> None:
    zalo = start_zalo(most_buttons=10)
    zalo.follow()
    assert zalo.consult(with_buttons(*[BUTTON] * 10))["error"] == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null"])
def test_a_body_that_is_none(zalo: ZaloStandIn, content: bytes) -> None:
    url = f"{zalo.url}/zalo/openapi/v3.0/oa/message/cs"
    answer = httpx.post(url, content=content, headers={"access_token": zalo.access_token})
    assert (answer.status_code, answer.json()["error"]) == (200, -201)


def test_who_a_person_is(zalo: ZaloStandIn) -> None:
    asked = {"data": f'{{"user_id":"{USER}"}}'}
    assert zalo.get("/openapi/v3.0/oa/user/detail", **asked).json()["error"] == -213
    zalo.control.post("/phones", json={"number": PHONE, "channel": "zalo", "name": "Bà Hoa"})
    zalo.follow()
    data = zalo.get("/openapi/v3.0/oa/user/detail", **asked).json()["data"]
    assert (data["user_id"], data["display_name"], data["user_is_follower"]) == (USER, "Bà Hoa", True)
    assert data["user_last_interaction_date"] == "20/01/2027"
    assert data["shared_info"] == {}
    assert zalo.get("/openapi/v3.0/oa/user/detail", data="{").json()["error"] == -201


def test_the_window_as_the_quota_tells_it(zalo: ZaloStandIn) -> None:
    zalo.follow()
    began = str(int(zalo.clock.now.timestamp() * 1000))
    zalo.clock.forward(hours=49)
    data = zalo.post("/openapi/v3.0/oa/quota/message", {"user_id": USER}).json()["data"]
    assert (data["last_interaction"], data["cs_reply"]["remain"]) == (began, 0)


def test_the_oa_itself(zalo: ZaloStandIn) -> None:
    zalo.follow()
    data = zalo.get("/openapi/v2.0/oa/getoa").json()["data"]
    assert (data["oa_id"], data["is_verified"], data["num_follower"]) == (OA_ID, True, 1)


def test_the_old_interface_is_shut(zalo: ZaloStandIn) -> None:
    assert zalo.post("/openapi/v2.0/oa/message", {}).json()["error"] == -240
    assert zalo.post("/openapi/v3.0/oa/message/transaction", {}).status_code == 404


def test_so_many_calls_a_minute(start_zalo: StartZalo) -> None:
    zalo = start_zalo(calls_per_minute=2)
    answers = [zalo.get("/openapi/v2.0/oa/getoa") for _ in range(3)]
    assert [answer.json()["error"] for answer in answers] == [0, 0, -32]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [answer.headers["X-RateLimit-Remain"] for answer in answers] == ["1", "0", "0"]
    assert answers[0].headers["X-RateLimit-Limit"] == "2"
    assert zalo.get("/business/message/quota").json()["error"] == -32
    zalo.clock.forward(minutes=1)
    assert zalo.get("/openapi/v2.0/oa/getoa").json()["error"] == 0
