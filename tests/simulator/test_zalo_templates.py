"""Template messages: by telephone number and by user id, as the template and the account allow."""

import unicodedata
from dataclasses import replace
from typing import Any

import httpx
import pytest

from simulator.zalo.config import Template
from tests.simulator.zalo_customer import DATA, INVITATION, PHONE, USER, Hook, StartZalo, ZaloStandIn


def by_user_id(zalo: ZaloStandIn, **changes: object) -> dict[str, Any]:
    body = {"user_id": USER, "template_id": "700001", "template_data": DATA, **changes}
    answer: dict[str, Any] = zalo.post("/openapi/v3.0/oa/message/template", body).json()
    return answer


def test_an_accepted_message_reaches_the_phone_of_a_stranger(zalo: ZaloStandIn) -> None:
    answer = zalo.invite()
    assert (answer["error"], answer["message"]) == (0, "Success")
    data = answer["data"]
    assert data["sent_time"] == str(int(zalo.clock.now.timestamp() * 1000))
    assert data["quota"] == {"dailyQuota": "5000", "remainingQuota": "4999"}
    assert zalo.get("/business/message/status", message_id=data["msg_id"]).json()["data"]["status"] == 0
    zalo.deliver()
    [shown] = zalo.messages()
    assert (shown["id"], shown["reached"]) == (data["msg_id"], True)
    assert shown["text"] == "Kính gửi bà Hoa. Hạn kê khai: 31/03/2027. Còn 12 ngày. "
    assert shown["buttons"] == [[{"title": "Trả lời", "does": "url", "value": "https://zalo.me/s/1"}]]
    status = zalo.get("/business/message/status", message_id=data["msg_id"]).json()["data"]
    assert (status["status"], status["delivery_time"]) == (1, data["sent_time"])


def test_statuses_that_say_nothing(zalo: ZaloStandIn) -> None:
    assert zalo.get("/business/message/status", message_id="0" * 20).json()["data"]["status"] == -1
    assert zalo.get("/business/message/status").json()["error"] == -107


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"phone": "0912345678"}, -108),
        ({"phone": "+84912345678"}, -108),
        ({"phone": "842438250000"}, -108),
        ({"phone": 84912345678}, -108),
        ({"phone": None}, -108),
        ({"template_id": "1"}, -109),
        ({"template_id": 700001}, -109),
        ({"template_data": {}}, -111),
        ({"template_data": None}, -111),
        ({"template_data": {**DATA, "khac": "x"}}, -112),
        ({"template_data": {"ten": "bà Hoa", "han": "31/03/2027"}}, -1122),
        ({"template_data": {**DATA, "ten": ""}}, -1122),
        ({"template_data": {**DATA, "ten": "a" * 31}}, -1121),
        ({"template_data": {**DATA, "ten": unicodedata.normalize("NFD", "ạ" * 16)}}, -1121),
        ({"template_data": {**DATA, "ngay": 12}}, -1124),
        ({"template_data": {**DATA, "ngay": "mười"}}, -1124),
        ({"template_data": {**DATA, "han": "cuối tháng"}}, -1124),
        ({"tracking_id": None}, -132),
        ({"tracking_id": ""}, -132),
        ({"tracking_id": "a" * 49}, -132),
        ({"sending_mode": "3"}, -161),
        ({"mode": "test"}, -132),
        ({"mode": "development"}, -127),
    ],
)
def test_what_is_refused(zalo: ZaloStandIn, change: dict[str, object], error: int) -> None:
    assert zalo.invite(**change)["error"] == error  # type: ignore[arg-type]
    assert [entry["code"] for entry in zalo.log("refused")] == [error]
    assert zalo.log("message") == []


@pytest.mark.parametrize(
    "change",
    [
        {"tracking_id": "a" * 48},
        {"sending_mode": "1"},
        {"template_data": {**DATA, "ten": "ạ" * 30, "them": "Mang theo căn cước."}},
        {"template_data": {**DATA, "han": "08:00 31/03/2027", "them": None}},
    ],
)
def test_what_is_just_allowed(zalo: ZaloStandIn, change: dict[str, object]) -> None:
    assert zalo.invite(**change)["error"] == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(("content", "error"), [(b"", -121), (b"{", -122), (b"[]", -122)])
def test_a_body_that_is_none(zalo: ZaloStandIn, content: bytes, error: int) -> None:
    url = f"{zalo.url}/zalo/business/message/template"
    answer = httpx.post(url, content=content, headers={"access_token": zalo.access_token})
    assert (answer.status_code, answer.json()["error"]) == (200, error)


def test_at_night_it_must_wait(start_zalo: StartZalo) -> None:
    zalo = start_zalo(templates=(INVITATION, replace(INVITATION, id="700009", at_night=True)))
    for hours, error in ((12.5, -133), (7.99, -133), (0.02, 0)):  # it is 9:30 at first: 22:00, 5:59, 6:00
        zalo.clock.forward(hours=hours)
        assert zalo.invite()["error"] == error
        assert zalo.invite(template_id="700009")["error"] == 0
        assert by_user_id(zalo)["error"] == 0


def test_people_who_get_none(zalo: ZaloStandIn) -> None:
    zalo.person(has_zalo=False)
    assert zalo.invite()["error"] == -118
    assert by_user_id(zalo)["error"] == -201
    zalo.person(has_zalo=True, template_refusal=-141)
    assert zalo.invite() == {"error": -141, "message": "User refused to receive ZNS from this OA"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"status": "PENDING_REVIEW"}, -131),
        ({"status": "REJECT"}, -131),
        ({"status": "DISABLE"}, -146),
        ({"ours": False}, -117),
    ],
)
def test_templates_that_cannot_be_used(start_zalo: StartZalo, change: dict[str, Any], error: int) -> None:
    zalo = start_zalo(templates=(replace(INVITATION, **change),))
    assert zalo.invite()["error"] == error
    assert by_user_id(zalo)["error"] == error


