"""Zalo's door: what the Official Account hears gets in once, signed and in time; everything else leaves nothing.

What holds for every channel's door is in `tests/channels/test_channel_cases_in.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from conversations.attachment import Attachment
from conversations.events import Event
from conversations.thread import Channel, InboundMessage, Thread
from core.clock import now
from core.database import transaction
from outreach.account_quota import quota_left
from outreach.channels.provider import MediaGone
from outreach.channels.registry import provider_named
from outreach.channels.zalo import house, jobs
from outreach.channels.zalo.template_rows import approval_of, templates_known
from outreach.channels.zalo.tracking import tracking_id
from outreach.message import Receipt
from roster.contact import ContactPoint
from simulator.zalo.config import ReceiptShape, SeenShape
from simulator.zalo.config import TimestampPlace as StandInPlace
from tests.channels.doors import open_door
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from tests.simulator.zalo_customer import APP_ID, OA_ID, OA_SECRET, PHONE, USER, ZaloStandIn
from webhooks.app import create_app

__all__ = ["zalo_site"]

PATH = "/webhooks/zalo"
type Begin = Callable[..., ZaloStandIn]


@pytest.fixture
def site(zalo_site: StartSite, database: str) -> Iterator[Begin]:
    """site(environment, **changes): the stand-in, which calls the door on its real port."""
    with open_door() as url:
        yield lambda environment=None, **changes: zalo_site(environment, webhook_url=url + PATH, **changes)
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE contact_point, receipt, attachment, procrastinate_jobs CASCADE")


@pytest.fixture
def door(site: Begin) -> FlaskClient:
    """The door under our own hand, set up for the OA."""
    site()
    return create_app().test_client()


def taken_in() -> list[InboundMessage]:
    with transaction() as session:
        return list(session.scalars(select(InboundMessage).order_by(InboundMessage.id)))


def receipts() -> set[tuple[str, str]]:
    with transaction() as session:
        return {(row.provider_message_id, row.status) for row in session.scalars(select(Receipt))}


def contact() -> ContactPoint:
    with transaction() as session:
        return session.scalars(select(ContactPoint)).one()


def stamp(at: Any = None) -> str:
    return str(int((at or now()).timestamp() * 1000))


def word(**changed: Any) -> dict[str, Any]:
    whole = {
        "app_id": APP_ID,
        "sender": {"id": USER},
        "recipient": {"id": OA_ID},
        "event_name": "user_send_text",
        "message": {"text": "có", "msg_id": "m1"},
        "timestamp": stamp(),
    }
    return {**whole, **changed}


def mac(raw: bytes, timestamp: str, secret: str = OA_SECRET) -> str:
    return "mac=" + hashlib.sha256(APP_ID.encode() + raw + timestamp.encode() + secret.encode()).hexdigest()


def post(door: FlaskClient, body: object, signature: str | None = None, **headers: str) -> TestResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    at = str(body.get("timestamp", "")) if isinstance(body, dict) else ""
    signed = mac(raw, headers.get("X-ZEvent-Timestamp", at)) if signature is None else signature
    return door.post(PATH, data=raw, headers={"X-ZEvent-Signature": signed, **headers})


# --- what the stand-in tells -------------------------------------------------------------------------------------


def test_a_word_comes_in_with_its_thread_and_the_job_that_answers_it(site: Begin) -> None:
    zalo = site()
    said = zalo.say("dạ có ạ 👍")
    zalo.deliver()
    [message] = taken_in()
    assert (message.channel, message.text, message.payload) == (Channel.ZALO, "dạ có ạ 👍", None)
    assert message.provider_message_id == said["id"]
    assert contact().address == USER
    with transaction() as session:
        jobs_waiting = session.execute(text("SELECT task_name, lock FROM procrastinate_jobs")).all()
        assert session.get_one(Thread, message.thread_id).channel is Channel.ZALO
    assert jobs_waiting == [("conversations.answer", f"thread:{message.thread_id}")]
    assert [entry["http_status"] for entry in zalo.log("webhook")] == [200]


def test_a_pressed_button_comes_back_as_its_payload_and_a_menu_as_words(site: Begin) -> None:
    zalo = site()
    authorise()
    zalo.follow()
    zalo.access_token = house.keeper().current()
    buttons = [
        {"title": "Đồng ý", "type": "oa.query.hide", "payload": "nut:consent=yes"},
        {"title": "Bắt đầu", "type": "oa.query.show", "payload": "Bắt đầu"},
    ]
    sent = zalo.consult({"text": "Chọn ạ", "attachment": {"type": "template", "payload": {"buttons": buttons}}})
    zalo.deliver()
    for title in ("Đồng ý", "Bắt đầu"):
        assert zalo.act("press", message=sent["data"]["message_id"], button=title).status_code == 202
    zalo.deliver()
    assert [(one.text, one.payload) for one in taken_in()[1:]] == [("", "consent=yes"), ("Bắt đầu", None)]


@pytest.mark.parametrize(
    ("kind", "event", "kept"),
    [
        ("image/jpeg", Event.PICTURE, True),
        ("audio/mpeg", Event.VOICE, True),
        ("video/mp4", Event.VIDEO, True),
        ("application/pdf", Event.FILE, True),
        ("sticker", Event.STICKER, False),
    ],
)
def test_what_comes_besides_words(site: Begin, kind: str, event: Event, kept: bool) -> None:
    zalo = site()
    if kind == "sticker":
        zalo.act("sticker")
    else:
        zalo.say("gửi cháu", media=[kind])
    zalo.deliver()
    [message] = taken_in()
    assert message.media == event
    with transaction() as session:
        references = list(session.scalars(select(Attachment.reference)))
    assert bool(references) is kept
    for reference in references:
        assert provider_named("zalo").fetch_media(str(reference)).content_type == kind


def test_pictures_are_fetched_from_zalo_alone(site: Begin) -> None:
    site()
    for foreign in ("http://127.0.0.1:9/zalo/media/1", "https://zdn.vn.example/x", "file:///etc/passwd", ""):
        with pytest.raises(MediaGone):
            provider_named("zalo").fetch_media(foreign)


def test_following_and_leaving(site: Begin) -> None:
    zalo = site()
    zalo.follow()
    zalo.deliver()
    zalo.act("unfollow")
    zalo.deliver()
    assert [(one.media, one.text) for one in taken_in()] == [(Event.FOLLOW, ""), (Event.UNFOLLOW, "")]


@pytest.mark.parametrize("older", [False, True])
def test_a_shared_phone(site: Begin, older: bool) -> None:
    share_by_form(site({"LOA_ZALO_SHARED_PHONE_PROVES": "true"}, older_submit_info=older))
    [_, shared] = taken_in()
    assert (shared.media, shared.shared_phone) == (Event.CONTACT, "0912345678")


def test_a_phone_by_the_form_proves_nothing_unless_the_operator_says_so(site: Begin) -> None:
    share_by_form(site())
    assert (taken_in()[1].media, taken_in()[1].shared_phone) == (Event.TYPED_CONTACT, "0912345678")


def share_by_form(zalo: ZaloStandIn) -> None:
    authorise()
    zalo.follow()
    zalo.access_token = house.keeper().current()
    element = {"title": "Số điện thoại", "subtitle": "Xin chia sẻ", "image_url": "https://phuong.example/a.png"}
    form = {"template_type": "request_user_info", "elements": [element]}
    assert zalo.consult({"attachment": {"type": "template", "payload": form}})["error"] == 0
    zalo.deliver()
    assert zalo.act("share_contact").status_code == 202
    zalo.deliver()


@pytest.mark.parametrize(
    "shapes",
    [
        {},
        {"receipt_shape": ReceiptShape.FLAT, "seen_shape": SeenShape.SINGLE},
        {"receipts_swapped": False},
    ],
)
def test_receipts_in_every_shape(site: Begin, shapes: dict[str, Any]) -> None:
    zalo = site(**shapes)
    authorise()
    zalo.follow()
    zalo.access_token = house.keeper().current()
    word_id = zalo.consult("Chào bà")["data"]["message_id"]
    data = {"phuong": "UBND Phường Láng", "ten": "bà Hoa", "ma": "AB12", "han": "20/01/2027"}
    assert zalo.invite(template_data=data, tracking_id=tracking_id(41))["error"] == 0
    assert zalo.invite(template_data=data, tracking_id="of-another-installation")["error"] == 0
    zalo.deliver()
    zalo.act("see")
    zalo.deliver()
    assert receipts() == {
        (word_id, "user_received_message"),
        (tracking_id(41), "user_received_message"),
        (word_id, "user_seen_message"),
    }


def test_a_decision_about_a_template_and_a_new_quota_are_looked_at(site: Begin) -> None:
    zalo = site()
    authorise()
    zalo.control.post("/zalo/templates/700001/status", json={"status": "REJECT", "reason": "Thiếu tên đơn vị"})
    zalo.control.post("/zalo/account", json={"daily_quota": 321})
    zalo.deliver()
    assert taken_in() == []
    for template_id, reason in jobs_of(jobs.LOOK):
        jobs.look(template_id, reason)
    with transaction() as session:
        assert approval_of(session, "700001") == "REJECT"
        assert [one.reason for one in templates_known(session)] == ["Thiếu tên đơn vị"]
        assert quota_left(session, "zalo", now()) == 321
    zalo.control.post("/zalo/templates/700001/status", json={"status": "ENABLE"})
    jobs.look_at_account()
    with transaction() as session:
        assert [(one.status, one.reason) for one in templates_known(session)] == [("ENABLE", None)]
        assert approval_of(session, "999") is None


def jobs_of(task: str) -> list[tuple[str, str]]:
    """The arguments of the jobs that wait."""
    with transaction() as session:
        rows = session.execute(text("SELECT args FROM procrastinate_jobs WHERE task_name = :task"), {"task": task})
        return [(args["template_id"], args["reason"]) for (args,) in rows]


def test_a_repeated_call_is_acknowledged_and_taken_in_once(site: Begin) -> None:
    zalo = site()
    zalo.fault("webhook_repeated")
    zalo.say("alo")
    zalo.follow()
    zalo.act("unfollow")
    zalo.deliver()
    assert [one.media for one in taken_in()] == [None, Event.FOLLOW, Event.UNFOLLOW]
    assert [entry["http_status"] for entry in zalo.log("webhook")] == [200] * 6


def test_the_timestamp_in_the_header(site: Begin) -> None:
    zalo = site({"LOA_ZALO_TIMESTAMP_PLACE": "header"}, timestamp_place=StandInPlace.HEADER)
    zalo.say("alo")
    zalo.deliver()
    assert [one.text for one in taken_in()] == ["alo"]
    other = site({"LOA_ZALO_TIMESTAMP_PLACE": "header"}, retry_after=())
    other.say("không")
    other.deliver()
    assert [entry["http_status"] for entry in other.log("webhook")] == [403]


# --- what nobody may ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signature", ["", "mac=", "mac=" + "0" * 64, "forged", "mac=é"])
def test_nothing_unsigned_gets_in(door: FlaskClient, signature: str) -> None:
    assert post(door, word(), signature).status_code == 403
    assert taken_in() == []


def test_a_signature_for_other_words_or_another_time_gets_nothing_in(door: FlaskClient) -> None:
    raw = json.dumps(word()).encode()
    assert post(door, word(message={"text": "không", "msg_id": "m1"}), mac(raw, word()["timestamp"])).status_code == 403
    assert post(door, word(), mac(json.dumps(word()).encode(), "1")).status_code == 403
    assert taken_in() == []


def test_a_recording_played_back_later_gets_nothing_in(door: FlaskClient, clock: TestClock) -> None:
    body = word()
    clock.advance(timedelta(hours=26, minutes=1))
    assert post(door, body).status_code == 403
    assert post(door, word(timestamp=stamp(now() + timedelta(minutes=20)))).status_code == 403
    assert post(door, word(timestamp="bây giờ")).status_code == 403
    assert post(door, word(timestamp="9" * 15)).status_code == 403
    assert taken_in() == []
    assert post(door, word(timestamp=stamp(now() - timedelta(hours=2)))).status_code == 200


def test_zalos_last_repeat_comes_in_time(door: FlaskClient, clock: TestClock) -> None:
    body = word()
    assert post(door, body).status_code == 200
    clock.advance(timedelta(hours=2))
    assert post(door, body).status_code == 200
    assert len(taken_in()) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"event_name": None}, "event_name"),
        ({"message": "có"}, "message"),
        ({"message": {"text": "có"}}, "message.msg_id"),
        ({"message": {"msg_id": "m1"}}, "message.text"),
        ({"message": {"text": "có", "msg_id": "m" * 129}}, "message.msg_id"),
        ({"sender": {}}, "sender.id"),
        ({"sender": {"id": True}}, "sender.id"),
        ({"event_name": "follow"}, "follower"),
        ({"event_name": "user_submit_info"}, "info"),
        ({"event_name": "user_seen_message", "message": {"msg_ids": [None]}}, "message.msg_ids"),
        ({"event_name": "change_template_status"}, "template_id"),
    ],
)
def test_a_malformed_event_is_refused_with_its_field_and_without_its_value(
    door: FlaskClient, changed: dict[str, Any], field: str
) -> None:
    answer = post(door, word(**changed))
    assert (answer.status_code, answer.get_json()["field"]) == (400, field)
    assert USER not in answer.text
    assert taken_in() == []


@pytest.mark.parametrize("raw", [b"", b"khong phai JSON", b"[]", b'"chu"', b"\xff", b"[" * 60_000])
def test_rubbish_is_refused(door: FlaskClient, raw: bytes) -> None:
    assert post(door, raw).status_code == 403, "without a timestamp nothing can be verified"


def test_rubbish_that_is_signed_is_malformed(door: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_ZALO_TIMESTAMP_PLACE", "header")
    read_settings_anew()
    answer = post(door, b"[]", **{"X-ZEvent-Timestamp": stamp()})
    assert (answer.status_code, answer.get_json()["field"]) == (400, "body")


@pytest.mark.parametrize("name", ["oa_send_text", "user_reacted_message", "something_new"])
def test_what_says_nothing_to_us_is_acknowledged(door: FlaskClient, name: str) -> None:
    assert post(door, {"event_name": name, "timestamp": stamp()}).status_code == 200
    assert taken_in() == []


def test_words_that_look_like_an_account_number_stay_words_and_are_unreadable_in_the_database(
    door: FlaskClient, database: str
) -> None:
    post(door, word(message={"text": "stk=0011004123456", "msg_id": "m1"}))
    [message] = taken_in()
    assert (message.text, message.payload) == ("stk=0011004123456", None)
    with psycopg.connect(database) as owner:
        [(kept,)] = owner.execute("SELECT inbound_message::text FROM inbound_message").fetchall()
    assert "0011004123456" not in kept


def test_ids_as_numbers_are_ids_too(door: FlaskClient) -> None:
    assert post(door, word(sender={"id": int(USER)}, timestamp=int(stamp()))).status_code == 200
    assert contact().address == USER


def test_the_picture_above_the_form_is_there(door: FlaskClient) -> None:
    answer = door.get(house.SHARE_IMAGE)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")


def test_nothing_is_counted_twice_in_the_ledger_of_receipts(door: FlaskClient) -> None:
    body = word(event_name="user_seen_message", message={"msg_ids": ["a", "a", "b"]})
    assert [post(door, body).status_code for _ in range(2)] == [200, 200]
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 2
    assert PHONE not in str(receipts())
