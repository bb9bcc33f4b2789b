"""SpeedSMS's webhook: reports and answers to its own number, on the secret path alone, each taken once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach.channels.adapter import Accepted, Outgoing
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from simulator.speedsms.config import SpeedSmsConfig
from tests.channels.domestic_site import SPEEDSMS_SECRET, StartSite, start_site
from tests.channels.door import contacts, door, door_url, receipts, words
from tests.environment import TestClock

__all__ = ["door", "door_url", "start_site"]

PATH = f"/webhooks/speedsms/{SPEEDSMS_SECRET}"
REPORT = {"type": "report", "tranId": 100001, "phone": "84912345678", "status": 0}
INCOMING = {"type": "incoming", "phone": "84912345678", "content": "đồng ý"}


@pytest.fixture
def own(start_site: StartSite) -> None:
    start_site("speedsms")


def post(door: FlaskClient, body: Any, path: str = PATH) -> TestResponse:
    return door.post(path, json=body)


@pytest.mark.parametrize(
    ("status", "word", "code"),
    [
        (0, "delivered", None),
        ("0", "delivered", None),
        (1, "waiting", "report:1"),
        (63, "waiting", "report:63"),
        (64, "failed", "report:64"),
        (101, "failed", "report:101"),
    ],
)
def test_a_report_is_kept_with_what_it_means(
    own: None, door: FlaskClient, status: int | str, word: str, code: str | None
) -> None:
    assert post(door, {**REPORT, "status": status}).status_code == 200
    assert receipts() == [("speedsms", "100001", word, code)]


def test_a_report_repeated_is_kept_once(own: None, door: FlaskClient) -> None:
    assert [post(door, REPORT).status_code for _ in range(3)] == [200] * 3
    assert len(receipts()) == 1


def test_an_answer_comes_in_as_sms(own: None, door: FlaskClient) -> None:
    assert post(door, INCOMING).status_code == 200
    [word] = words()
    assert (word.text, word.channel.value, contacts()) == ("đồng ý", "sms", ["0912345678"])
    assert "912345678" not in word.provider_message_id


def test_the_same_words_at_once_are_one_and_later_two(own: None, door: FlaskClient, clock: TestClock) -> None:
    clock.set(clock.now().replace(second=1))
    for _ in range(3):
        assert post(door, INCOMING).status_code == 200
    assert len(words()) == 1
    post(door, {**INCOMING, "content": "1"})
    post(door, {**INCOMING, "phone": "84912345679"})
    assert len(words()) == 3
    clock.advance(timedelta(seconds=30))
    post(door, {**INCOMING, "content": "1"})
    assert [word.text for word in words()] == ["đồng ý", "1", "đồng ý", "1"]


@pytest.mark.parametrize("path", ["/webhooks/speedsms/doan-mo", PATH[:-1], PATH + "x"])
@pytest.mark.parametrize("body", [REPORT, INCOMING])
def test_on_any_other_path_nothing_gets_in(own: None, door: FlaskClient, path: str, body: dict[str, Any]) -> None:
    assert post(door, body, path).status_code == 403
    assert (receipts(), words()) == ([], [])


def test_without_a_secret_every_path_is_wrong(start_site: StartSite, door: FlaskClient) -> None:
    start_site("speedsms", {"LOA_SPEEDSMS_WEBHOOK_SECRET": ""})
    assert post(door, REPORT, "/webhooks/speedsms/x").status_code == 403
    assert receipts() == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ({}, "type"),
        ({**REPORT, "type": "other"}, "type"),
        ({**REPORT, "type": 5}, "type"),
        ({**REPORT, "tranId": None}, "tranId"),
        ({**REPORT, "tranId": True}, "tranId"),
        ({**REPORT, "status": "x"}, "status"),
        ({**REPORT, "status": -1}, "status"),
        ({**INCOMING, "phone": "15005550006"}, "phone"),
        ({**INCOMING, "phone": None}, "phone"),
        ({**INCOMING, "content": None}, "content"),
    ],
)
def test_a_malformed_call_is_refused_with_its_field(own: None, door: FlaskClient, body: Any, field: str) -> None:
    answer = post(door, body)
    assert (answer.status_code, answer.get_json()["field"]) == (400, field)
    assert "5005550006" not in answer.text
    assert (receipts(), words()) == ([], [])


def test_what_is_no_json_is_refused(own: None, door: FlaskClient) -> None:
    assert door.post(PATH, data=b"{" * 5000, content_type="application/json").status_code == 400


def test_an_oversized_call_is_refused(own: None, door: FlaskClient) -> None:
    assert post(door, {**INCOMING, "content": "x" * 100_000}).status_code == 413


def test_a_secret_is_masked_before_it_is_kept(own: None, door: FlaskClient) -> None:
    post(door, {**INCOMING, "content": "ma otp la 482913"})
    assert "482913" not in words()[0].text


@pytest.mark.parametrize(("fault", "told"), [(None, "delivered"), ("undelivered", "failed"), ("failed", "failed")])
def test_the_stand_ins_reports_arrive(start_site: StartSite, door_url: str, fault: str | None, told: str) -> None:
    config = SpeedSmsConfig(webhook_url=door_url + PATH, sent_after=0, delivered_after=0)
    site = start_site("speedsms", speedsms=config)
    if fault:
        site.fault(fault, count=1)
    outcome = adapter_for("speedsms").send(Outgoing(7, "0912345678", "Kinh gui"), Fuse(60))
    assert isinstance(outcome, Accepted)
    site.deliver()
    assert [(mark, word) for _, mark, word, _ in receipts()] == [(outcome.provider_id, told)]


def test_what_the_stand_in_hears_on_its_number_arrives(start_site: StartSite, door_url: str) -> None:
    config = SpeedSmsConfig(webhook_url=door_url + PATH, sent_after=0, delivered_after=0)
    site = start_site("speedsms", {"LOA_SPEEDSMS_SMS_TYPE": "8"}, speedsms=config)
    adapter_for("speedsms").send(Outgoing(7, "0912345678", "Kinh gui"), Fuse(60))
    site.fault("webhook_repeated", count=1)
    said = site.standing.control.post("/phones/+84912345678/say", json={"text": "có"})
    assert said.status_code == 202, said.text
    site.deliver()
    assert [word.text for word in words()] == ["có"]
