"""The short code's webhook: what is signed just now gets in once, without its keyword."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from pydantic import ValidationError
from werkzeug.test import TestResponse

from core.clock import VIETNAM, now
from outreach.channels.shortcode import ShortcodeSettings, how_to_answer_a_brandname
from simulator.config import SimulatorConfig
from simulator.shortcode.config import Body, Contract, ShortcodeConfig
from tests.channels.door import contacts, door, door_url, signed, words
from tests.channels.standing import standing
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from webhooks.shortcode import without_keyword

__all__ = ["door", "door_url"]

PATH = "/webhooks/shortcode"
SECRET = "khoa-chung-cua-dau-so-ngan"
FIELDS = {
    "message_id": "mo1",
    "phone": "84912345678",
    "shortcode": "8079",
    "text": "có",
    "time": "2026-11-10T10:00:00+07:00",
}
OWN = {"LOA_SHORTCODE_NUMBER": "8079", "LOA_SHORTCODE_SECRET": SECRET, "LOA_SHORTCODE_PRICE_DONG": "1000"}


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch, clock: TestClock) -> Iterator[pytest.MonkeyPatch]:
    """The short code is set up; a test may set more and call `read_settings_anew`."""
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)
    read_settings_anew()
    yield monkeypatch
    monkeypatch.undo()
    read_settings_anew()


def post(door: FlaskClient, fields: dict[str, Any], secret: str = SECRET, time: int | None = None) -> TestResponse:
    payload = json.dumps(fields).encode()
    headers = {"Content-Type": "application/json", **signed(secret, payload, time=time)}
    return door.post(PATH, data=payload, headers=headers)


def test_a_word_comes_in_and_the_aggregator_hears_ok(door: FlaskClient) -> None:
    answer = post(door, FIELDS)
    assert (answer.status_code, answer.text) == (200, "OK")
    [word] = words()
    assert (word.text, word.channel.value, contacts()) == ("có", "sms", ["0912345678"])


def test_a_form_and_a_query_are_taken_too(door: FlaskClient) -> None:
    payload = urlencode(FIELDS).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", **signed(SECRET, payload)}
    assert door.post(PATH, data=payload, headers=headers).text == "OK"
    query = urlencode({**FIELDS, "message_id": "mo2", "text": "không"})
    assert door.get(f"{PATH}?{query}", headers=signed(SECRET, query.encode())).text == "OK"
    assert [word.text for word in words()] == ["có", "không"]


def test_the_aggregators_own_names(own: pytest.MonkeyPatch, door: FlaskClient) -> None:
    own.setenv("LOA_SHORTCODE_NAMES", '{"message_id": "smsid", "phone": "sender", "text": "content"}')
    own.setenv("LOA_SHORTCODE_ANSWER", "1")
    read_settings_anew()
    assert post(door, {"smsid": 77, "sender": "0912345678", "content": "có"}).text == "1"
    assert [word.provider_message_id for word in words()] == ["shortcode:77"]


def test_the_same_message_again_is_acknowledged_and_taken_once(door: FlaskClient) -> None:
    assert [post(door, FIELDS).text for _ in range(4)] == ["OK"] * 4
    assert len(words()) == 1


def test_signed_by_another_secret_nothing_gets_in(door: FlaskClient) -> None:
    assert post(door, FIELDS, "khoa-khac").status_code == 403
    assert words() == []


def test_a_signature_of_other_words_gets_nothing_in(door: FlaskClient) -> None:
    headers = signed(SECRET, json.dumps(FIELDS).encode())
    other = json.dumps({**FIELDS, "text": "không"}).encode()
    answer = door.post(PATH, data=other, headers={"Content-Type": "application/json", **headers})
    assert answer.status_code == 403
    assert words() == []


@pytest.mark.parametrize("dropped", ["X-Timestamp", "X-Signature"])
def test_without_a_header_nothing_gets_in(door: FlaskClient, dropped: str) -> None:
    payload = json.dumps(FIELDS).encode()
    headers = {name: value for name, value in signed(SECRET, payload).items() if name != dropped}
    assert door.post(PATH, data=payload, content_type="application/json", headers=headers).status_code == 403


@pytest.mark.parametrize(("seconds", "status"), [(-299, 200), (299, 200), (-310, 403), (310, 403), (-86_400, 403)])
def test_a_recording_is_refused(door: FlaskClient, seconds: int, status: int) -> None:
    assert post(door, FIELDS, time=int(now().timestamp()) + seconds).status_code == status
    assert len(words()) == (status == 200)


@pytest.mark.parametrize("time", ["", "abc", "١٢٣", "9" * 40, "-5"])
def test_a_time_that_is_none_is_refused(door: FlaskClient, time: str) -> None:
    payload = json.dumps(FIELDS).encode()
    mac = hmac.digest(SECRET.encode(), time.encode() + b"." + payload, hashlib.sha256).hex()
    headers = {"X-Timestamp": time.encode().decode("latin-1"), "X-Signature": mac}
    assert door.post(PATH, data=payload, content_type="application/json", headers=headers).status_code == 403


def test_without_a_secret_a_signature_with_the_empty_key_gets_nothing_in(
    own: pytest.MonkeyPatch, door: FlaskClient
) -> None:
    own.setenv("LOA_SHORTCODE_SECRET", "")
    read_settings_anew()
    assert post(door, FIELDS, "").status_code == 403
    assert words() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"message_id": ""}, "message_id"),
        ({"message_id": "x" * 200}, "message_id"),
        ({"phone": "15005550006"}, "phone"),
        ({"phone": None}, "phone"),
        ({"text": None}, "text"),
    ],
)
def test_a_malformed_word_is_refused_with_its_field(door: FlaskClient, changes: dict[str, Any], field: str) -> None:
    answer = post(door, {**FIELDS, **changes})
    assert (answer.status_code, answer.get_json()["field"]) == (400, field)
    assert "5005550006" not in answer.text
    assert words() == []


def test_an_oversized_word_is_refused(door: FlaskClient) -> None:
    assert post(door, {**FIELDS, "text": "x" * 100_000}).status_code == 413


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("LP co", "co"),
        ("lp  có ạ", "có ạ"),
        ("Lp: không", "không"),
        (" LP1", "1"),
        ("LP", ""),
        ("LP TU CHOI", "TU CHOI"),
        ("LPcó", "LPcó"),
        ("alp co", "alp co"),
        ("co", "co"),
    ],
)
def test_the_keyword_is_taken_off(text: str, left: str) -> None:
    assert without_keyword(text, "LP") == left
    assert without_keyword(text, "") == text


def test_the_keyword_alone_opens_the_talk(own: pytest.MonkeyPatch, door: FlaskClient) -> None:
    own.setenv("LOA_SHORTCODE_KEYWORD", "LP")
    read_settings_anew()
    post(door, {**FIELDS, "text": "LP"})
    post(door, {**FIELDS, "message_id": "mo2", "text": "lp 1"})
    assert [(word.text, word.media) for word in words()] == [("", "follow"), ("1", None)]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "nhắn đến 8079 (1.000đ/tin)"),
        ({"LOA_SHORTCODE_KEYWORD": "lp"}, "viết LP ở đầu, gửi 8079 (1.000đ/tin)"),
        ({"LOA_SHORTCODE_PRICE_DONG": "0"}, "nhắn đến 8079 (miễn phí)"),
        ({"LOA_SHORTCODE_PRICE_DONG": "15000"}, "nhắn đến 8079 (15.000đ/tin)"),
        ({"LOA_SHORTCODE_NUMBER": ""}, "gọi điện cho cán bộ"),
    ],
)
def test_what_a_text_says_of_how_it_is_answered(own: pytest.MonkeyPatch, settings: dict[str, str], said: str) -> None:
    for name, value in settings.items():
        own.setenv(name, value)
    read_settings_anew()
    assert how_to_answer_a_brandname() == said


@pytest.mark.parametrize("changes", [{"number": "tám không"}, {"keyword": "có dấu"}, {"price_dong": -1}])
def test_settings_that_cannot_be(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ShortcodeSettings(**changes)


@pytest.mark.parametrize(
    ("changes", "problems"), [({}, 0), ({"secret": "ngan"}, 1), ({"price_dong": None}, 1), ({"contract": "esms"}, 1)]
)
def test_what_production_refuses(changes: dict[str, Any], problems: int) -> None:
    sound = {"number": "8079", "secret": "s" * 16, "price_dong": 1000}
    assert len(ShortcodeSettings(**{**sound, **changes}).problems_in_production()) == problems


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("keyword", ["", "LP"])
def test_the_stand_ins_words_arrive(own: pytest.MonkeyPatch, door_url: str, body: Body, keyword: str) -> None:
    own.setenv("LOA_SHORTCODE_KEYWORD", keyword)
    read_settings_anew()
    config = ShortcodeConfig(webhook_url=door_url + PATH, secret=SECRET, body=body, keyword=keyword)
    with standing(SimulatorConfig(automatic=False, shortcode=config)) as site:
        site.fault("shortcode", "webhook_repeated", count=1)
        message = site.simulator.provider("shortcode").say("+84912345678", f"{keyword} đồng ý ạ".strip(), [], "")
        site.simulator.deliver_pending()
        assert (message.status, message.error_code) == ("received", None)
    assert [word.text for word in words()] == ["đồng ý ạ"]


# --- eSMS's own contract ---------------------------------------------------------------------------------------------

KEY = "khoa-rieng-cua-esms"


@pytest.fixture
def esms(own: pytest.MonkeyPatch) -> None:
    own.setenv("LOA_SHORTCODE_CONTRACT", "esms")
    own.setenv("LOA_SHORTCODE_CP_ID", "LOAPHUONG")
    own.setenv("LOA_SHORTCODE_PRIVATE_KEY", KEY)
    read_settings_anew()


def get(door: FlaskClient, *, key: str = KEY, ago: timedelta = timedelta(0), **changes: str) -> TestResponse:
    fields = {
        "sender": "84912345678",
        "content": "đồng ý",
        "smsid": "77",
        "receiverTime": f"{(now() - ago).astimezone(VIETNAM):%Y%m%d%H%M%S}",
        **changes,
    }
    whole = "LOAPHUONG" + fields["smsid"] + fields["content"] + fields["receiverTime"] + key
    sign = base64.b64encode(hashlib.md5(whole.encode()).digest()).decode()
    return door.get(PATH, query_string={"sign": sign, **fields})


def test_esms_words_arrive_once(esms: None, door: FlaskClient) -> None:
    answers = [get(door) for _ in range(2)]
    assert [(answer.status_code, answer.mimetype) for answer in answers] == [(200, "text/xml")] * 2
    assert [(word.text, word.provider_message_id) for word in words()] == [("đồng ý", "shortcode:77")]


def test_esms_words_signed_by_another_key_or_long_ago_do_not(esms: None, door: FlaskClient) -> None:
    refused = [
        get(door, key="khac"),
        get(door, key=""),
        get(door, sign=""),
        get(door, ago=timedelta(hours=25)),
        get(door, ago=timedelta(hours=-25)),
        get(door, receiverTime="hôm nay"),
    ]
    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert words() == []


def test_without_a_private_key_a_signature_with_the_empty_one_gets_nothing_in(
    esms: None, own: pytest.MonkeyPatch, door: FlaskClient
) -> None:
    own.setenv("LOA_SHORTCODE_PRIVATE_KEY", "")
    read_settings_anew()
    assert get(door, key="").status_code == 403
    assert words() == []


def test_esms_words_arrive_from_the_stand_in(esms: None, door_url: str) -> None:
    config = ShortcodeConfig(webhook_url=door_url + PATH, contract=Contract.ESMS, private_key=KEY)
    with standing(SimulatorConfig(automatic=False, shortcode=config)) as site:
        message = site.simulator.provider("shortcode").say("+84912345678", "1", [], "")
        site.simulator.deliver_pending()
        assert message.error_code is None
    assert [word.text for word in words()] == ["1"]
