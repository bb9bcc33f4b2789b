"""The eSMS adapter against the stand-in over HTTP."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import now
from core.database import transaction
from language.phones import to_e164
from outreach.channels.adapter import (
    Accepted,
    AskByRepeating,
    CannotTell,
    ErrorClass,
    Found,
    NotSent,
    Outgoing,
    Rejected,
    Throttled,
    Unknown,
)
from outreach.channels.esms.request_id import LONGEST, request_id
from outreach.channels.esms.sms import EsmsSms
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from outreach.receipts import take_receipt
from simulator.esms.config import EsmsConfig
from tests.channels.domestic_site import ESMS_SECRET, Site, StartSite, answers_always, emptied, start_site
from tests.environment import TestClock
from tests.outreach.conftest import NOBODY

__all__ = ["emptied", "start_site"]

pytestmark = pytest.mark.usefixtures("emptied")

PHONE = "0912345678"
WORD = Outgoing(7, PHONE, "Kinh gui ong/ba", key="7-0")


@pytest.fixture
def site(start_site: StartSite) -> Site:
    return start_site("esms", {"LOA_READ_TIMEOUT_SECONDS": "0.3"})


def adapter() -> EsmsSms:
    found = adapter_for("esms")
    assert isinstance(found, EsmsSms)
    return found


def lit() -> Fuse:
    return Fuse(60)


def test_a_message_is_taken_under_the_brandname_with_its_key_and_its_callback(site: Site) -> None:
    outcome = adapter().send(WORD, lit())
    assert outcome == Accepted(request_id(WORD))
    [taken] = site.messages(to_e164(PHONE))
    assert (taken["text"], taken["office"]) == ("Kinh gui ong/ba", "UBND-LANG")
    kept = site.standing.simulator.world.ledger.message(taken["id"])
    assert kept is not None
    assert kept.details["request_id"] == request_id(WORD)
    assert kept.details["callback_url"] == f"{NOBODY}/webhooks/esms/{ESMS_SECRET}"


def test_a_text_with_marks_says_that_it_has_them_and_is_composed(site: Site) -> None:
    assert isinstance(adapter().send(replace(WORD, body="Ba\u0300 đồng ý chứ ạ?"), lit()), Accepted)
    assert site.texts_to(to_e164(PHONE)) == ["Bà đồng ý chứ ạ?"]


def test_a_request_id_fits_and_is_anothers_for_other_words_phones_and_rounds() -> None:
    ids = {
        request_id(WORD),
        request_id(replace(WORD, key="7-1")),
        request_id(replace(WORD, body="Kinh gui")),
        request_id(replace(WORD, address="0912345679")),
    }
    assert len(ids) == 4
    assert all(len(one) <= LONGEST for one in ids)
    assert len(request_id(replace(WORD, key="9223372036854775807-99"))) <= LONGEST


@pytest.mark.parametrize(
    ("environment", "config", "expected"),
    [
        ({"LOA_ESMS_SECRET_KEY": "sai"}, {}, Rejected("101", ErrorClass.STOP_ACCOUNT)),
        ({}, {"balance": 10}, Rejected("103", ErrorClass.STOP_ACCOUNT)),
        ({}, {"brandnames": frozenset({"KHAC"})}, Rejected("104", ErrorClass.STOP_ACCOUNT)),
        ({}, {"ips": frozenset({"10.0.0.1"})}, Rejected("140", ErrorClass.STOP_ACCOUNT)),
        ({}, {"templates": ("Chi duy nhat cau nay",)}, Rejected("146", ErrorClass.OUR_BUG)),
        ({}, {"carriers": frozenset({"Viettel"})}, Rejected("177", ErrorClass.UNREACHABLE)),
    ],
)
def test_refusals_of_the_account(
    start_site: StartSite, environment: dict[str, str], config: dict[str, object], expected: Rejected
) -> None:
    site = start_site("esms", environment, esms=EsmsConfig(**config))  # type: ignore[arg-type]
    assert adapter().send(WORD, lit()) == expected
    assert site.texts_to(to_e164(PHONE)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"address": "02438340000"}, Rejected("108", ErrorClass.UNREACHABLE)),
        ({"address": "khong phai so"}, Rejected("no_phone", ErrorClass.UNREACHABLE)),
        ({"body": "dai " * 115}, Rejected("too_long", ErrorClass.OUR_BUG)),
        ({"body": "dài " * 51}, Rejected("too_long", ErrorClass.OUR_BUG)),
        ({"body": " "}, Rejected("99", ErrorClass.OUR_BUG)),
    ],
)
def test_refusals_of_the_message(site: Site, changes: dict[str, str], expected: Rejected) -> None:
    assert adapter().send(replace(WORD, **changes), lit()) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("body", ["a" * 459, "ă" * 201])
def test_the_longest_texts_go(site: Site, body: str) -> None:
    assert isinstance(adapter().send(replace(WORD, body=body), lit()), Accepted)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "rate_limited"}, Throttled()),
        ({"kind": "server_error", "code": 500}, Unknown("http_500")),
        ({"kind": "server_error", "code": 502}, Unknown("http_502")),
        ({"kind": "dropped"}, Unknown("connection_lost")),
        ({"kind": "dropped_after_accept"}, Unknown("connection_lost")),
        ({"kind": "timeout_after_accept"}, Unknown("read_timeout")),
        ({"kind": "refused", "code": 99}, Rejected("99", ErrorClass.OUR_BUG)),
    ],
)
def test_trouble(site: Site, fault: dict[str, object], expected: object) -> None:
    site.fault(count=1, **fault)  # type: ignore[arg-type]
    assert adapter().send(WORD, lit()) == expected


def test_the_same_key_is_taken_once_and_says_that_it_is_there(site: Site) -> None:
    site.fault("dropped_after_accept", count=1)
    assert adapter().send(WORD, lit()) == Unknown("connection_lost")
    assert adapter().send(WORD, lit()) == Accepted(request_id(WORD))
    assert len(site.texts_to(to_e164(PHONE))) == 1


def test_a_lost_answer_is_asked_for_by_repeating_while_the_key_is_known(site: Site, clock: TestClock) -> None:
    doubted = replace(WORD, doubted_since=now())
    assert adapter().look_up(doubted, []) == AskByRepeating()
    clock.advance(timedelta(hours=22, minutes=59))
    assert adapter().look_up(doubted, []) == AskByRepeating()
    clock.advance(timedelta(minutes=2))
    assert adapter().look_up(doubted, []) == CannotTell(forever=True)


def test_a_delivery_report_that_has_come_makes_asking_needless(site: Site, clock: TestClock) -> None:
    with transaction() as session:
        take_receipt(session, "esms", request_id(WORD), "delivered", None, now())
    late = replace(WORD, doubted_since=now() - timedelta(days=3))
    assert adapter().look_up(late, []) == Found(request_id(WORD))


def test_nobody_listens(start_site: StartSite) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        start_site("esms", {"LOA_ESMS_BASE_URL": f"http://127.0.0.1:{bound.getsockname()[1]}"})
        assert adapter().send(WORD, lit()) == NotSent("no_connection", away=True)


@pytest.mark.parametrize("fuse", [lambda: Fuse(-1), lambda: Fuse(5, iter([0.0, 0.0, 99.0]).__next__)])
def test_a_blown_fuse_lets_nothing_out(site: Site, fuse: Callable[[], Fuse]) -> None:
    """Blown before, or while the connection is made."""
    assert adapter().send(WORD, fuse()) == NotSent("fuse_blown")
    assert site.texts_to(to_e164(PHONE)) == []


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, "<html>đang bảo trì</html>", Unknown("unreadable_answer")),
        (200, "[]", Unknown("unreadable_answer")),
        (200, "{}", Unknown("unreadable_answer")),
        (200, '{"CodeResult": 100}', Accepted(request_id(WORD))),
        (200, '{"CodeResult": "777"}', Rejected("777", ErrorClass.OUR_BUG)),
        (403, '{"CodeResult": "100"}', Rejected("http_403", ErrorClass.STOP_ACCOUNT)),
        (503, '{"CodeResult": "99"}', Unknown("http_503")),
    ],
)
def test_strange_answers(start_site: StartSite, status: int, body: str, expected: object) -> None:
    with answers_always(status, body) as url:
        start_site("esms", {"LOA_ESMS_BASE_URL": url})
        assert adapter().send(WORD, lit()) == expected
