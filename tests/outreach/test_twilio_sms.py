"""The Twilio adapter against the stand-in over HTTP."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from language.phones import to_e164
from outreach.channels.adapter import (
    Accepted,
    CannotTell,
    ErrorClass,
    Found,
    NotFound,
    NotSent,
    Outgoing,
    Rejected,
    Throttled,
    Unknown,
)
from outreach.channels.fuse import Fuse
from outreach.channels.twilio.sms import TwilioAccount, TwilioSms
from tests.outreach.conftest import NOBODY
from tests.simulator.customer import StandIn

PHONE = "0912345678"


def adapter(url: str, **changes: object) -> TwilioSms:
    fields: dict[str, object] = {
        "sid": "AC" + "5" * 32,
        "token": "stand-in-auth-token",
        "sender": "+15005550006",
        "status_callback": f"{NOBODY}/webhooks/twilio/status",
        "base_url": url,
        "connect_timeout": 2.0,
        "read_timeout": 2.0,
    }
    return TwilioSms(TwilioAccount(**{**fields, **changes}))  # type: ignore[arg-type]


def word(body: str = "Xin chao", *, address: str = PHONE, validity: int | None = None) -> Outgoing:
    return Outgoing(1, address, body, validity_seconds=validity)


def lit() -> Fuse:
    return Fuse(60)


def test_a_message_is_taken_with_its_callback(stand_in: StandIn) -> None:
    outcome = adapter(stand_in.url).send(word("Chào bà", validity=90_000), lit())
    assert isinstance(outcome, Accepted)
    (taken,) = stand_in.messages(to_e164(PHONE))
    assert (taken["id"], taken["text"]) == (outcome.provider_id, "Chào bà")
    details = stand_in.simulator.world.ledger.message(outcome.provider_id)
    assert details is not None
    assert details.details["status_callback"] == f"{NOBODY}/webhooks/twilio/status"
    assert details.details["validity"] == 36_000


def test_a_messaging_service_is_named_as_one(stand_in: StandIn) -> None:
    outcome = adapter(stand_in.url, sender="MG" + "1" * 32).send(word(), lit())
    assert isinstance(outcome, Accepted)


@pytest.mark.parametrize(
    ("message", "account", "expected"),
    [
        (word(address="02438340000"), {}, Rejected("21614", ErrorClass.UNREACHABLE)),
        (word("dài " * 500), {}, Rejected("21617", ErrorClass.OUR_BUG)),
        (word(), {"token": "sai"}, Rejected("20003", ErrorClass.STOP_ACCOUNT)),
        (word(), {"sender": "không phải số"}, Rejected("21212", ErrorClass.STOP_ACCOUNT)),
    ],
)
def test_refusals(stand_in: StandIn, message: Outgoing, account: dict[str, object], expected: Rejected) -> None:
    assert adapter(stand_in.url, **account).send(message, lit()) == expected
    assert stand_in.messages(to_e164(message.address)) == []


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "rate_limited"}, Throttled()),
        ({"kind": "server_error", "code": 500}, Unknown("http_500")),
        ({"kind": "server_error", "code": 502}, Unknown("http_502")),
        ({"kind": "dropped"}, Unknown("connection_lost")),
        ({"kind": "dropped_after_accept"}, Unknown("connection_lost")),
        ({"kind": "timeout_after_accept"}, Unknown("read_timeout")),
    ],
)
def test_trouble(stand_in: StandIn, fault: dict[str, object], expected: object) -> None:
    stand_in.fault(count=1, **fault)  # type: ignore[arg-type]
    assert adapter(stand_in.url, read_timeout=0.3).send(word(), lit()) == expected


def test_no_request_is_ever_repeated(stand_in: StandIn) -> None:
    stand_in.fault("dropped")
    adapter(stand_in.url).send(word(), lit())
    assert len(stand_in.log("dropped")) == 1


def test_nobody_listens() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        assert adapter(url).send(word(), lit()) == NotSent("no_connection", away=True)
        assert adapter(url).look_up(word(), []) == CannotTell()


def test_a_blown_fuse_lets_nothing_out(stand_in: StandIn) -> None:
    assert adapter(stand_in.url).send(word(), Fuse(-1)) == NotSent("fuse_blown")
    assert stand_in.messages(to_e164(PHONE)) == []


def test_a_fuse_that_blows_while_the_connection_is_made_lets_nothing_out(stand_in: StandIn) -> None:
    """The first look is in time; the second, right before the bytes leave, is not."""
    looks = iter([0.0, 0.0, 99.0])
    assert adapter(stand_in.url).send(word(), Fuse(5, lambda: next(looks))) == NotSent("fuse_blown")
    assert stand_in.messages(to_e164(PHONE)) == []


def test_look_up_finds_what_is_still_queued(stand_in: StandIn) -> None:
    sms = adapter(stand_in.url)
    sent = sms.send(word("Tin A"), lit())
    assert isinstance(sent, Accepted)
    assert sms.look_up(word("Tin A"), []) == Found(sent.provider_id)
    stand_in.deliver()
    assert sms.look_up(word("Tin A"), []) == Found(sent.provider_id)


def test_look_up_takes_neither_other_texts_nor_what_belongs_to_other_rows(stand_in: StandIn) -> None:
    sms = adapter(stand_in.url)
    sent = sms.send(word("Tin A"), lit())
    assert isinstance(sent, Accepted)
    stand_in.say(to_e164(PHONE), "Tin B")
    assert sms.look_up(word("Tin A"), [sent.provider_id]) == NotFound()
    assert sms.look_up(word("Tin B"), []) == NotFound()
    assert sms.look_up(word("Tin A", address="0987654321"), []) == NotFound()


def test_look_up_that_fails_tells_nothing(stand_in: StandIn) -> None:
    stand_in.fault("server_error", code=503)
    assert adapter(stand_in.url).look_up(word(), []) == CannotTell()


def test_threads_are_never_handed_each_others_answers(stand_in: StandIn) -> None:
    sms = adapter(stand_in.url)
    words = [word(f"Tin {n}", address=f"09{12_000_000 + n}") for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda one: sms.send(one, lit()), words))
    for one, outcome in zip(words, outcomes, strict=True):
        assert isinstance(outcome, Accepted)
        (taken,) = stand_in.messages(to_e164(one.address))
        assert (taken["id"], taken["text"]) == (outcome.provider_id, one.body)
