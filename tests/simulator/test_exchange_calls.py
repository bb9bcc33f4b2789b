"""Calls to the hotline are told to the webhook: signed, again until taken, wrong in every way they can be."""

import hashlib
import hmac
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig
from simulator.exchange.config import ExchangeConfig
from simulator.gestures import Gesture
from tests.simulator.customer import SetClock
from tests.simulator.desk import Desk, Open, Say, Site

PHONE = "0912345678"
SECRET = "invented-secret"


@pytest.fixture
def desk(open_desk: Open, site: Site) -> Desk:
    return open_desk(exchange=ExchangeConfig(webhook_url=f"{site.url}/calls", secret=SECRET))


def call(desk: Desk, number: str = PHONE, **fields: Any) -> dict[str, object]:
    return desk.act("telephone", number, "call", **fields)


def test_a_missed_call(desk: Desk, site: Site) -> None:
    made = call(desk)
    desk.clock.forward(seconds=30)
    desk.deliver()
    [heard] = site.heard
    assert (heard.method, heard.path) == ("POST", "/calls")
    assert heard.json == {
        "call_id": made["id"], "caller": "84912345678", "hotline": "02438250000", "kind": "missed",
        "at": "2027-01-20T09:30:00+07:00", "seconds": 25,
    }  # fmt: skip
    assert heard.headers["X-Timestamp"] == str(int(desk.clock().timestamp()))
    signed = heard.headers["X-Timestamp"].encode() + b"." + heard.raw
    assert heard.headers["X-Signature"] == hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("fields", "kind", "seconds", "words"),
    [
        ({"kind": "answered"}, "answered", 90, "Gọi tổng đài, có người nghe máy"),
        ({"kind": "answered", "seconds": 600}, "answered", 600, "Gọi tổng đài, có người nghe máy"),
        ({"kind": "hangup_before"}, "hangup_before", 2, "Nháy máy tổng đài"),
        ({"kind": "missed", "seconds": 0}, "missed", 0, "Gọi tổng đài, không ai nghe máy"),
    ],
)
def test_how_calls_go(desk: Desk, site: Site, fields: dict[str, Any], kind: str, seconds: int, words: str) -> None:
    call(desk, **fields)
    desk.deliver()
    assert (site.heard[0].json["kind"], site.heard[0].json["seconds"]) == (kind, seconds)
    [shown] = desk.messages("telephone", PHONE)
    assert (shown["kind"], shown["text"], shown["status"]) == ("call", words, "told")


def test_landlines_and_hidden_numbers(desk: Desk, site: Site) -> None:
    call(desk, "024 3825 0001")
    desk.deliver()
    call(desk, hidden=True)
    desk.deliver()
    assert [heard.json["caller"] for heard in site.heard] == ["842438250001", None]


def test_a_call_is_told_until_somebody_takes_it(desk: Desk, site: Site) -> None:
    site.answers = [Say(500), Say(302), Say(204, "")]
    made = call(desk)
    desk.deliver()
    assert [heard.json["call_id"] for heard in site.heard] == [made["id"]] * 3
    assert [entry["http_status"] for entry in desk.log("webhook")] == [500, 302, 204]
    assert desk.messages("telephone", PHONE)[0]["error_code"] is None


def test_after_the_last_wait_it_is_given_up(desk: Desk, site: Site) -> None:
    site.answers = [Say(500)]
    call(desk)
    desk.deliver()
    assert len(site.heard) == 5
    assert desk.messages("telephone", PHONE)[0]["error_code"] == 500


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("webhook_repeated", [1, 1, 2]),
        ("webhook_reordered", [2, 1]),
        ("webhook_late", [2, 1]),
    ],
)
def test_webhooks_go_wrong(desk: Desk, site: Site, kind: str, told: list[int]) -> None:
    desk.fault("exchange", kind, count=1, number=PHONE)
    for seconds in (1, 2):
        call(desk, seconds=seconds)
    desk.deliver()
    assert [heard.json["seconds"] for heard in site.heard] == told
    assert len({heard.json["call_id"] for heard in site.heard}) == 2


def test_other_names(open_desk: Open, site: Site) -> None:
    config = ExchangeConfig(webhook_url=site.url, names={"caller": "so_goi_den"}, timestamp_header="X-Luc")
    desk = open_desk(exchange=config)
    call(desk)
    desk.deliver()
    assert site.heard[0].json["so_goi_den"] == "84912345678"
    assert "X-Luc" in site.heard[0].headers


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        (f"/phones/{PHONE}/acts/call", {"kind": "busy"}, "Cuộc gọi là missed, answered hoặc hangup_before."),
        (f"/phones/{PHONE}/acts/call", {"seconds": -1}, "Mục “seconds” phải là số từ 0 đến 7200."),
        (f"/phones/{PHONE}/acts/press", {}, "Máy này không làm được việc đó."),
        (f"/phones/{PHONE}/say", {"text": "a"}, "Điện thoại gọi tổng đài chỉ gọi được, không nhắn tin."),
        ("/phones/12/acts/call", {}, "Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678 hoặc 024 3825 0000."),
    ],
)
def test_what_a_telephone_cannot_do(desk: Desk, path: str, body: dict[str, object], words: str) -> None:
    answer = desk.control.post(f"{path}?channel=telephone", json=body)
    assert (answer.status_code, answer.json()["error"]) == (400, words)


def test_a_call_under_way_is_told_once_after_a_restart(tmp_path: Path, site: Site) -> None:
    exchange = replace(ExchangeConfig(), webhook_url=site.url)
    config = SimulatorConfig(journal=tmp_path / "log.jsonl", automatic=False, exchange=exchange)
    for turn in range(3):
        simulator = simulator_of(create_app(config, SetClock()))
        if turn:
            simulator.deliver_pending()
        else:
            provider = simulator.provider("exchange")
            assert provider is not None
            provider.act("+84912345678", Gesture.CALL, {})
        simulator.close()
    assert len(site.heard) == 1
