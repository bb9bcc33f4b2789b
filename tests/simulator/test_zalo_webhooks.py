"""What the customer is told: signed over the very bytes, repeated until taken, and wrong in every way it can be."""

import hashlib
import hmac

import pytest

from simulator.config import SimulatorConfig
from simulator.zalo.config import ReceiptShape, SeenShape, TimestampPlace
from tests.simulator.zalo_customer import APP_ID, OA_ID, OA_SECRET, PHONE, USER, Hook, StartZalo, Told, ZaloStandIn


def mac(told: Told, timestamp: str) -> str:
    plain = APP_ID.encode() + told.raw + timestamp.encode() + OA_SECRET.encode()
    return f"mac={hashlib.sha256(plain).hexdigest()}"


def test_the_signature_is_a_plain_digest_with_the_body_s_timestamp(zalo: ZaloStandIn, hook: Hook) -> None:
    zalo.say("dạ có ạ 👍")
    zalo.deliver()
    [told] = hook.told
    assert told.headers["X-ZEvent-Signature"] == mac(told, told.body["timestamp"])
    assert "dạ có ạ 👍".encode() in told.raw
    assert "X-ZEvent-Timestamp" not in told.headers
    keyed = hmac.new(OA_SECRET.encode(), APP_ID.encode() + told.raw, hashlib.sha256).hexdigest()
    assert keyed not in told.headers["X-ZEvent-Signature"]