def test_quotas_of_the_day(start_zalo: StartZalo) -> None:
    limited = replace(INVITATION, id="700002", daily_quota=1)
    zalo = start_zalo(templates=(INVITATION, limited), daily_quota=3)
    assert [zalo.invite(template_id="700002")["error"] for _ in range(2)] == [0, -147]
    assert [zalo.invite()["error"] for _ in range(3)] == [0, 0, -144]
    quota = zalo.get("/business/message/quota").json()["data"]
    assert (quota["dailyQuota"], quota["remainingQuota"]) == (3, 0)
    zalo.clock.forward(days=1)
    assert zalo.invite()["data"]["quota"]["remainingQuota"] == "2"


def test_the_balance_ends_and_is_topped_up(start_zalo: StartZalo) -> None:
    zalo = start_zalo(balance=500)
    assert [zalo.invite()["error"] for _ in range(3)] == [0, 0, -115]
    assert zalo.control.post("/zalo/account", json={"balance": 200}).json()["balance"] == 200
    assert [zalo.invite()["error"] for _ in range(2)] == [0, -115]


def test_trying_out_is_free_and_for_administrators(start_zalo: StartZalo) -> None:
    zalo = start_zalo(admins=frozenset({PHONE}), balance=0)
    assert zalo.invite()["error"] == -115
    answer = zalo.invite(mode="development")
    assert (answer["error"], answer["data"]["quota"]["remainingQuota"]) == (0, "5000")


def test_a_repeated_tracking_id_is_another_message(zalo: ZaloStandIn) -> None:
    first, second = zalo.invite(), zalo.invite()
    assert first["data"]["msg_id"] != second["data"]["msg_id"]
    assert [entry["details"]["tracking_id"] for entry in zalo.log("message")] == ["row-7", "row-7"]


def test_by_user_id_no_window_is_needed(zalo: ZaloStandIn) -> None:
    zalo.follow()
    zalo.clock.forward(days=20)
    assert zalo.consult("quá hạn")["error"] == -230
    answer = by_user_id(zalo)
    assert answer["error"] == 0
    assert (answer["data"]["user_id"], answer["data"]["quota"]["remain"]) == (USER, 4999)
    zalo.deliver()
    assert zalo.messages()[-1]["text"].startswith("Kính gửi bà Hoa.")


def test_by_user_id_not_every_template_goes(start_zalo: StartZalo) -> None:
    offers = replace(INVITATION, id="700002", tag=3)
    zalo = start_zalo(templates=(replace(INVITATION, by_user_id=False), offers))
    assert by_user_id(zalo)["error"] == -249
    assert by_user_id(zalo, template_id="700002")["error"] == 0
    zalo.clock.forward(hours=13)
    assert by_user_id(zalo, template_id="700002")["error"] == -234


def test_the_list_of_templates(start_zalo: StartZalo) -> None:
    more = [replace(INVITATION, id=f"70000{n}", status="REJECT" if n == 3 else "ENABLE") for n in range(2, 5)]
    zalo = start_zalo(templates=(INVITATION, *more, Template("9", "của người khác", "", ours=False)))
    whole = zalo.get("/business/template/all").json()
    assert [line["templateId"] for line in whole["data"]] == ["700001", "700002", "700003", "700004"]
    assert whole["metadata"] == {"total": 4}
    page = zalo.get("/business/template/all", offset=1, limit=2, status=1).json()
    assert [line["templateId"] for line in page["data"]] == ["700002", "700004"]
    for wrong in ({"status": "ENABLE"}, {"status": "9"}, {"limit": "101"}, {"limit": "0"}, {"offset": "-1"}):
        assert zalo.get("/business/template/all", **wrong).json()["error"] == -132


def test_a_template_s_parameters(zalo: ZaloStandIn) -> None:
    data = zalo.get("/business/template/info/v2", template_id="700001").json()["data"]
    assert (data["templateName"], data["status"], data["price"]) == ("Thư mời kê khai", "ENABLE", "200")
    assert data["listParams"][2] == {
        "name": "ngay", "require": True, "type": "NUMBER", "maxLength": 5, "minLength": 0, "acceptNull": False
    }  # fmt: skip
    assert zalo.get("/business/template/info/v2", template_id="9").json()["error"] == -109


def test_a_review_ends_and_the_customer_is_told(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(templates=(replace(INVITATION, status="PENDING_REVIEW"),))
    assert zalo.invite()["error"] == -131
    decided = {"status": "REJECT", "reason": "Mẫu tin bị lặp"}
    assert zalo.control.post("/zalo/templates/700001/status", json=decided).status_code == 200
    zalo.control.post("/zalo/templates/700001/status", json={"status": "ENABLE"})
    zalo.deliver()
    assert [told.body["status"] for told in hook.told] == [
        {"prev_status": "PENDING_REVIEW", "new_status": "REJECT"},
        {"prev_status": "REJECT", "new_status": "ENABLE"},
    ]
    body = hook.told[0].body
    assert (body["event_name"], body["template_id"]) == ("change_template_status", "700001")
    assert body["reason"] == "Mẫu tin bị lặp"
    assert zalo.invite()["error"] == 0
    assert zalo.control.post("/zalo/templates/700001/status", json={"status": "GOOD"}).status_code == 400


def test_another_quota_is_told(zalo: ZaloStandIn, hook: Hook) -> None:
    assert zalo.control.post("/zalo/account", json={"daily_quota": 500}).json()["remaining_quota"] == 500
    zalo.deliver()
    assert hook.told[0].body["quota"] == {"prev_value": "5000", "new_value": "500"}
