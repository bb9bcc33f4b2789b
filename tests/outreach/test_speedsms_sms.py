"""The SpeedSMS adapter against the stand-in over HTTP."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from language.phones import to_e164
from outreach.channels.adapter import (
    Accepted,
    CannotTell,
    ErrorClass,
    NotSent,
    Outgoing,
    Rejected,
    Throttled,
    Unknown,
)
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from outreach.channels.speedsms.sms import SpeedSms
from simulator.speedsms.config import SpeedSmsConfig
from tests.channels.domestic_site import Site, StartSite, answers_always, start_site

__all__ = ["start_site"]

PHONE = "0912345678"
WORD = Outgoing(7, PHONE, "Kinh gui ong/ba", key="7-0")


@pytest.fixture
def site(start_site: StartSite) -> Site:
    return start_site("speedsms", {"LOA_READ_TIMEOUT_SECONDS": "0.3"})


def adapter() -> SpeedSms:
    found = adapter_for("speedsms")
    assert isinstance(found, SpeedSms)
    return found


def lit() -> Fuse:
    return Fuse(60)


def test_a_message_is_taken_under_the_brandname_and_known_by_its_transaction(site: Site) -> None:
    outcome = adapter().send(replace(WORD, body="Ba\u0300 đồng ý chứ ạ?"), lit())
    [taken] = site.messages(to_e164(PHONE))
    assert (taken["text"], taken["office"]) == ("Bà đồng ý chứ ạ?", "UBND-LANG")
    kept = site.standing.simulator.world.ledger.message(taken["id"])
    assert kept is not None
    assert outcome == Accepted(str(kept.details["tran_id"]))


@pytest.mark.parametrize(
    ("environment", "config", "expected"),
    [
        ({"LOA_SPEEDSMS_TOKEN": "sai"}, {}, Rejected("http_401", ErrorClass.STOP_ACCOUNT)),
        ({}, {"ips": frozenset({"10.0.0.1"})}, Rejected("007", ErrorClass.STOP_ACCOUNT)),
        ({}, {"blocked": True}, Rejected("008", ErrorClass.STOP_ACCOUNT)),
        ({}, {"api_off": True}, Rejected("009", ErrorClass.STOP_ACCOUNT)),
        ({}, {"brandnames": frozenset({"KHAC"})}, Rejected("101", ErrorClass.OUR_BUG)),
        ({}, {"balance": 10}, Rejected("300", ErrorClass.STOP_ACCOUNT)),
    ],
)
def test_refusals_of_the_account(
    start_site: StartSite, environment: dict[str, str], config: dict[str, object], expected: Rejected
) -> None:
    site = start_site("speedsms", environment, speedsms=SpeedSmsConfig(**config))  # type: ignore[arg-type]
    assert adapter().send(WORD, lit()) == expected
    assert site.texts_to(to_e164(PHONE)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"address": "02438340000"}, Rejected("105", ErrorClass.UNREACHABLE)),
        ({"address": "khong phai so"}, Rejected("no_phone", ErrorClass.UNREACHABLE)),
        ({"body": "dai " * 115}, Rejected("too_long", ErrorClass.OUR_BUG)),
        ({"body": " "}, Rejected("101", ErrorClass.OUR_BUG)),
    ],
)
def test_refusals_of_the_message(site: Site, changes: dict[str, str], expected: Rejected) -> None:
    assert adapter().send(replace(WORD, **changes), lit()) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "rate_limited", "seconds": 42}, Throttled(42.0)),
        ({"kind": "server_error"}, Rejected("500", ErrorClass.RETRY_LATER)),
        ({"kind": "server_error", "code": 503}, Unknown("http_503")),
        ({"kind": "server_error", "code": 502}, Unknown("http_502")),
        ({"kind": "dropped"}, Unknown("connection_lost")),
        ({"kind": "dropped_after_accept"}, Unknown("connection_lost")),
        ({"kind": "timeout_after_accept"}, Unknown("read_timeout")),
        ({"kind": "refused", "code": 113}, Rejected("113", ErrorClass.OUR_BUG)),
    ],
)
def test_trouble(site: Site, fault: dict[str, object], expected: object) -> None:
    site.fault(count=1, **fault)  # type: ignore[arg-type]
    assert adapter().send(WORD, lit()) == expected


def test_too_many_requests_slow_the_account_down(start_site: StartSite) -> None:
    start_site("speedsms", speedsms=SpeedSmsConfig(requests_per_minute=1))
    assert isinstance(adapter().send(WORD, lit()), Accepted)
    outcome = adapter().send(WORD, lit())
    assert isinstance(outcome, Throttled) and 0 < (outcome.retry_after or 0) <= 60


def test_after_a_lost_answer_only_a_human_can_decide(site: Site) -> None:
    site.fault("dropped_after_accept", count=1)
    assert adapter().send(WORD, lit()) == Unknown("connection_lost")
    assert adapter().look_up(WORD, []) == CannotTell(forever=True)


def test_nobody_listens(start_site: StartSite) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        start_site("speedsms", {"LOA_SPEEDSMS_BASE_URL": f"http://127.0.0.1:{bound.getsockname()[1]}"})
        assert adapter().send(WORD, lit()) == NotSent("no_connection", away=True)


@pytest.mark.parametrize("fuse", [Fuse(-1), Fuse(5, iter([0.0, 0.0, 99.0]).__next__)])
def test_a_blown_fuse_lets_nothing_out(site: Site, fuse: Fuse) -> None:
    assert adapter().send(WORD, fuse) == NotSent("fuse_blown")
    assert site.texts_to(to_e164(PHONE)) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<html/>", Unknown("unreadable_answer")),
        ("{}", Unknown("unreadable_answer")),
        ('{"status": "success", "code": "00"}', Unknown("unreadable_answer")),
        ('{"status": "success", "code": "00", "data": {}}', Unknown("unreadable_answer")),
        ('{"status": "success", "code": "00", "data": {"tranId": 5, "invalidPhone": ["84912345678"]}}',
         Rejected("105", ErrorClass.UNREACHABLE)),
        ('{"status": "success", "code": "00", "data": {"tranId": 5, "invalidPhone": []}}', Accepted("5")),
        ('{"status": "error", "code": "777"}', Rejected("777", ErrorClass.OUR_BUG)),
    ],
)  # fmt: skip
def test_strange_answers(start_site: StartSite, body: str, expected: object) -> None:
    with answers_always(200, body) as url:
        start_site("speedsms", {"LOA_SPEEDSMS_BASE_URL": url})
        assert adapter().send(WORD, lit()) == expected