def test_the_timestamp_can_stand_in_the_header(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(timestamp_place=TimestampPlace.HEADER)
    hook.statuses = [500, 200]
    zalo.say("alo")
    zalo.clock.forward(seconds=7)  # the call is later than what it tells of
    zalo.deliver()
    for told in hook.told:
        at = told.headers["X-ZEvent-Timestamp"]
        assert int(at) == int(told.body["timestamp"]) + 7000
        assert told.headers["X-ZEvent-Signature"] == mac(told, at)


def test_what_was_said(zalo: ZaloStandIn, hook: Hook) -> None:
    said = zalo.say("Cháu ơi")
    zalo.deliver()
    assert hook.told[0].body == {
        "app_id": APP_ID,
        "sender": {"id": USER},
        "user_id_by_app": zalo.person()["user_id_by_app"],
        "recipient": {"id": OA_ID},
        "event_name": "user_send_text",
        "message": {"text": "Cháu ơi", "msg_id": said["id"]},
        "timestamp": str(int(zalo.clock.now.timestamp() * 1000)),
    }
    assert hook.told[0].headers["Content-Type"].startswith("application/json")


def test_it_is_repeated_five_times_until_it_is_taken(zalo: ZaloStandIn, hook: Hook) -> None:
    hook.statuses = [500, 404, 302, 201, 204, 503]
    zalo.say("alo")
    zalo.deliver()
    assert [told.headers.get("num_retry") for told in hook.told] == [None, "1", "2", "3", "4", "5"]
    assert len({told.raw for told in hook.told}) == 1
    assert [entry["attempt"] for entry in zalo.log("webhook")] == [1, 2, 3, 4, 5, 6]
    assert zalo.messages()[0]["status"] == "not_taken"


def test_it_ends_with_the_first_200(zalo: ZaloStandIn, hook: Hook) -> None:
    hook.statuses = [503, 200, 503]
    zalo.say("alo")
    zalo.deliver()
    assert len(hook.told) == 2
    assert zalo.messages()[0]["status"] == "taken"


def test_an_answer_that_comes_too_late_is_none(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(answer_within=0.1, retry_after=(30.0,))
    hook.statuses = [0, 200]
    zalo.say("alo")
    zalo.deliver()
    assert [entry["failure"] for entry in zalo.log("webhook")] == ["read", None]


def test_a_repeat_waits_and_lets_others_pass(zalo: ZaloStandIn, hook: Hook) -> None:
    hook.statuses = [500, 200]
    for text in ("một", "hai", "ba"):
        zalo.say(text)
    zalo.deliver()
    assert hook.texts() == ["một", "hai", "ba", "một"]


def test_by_itself_the_first_repeat_comes_after_its_delay(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(SimulatorConfig(lanes=1), retry_after=(0.05, 3600.0))
    hook.statuses = [500, 500, 200]
    zalo.say("alo")
    while len(hook.told) < 2:
        assert len(zalo.log("webhook")) <= 2
    assert len(hook.told) == 2


def test_what_a_person_says_comes_in_order(zalo: ZaloStandIn, hook: Hook) -> None:
    texts = [str(number) for number in range(20)]
    for text in texts:
        zalo.say(text)
    zalo.deliver()
    assert hook.texts() == texts


@pytest.mark.parametrize(
    ("kind", "came"),
    [
        ("webhook_repeated", ["một", "một", "hai"]),
        ("webhook_reordered", ["hai", "một"]),
        ("webhook_late", ["hai", "một"]),
    ],
)
def test_what_was_said_goes_wrong_on_its_way(zalo: ZaloStandIn, hook: Hook, kind: str, came: list[str]) -> None:
    zalo.fault(kind, count=1)
    zalo.say("một")
    zalo.say("hai")
    zalo.deliver()
    assert hook.texts() == came


def test_a_message_that_arrives_and_is_seen(zalo: ZaloStandIn, hook: Hook) -> None:
    zalo.follow()
    first, second = (zalo.consult(text)["data"]["message_id"] for text in ("một", "hai"))
    zalo.deliver()
    assert zalo.act("see").status_code == 202
    zalo.deliver()
    assert hook.names() == ["follow", "user_received_message", "user_received_message", "user_seen_message"]
    received, seen = hook.told[1].body, hook.told[3].body
    assert (received["sender"]["id"], received["recipient"]["id"]) == (OA_ID, USER)
    assert received["message"] == {"msg_id": first}
    assert seen["message"] == {"msg_ids": [first, second]}
    assert [m["status"] for m in zalo.messages()] == ["taken", "seen", "seen"]
    assert zalo.act("see").status_code == 400


def test_receipts_can_be_shaped_otherwise(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(seen_shape=SeenShape.SINGLE, receipts_swapped=False, receipt_shape=ReceiptShape.FLAT)
    zalo.follow()
    ids = [zalo.consult(text)["data"]["message_id"] for text in ("một", "hai")]
    zalo.deliver()
    zalo.act("see")
    zalo.invite()
    zalo.deliver()
    seen = [told.body for told in hook.told if told.body["event_name"] == "user_seen_message"]
    assert [body["message"]["msg_id"] for body in seen] == ids
    assert (seen[0]["sender"]["id"], seen[0]["recipient"]["id"]) == (USER, OA_ID)
    flat = hook.told[-1].body
    assert "message" not in flat
    assert (flat["tracking_id"], flat["recipient"]["id"]) == ("row-7", "84912345678")


def test_the_receipt_of_a_template_by_phone(zalo: ZaloStandIn, hook: Hook) -> None:
    sent = zalo.invite()["data"]["msg_id"]
    zalo.clock.forward(seconds=3)
    zalo.deliver()
    at = str(int(zalo.clock.now.timestamp() * 1000))
    assert hook.told[0].body == {
        "sender": {"id": OA_ID},
        "recipient": {"id": "84912345678"},
        "event_name": "user_received_message",
        "message": {"delivery_time": at, "msg_id": sent, "tracking_id": "row-7"},
        "app_id": APP_ID,
        "timestamp": at,
    }
    assert hook.told[0].headers["X-ZEvent-Server"] == "ZNS"
    assert zalo.act("see").status_code == 202  # the customer is told nothing of that
    zalo.deliver()
    assert len(hook.told) == 1


RECEIVED, SEEN = "user_received_message", "user_seen_message"


@pytest.mark.parametrize(
    ("kind", "came"),
    [
        ("callback_repeated", [RECEIVED, RECEIVED, SEEN, SEEN]),
        ("callback_late", [RECEIVED, SEEN]),
        ("callback_never", []),
    ],
)
def test_receipts_go_wrong(zalo: ZaloStandIn, hook: Hook, kind: str, came: list[str]) -> None:
    zalo.follow()
    zalo.deliver()
    zalo.fault(kind, count=1)
    zalo.consult("một")
    zalo.deliver()
    zalo.act("see")
    zalo.deliver()
    assert hook.names()[1:] == came
    assert all(message["reached"] for message in zalo.messages())


def test_a_message_can_be_seen_before_it_was_received(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(SimulatorConfig(lanes=1))
    zalo.follow()
    zalo.fault("callback_reordered", count=1)
    zalo.consult("một")
    while not zalo.messages()[-1]["reached"]:
        assert len(zalo.messages()) == 2
    zalo.act("see")
    zalo.deliver()
    assert hook.names() == ["follow", SEEN, RECEIVED]


def test_a_message_that_never_arrives(zalo: ZaloStandIn, hook: Hook) -> None:
    zalo.fault("undelivered", count=1)
    sent = zalo.invite()["data"]["msg_id"]
    zalo.deliver()
    assert hook.told == []
    assert zalo.get("/business/message/status", message_id=sent).json()["data"]["status"] == 0


def test_only_what_was_ticked_is_told(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(events=frozenset({"user_send_text"}))
    zalo.follow()
    zalo.say("alo")
    zalo.consult("Dạ")
    zalo.deliver()
    assert hook.names() == ["user_send_text"]
    assert [m["status"] for m in zalo.messages()] == ["taken", "taken", "received"]


def test_without_a_webhook_nobody_is_told(start_zalo: StartZalo, hook: Hook) -> None:
    zalo = start_zalo(webhook_url=None)
    zalo.say("alo", PHONE)
    zalo.deliver()
    assert hook.told == []
