"""Status callbacks: signed, in order, and wrong in every way they can be."""

import pytest
from twilio.request_validator import RequestValidator

from simulator.config import SimulatorConfig
from tests.simulator.customer import ACCOUNT, TOKEN, Reaction, Receiver, StandIn, Start

TO = "+84912345678"


def send(stand_in: StandIn, receiver: Receiver, path: str = "/status?row=7&x=%C3%A1", **fields: object) -> str:
    url = receiver.url + path
    create = stand_in.twilio().messages.create
    message = create(to=TO, from_="PhuongLang", body="Kính mời", status_callback=url, **fields)
    return str(message.sid)


def test_sent_then_delivered_and_never_the_first_status(stand_in: StandIn, receiver: Receiver) -> None:
    sid = send(stand_in, receiver)
    stand_in.deliver()
    assert receiver.statuses() == ["sent", "delivered"]
    form = receiver.calls[0].form
    assert form["MessageSid"] == form["SmsSid"] == sid
    assert (form["SmsStatus"], form["AccountSid"], form["ApiVersion"]) == ("sent", ACCOUNT, "2010-04-01")
    assert (form["From"], form["To"]) == ("PhuongLang", TO)
    assert "ErrorCode" not in form and "RawDlrDoneDate" not in form
    assert receiver.calls[1].form["RawDlrDoneDate"] == "2701200230"


def test_the_sdk_finds_every_signature_good(stand_in: StandIn, receiver: Receiver) -> None:
    send(stand_in, receiver)
    stand_in.deliver()
    validator = RequestValidator(TOKEN)
    for call in receiver.calls:
        assert validator.validate(call.url, call.form, call.headers["X-Twilio-Signature"])
        assert not validator.validate(call.url, {**call.form, "To": "+84912345679"}, call.headers["X-Twilio-Signature"])
        assert not validator.validate(call.url + "x", call.form, call.headers["X-Twilio-Signature"])


def test_without_a_url_nobody_is_told(stand_in: StandIn, receiver: Receiver) -> None:
    stand_in.twilio().messages.create(to=TO, from_="PhuongLang", body="Kính mời")
    stand_in.deliver()
    assert receiver.calls == []


@pytest.mark.parametrize(("code", "told"), [(None, "30003"), (30005, "30005"), (30006, "30006")])
def test_undelivered(stand_in: StandIn, receiver: Receiver, code: int | None, told: str) -> None:
    stand_in.fault("undelivered", count=1, code=code)
    sid = send(stand_in, receiver)
    stand_in.deliver()
    assert receiver.statuses() == ["sent", "undelivered"]
    assert receiver.calls[1].form["ErrorCode"] == told
    assert stand_in.twilio().messages(sid).fetch().error_code == int(told)
    assert stand_in.messages(TO)[0]["reached"] is False


def test_failed_is_never_sent(stand_in: StandIn, receiver: Receiver) -> None:
    stand_in.fault("failed", count=1, code=30007)
    send(stand_in, receiver)
    stand_in.deliver()
    assert receiver.statuses() == ["failed"]
    assert receiver.calls[0].form["ErrorCode"] == "30007"


def test_a_phone_that_is_off_gets_nothing_until_it_is_on(stand_in: StandIn, receiver: Receiver) -> None:
    stand_in.control.post(f"/phones/{TO}/power", json={"on": False})
    send(stand_in, receiver)
    stand_in.deliver()
    stand_in.control.post(f"/phones/{TO}/power", json={"on": True})
    send(stand_in, receiver)
    stand_in.deliver()
    assert receiver.statuses() == ["sent", "undelivered", "sent", "delivered"]
    assert [message["reached"] for message in stand_in.messages(TO)] == [False, True]


def test_a_message_that_waited_too_long_fails(stand_in: StandIn, receiver: Receiver) -> None:
    send(stand_in, receiver, validity_period=60)
    stand_in.clock.forward(seconds=61)
    stand_in.deliver()
    assert [(call.form["MessageStatus"], call.form["ErrorCode"]) for call in receiver.calls] == [("failed", "30036")]


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        ("callback_repeated", ["sent", "sent", "delivered", "delivered"]),
        ("callback_reordered", ["delivered", "sent"]),
        ("callback_late", ["sent", "delivered"]),
        ("callback_never", []),
    ],
)
def test_callbacks_go_wrong_for_the_message_that_is_struck(
    stand_in: StandIn, receiver: Receiver, kind: str, statuses: list[str]
) -> None:
    stand_in.fault(kind, count=1)
    struck, spared = send(stand_in, receiver), send(stand_in, receiver)
    stand_in.deliver()
    told = {
        sid: [c.form["MessageStatus"] for c in receiver.calls if c.form["MessageSid"] == sid]
        for sid in (struck, spared)
    }
    assert told == {struck: statuses, spared: ["sent", "delivered"]}
    assert all(message["reached"] for message in stand_in.messages(TO))


def test_a_late_callback_comes_long_after_the_phone_shows_the_message(start: Start, receiver: Receiver) -> None:
    stand_in = start(SimulatorConfig(lanes=1))  # one lane: what was accepted first is delivered first
    stand_in.fault("callback_late", count=1, seconds=3600)
    late, prompt = send(stand_in, receiver), send(stand_in, receiver)
    receiver.wait_for(2)
    assert (receiver.statuses(late), receiver.statuses(prompt)) == ([], ["sent", "delivered"])
    assert all(message["reached"] for message in stand_in.messages(TO))
    stand_in.deliver()
    assert receiver.statuses(late) == ["sent", "delivered"]


def test_what_is_withheld_is_in_the_log(stand_in: StandIn, receiver: Receiver) -> None:
    stand_in.fault("callback_never")
    sid = send(stand_in, receiver)
    stand_in.deliver()
    assert [(e["id"], e["status"]) for e in stand_in.log("callback_withheld")] == [(sid, "sent"), (sid, "delivered")]


def test_a_customer_that_fails_is_not_asked_again_by_default(stand_in: StandIn, receiver: Receiver) -> None:
    receiver.reactions = [Reaction(503)]
    send(stand_in, receiver)
    stand_in.deliver()
    assert receiver.statuses() == ["sent", "delivered"]
    assert [entry["http_status"] for entry in stand_in.log("callback")] == [503, 503]
