"""Requests that go wrong, and what is true afterwards."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from tests.simulator.customer import ACCOUNT, TOKEN, StandIn

TO = "+84912345678"


def send(client: Client) -> str:
    return str(client.messages.create(to=TO, from_="PhuongLang", body="Kinh moi").sid)


@pytest.mark.parametrize(
    ("kind", "http_code", "status", "code"),
    [
        ("rate_limited", None, 429, 20429),
        ("server_error", None, 500, 20500),
        ("server_error", 500, 500, 20500),
        ("server_error", 503, 503, 20503),
    ],
)
def test_orderly_refusals(stand_in: StandIn, kind: str, http_code: int | None, status: int, code: int) -> None:
    stand_in.fault(kind, count=2, code=http_code)
    client = stand_in.twilio()
    for _ in range(2):
        with pytest.raises(TwilioRestException) as refusal:
            send(client)
        assert (refusal.value.status, refusal.value.code) == (status, code)
    assert send(client).startswith("SM")
    assert len(stand_in.log("message")) == 1
    assert len(stand_in.log("refused")) == 2


@pytest.mark.parametrize("code", [502, 504])
def test_a_gateway_answers_with_a_page(stand_in: StandIn, code: int) -> None:
    stand_in.fault("server_error", count=1, code=code)
    url = f"{stand_in.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = httpx.post(url, data={"To": TO, "From": "PhuongLang", "Body": "a"}, auth=(ACCOUNT, TOKEN))
    assert (answer.status_code, answer.headers["Content-Type"]) == (code, "text/html")
    assert stand_in.log("message") == []


def test_a_connection_dropped_before_acceptance(stand_in: StandIn) -> None:
    stand_in.fault("dropped", count=1)
    client = stand_in.twilio()
    with pytest.raises(requests.exceptions.ConnectionError):
        send(client)
    assert client.messages.list(to=TO) == []
    assert [entry["number"] for entry in stand_in.log("dropped")] == [TO]


def test_a_connection_dropped_after_acceptance(stand_in: StandIn) -> None:
    stand_in.fault("dropped_after_accept", count=1)
    client = stand_in.twilio()
    with pytest.raises(requests.exceptions.ConnectionError):
        send(client)
    assert [message.body for message in client.messages.list(to=TO)] == ["Kinh moi"]
    stand_in.deliver()
    assert [message["reached"] for message in stand_in.messages(TO)] == [True]


def test_an_answer_that_never_comes_though_the_message_was_accepted(stand_in: StandIn) -> None:
    stand_in.fault("timeout_after_accept", count=1)
    with pytest.raises(requests.exceptions.ReadTimeout):
        send(stand_in.twilio(timeout=0.2))
    assert len(stand_in.twilio().messages.list(to=TO)) == 1
    assert len(stand_in.log("message")) == 1


def test_a_slow_answer_is_a_good_one(stand_in: StandIn) -> None:
    stand_in.fault("slow", count=1, seconds=0.3)
    with pytest.raises(requests.exceptions.ReadTimeout):
        send(stand_in.twilio(timeout=0.1))
    assert send(stand_in.twilio()).startswith("SM")


def test_faults_of_one_number_spare_the_others(stand_in: StandIn) -> None:
    stand_in.fault("rate_limited", number="0912345678")
    client = stand_in.twilio()
    with pytest.raises(TwilioRestException):
        send(client)
    assert client.messages.create(to="+84912345679", from_="PhuongLang", body="Kinh moi").status == "queued"


def test_looking_up_can_fail_too(stand_in: StandIn) -> None:
    stand_in.fault("server_error", count=1, code=503)
    client = stand_in.twilio()
    with pytest.raises(TwilioException):
        client.messages.list(to=TO)
    assert client.messages.list(to=TO) == []


def test_clearing_the_faults_lets_held_requests_go(stand_in: StandIn) -> None:
    stand_in.fault("slow", seconds=600)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(send, stand_in.twilio(timeout=60))
        while stand_in.control.get("/faults").json()["faults"][0]["struck"] == 0:
            assert not held.done()
        stand_in.control.delete("/faults")
        assert held.result(30).startswith("SM")
    assert stand_in.control.get("/faults").json()["faults"] == []
