"""Sending, as the real SDK sees it."""

from datetime import UTC, datetime

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException

from tests.simulator.customer import ACCOUNT, TOKEN, StandIn, Start

TO = "+84912345678"
SERVICE = "MG" + "a" * 32


def test_an_accepted_message(stand_in: StandIn) -> None:
    message = stand_in.twilio().messages.create(to=TO, from_="PhuongLang", body="Kinh moi Ong/Ba")
    assert message.sid and message.sid.startswith("SM") and len(message.sid) == 34
    assert (message.status, message.direction) == ("queued", "outbound-api")
    assert (message.to, message.from_, message.body) == (TO, "PhuongLang", "Kinh moi Ong/Ba")
    assert (message.num_segments, message.num_media) == ("1", "0")
    assert (message.error_code, message.price, message.price_unit) == (None, None, "USD")
    assert message.account_sid == ACCOUNT
    assert message.date_created == datetime(2027, 1, 20, 2, 30, tzinfo=UTC)
    assert message.date_sent is None
    assert message.uri == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{message.sid}.json"


def test_what_was_accepted_is_in_the_log_before_it_is_delivered(stand_in: StandIn) -> None:
    message = stand_in.twilio().messages.create(to=TO, from_="PhuongLang", body="Kinh moi")
    [entry] = stand_in.log("message")
    assert (entry["id"], entry["number"], entry["text"]) == (message.sid, TO, "Kinh moi")
    assert stand_in.messages(TO)[0]["reached"] is False


def test_a_delivered_message_is_on_the_phone(stand_in: StandIn) -> None:
    client = stand_in.twilio()
    sid = client.messages.create(to=TO, from_="PhuongLang", body="Kính mời").sid
    stand_in.deliver()
    fetched = client.messages(str(sid)).fetch()
    assert (fetched.status, fetched.num_segments, fetched.date_sent) == ("delivered", "1", stand_in.clock.now)
    [shown] = stand_in.messages(TO)
    assert (shown["reached"], shown["text"], shown["encoding"]) == (True, "Kính mời", "UCS-2")


def test_a_messaging_service_chooses_the_sender_later(start: Start) -> None:
    stand_in = start(messaging_services=frozenset({SERVICE}), number="+15005550006")
    client = stand_in.twilio()
    message = client.messages.create(to=TO, messaging_service_sid=SERVICE, body="Kinh moi")
    assert (message.status, message.from_, message.num_segments) == ("accepted", None, "0")
    assert message.messaging_service_sid == SERVICE
    stand_in.deliver()
    fetched = client.messages(str(message.sid)).fetch()
    assert (fetched.status, fetched.from_, fetched.num_segments) == ("delivered", "+15005550006", "1")


GOOD = {"To": TO, "From": "PhuongLang", "Body": "Kinh moi"}


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        ({"To": ""}, 21604, 400),
        ({"To": "0912345678"}, 21211, 400),
        ({"To": "+8491234"}, 21211, 400),
        ({"To": "PhuongLang"}, 21211, 400),
        ({"To": "+842438250000"}, 21614, 400),
        ({"To": "+12025550143"}, 21408, 403),
        ({"Body": ""}, 21602, 400),
        ({"Body": "a" * 1601}, 21617, 400),
        ({"From": ""}, 21603, 400),
        ({"From": "UBND Phuong Lang"}, 21212, 400),
        ({"From": "XaYenBai"}, 21606, 400),
        ({"MessagingServiceSid": "MG" + "b" * 32}, 21701, 400),
        ({"StatusCallback": "not a url"}, 21609, 400),
        ({"StatusCallback": "http://under_score.vn/x"}, 21609, 400),
        ({"ValidityPeriod": "0"}, 21624, 400),
        ({"ValidityPeriod": "36001"}, 21624, 400),
    ],
)
def test_what_is_refused(start: Start, change: dict[str, str], code: int, status: int) -> None:
    stand_in = start(senders=frozenset({"PhuongLang"}), messaging_services=frozenset({SERVICE}))
    url = f"{stand_in.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = httpx.post(url, data={**GOOD, **change}, auth=(ACCOUNT, TOKEN))
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)
    assert answer.json()["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert [entry["code"] for entry in stand_in.log("refused")] == [code]
    assert stand_in.log("message") == []


@pytest.mark.parametrize("change", [{"To": "84912345678"}, {"Body": "ạ" * 1600}, {"ValidityPeriod": "36000"}, {}])
def test_what_is_just_allowed(stand_in: StandIn, change: dict[str, str]) -> None:
    url = f"{stand_in.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = httpx.post(url, data={**GOOD, **change}, auth=(ACCOUNT, TOKEN))
    assert (answer.status_code, answer.json()["to"]) == (201, TO)


def test_a_refusal_is_the_sdk_s_exception(stand_in: StandIn) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        stand_in.twilio().messages.create(to="0912345678", from_="PhuongLang", body="Kinh moi")
    assert (refusal.value.code, refusal.value.status) == (21211, 400)


@pytest.mark.parametrize(("account", "token"), [(ACCOUNT, "wrong"), ("AC" + "9" * 32, TOKEN)])
def test_a_wrong_password(stand_in: StandIn, account: str, token: str) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        stand_in.twilio(account=account, token=token).messages.create(to=TO, from_="PhuongLang", body="Kinh moi")
    assert (refusal.value.code, refusal.value.status) == (20003, 401)
    assert stand_in.log("message") == []


def test_another_s_account(stand_in: StandIn) -> None:
    answer = httpx.get(f"{stand_in.url}/2010-04-01/Accounts/AC{'9' * 32}/Messages.json", auth=(ACCOUNT, TOKEN))
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_an_unknown_message(stand_in: StandIn) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        stand_in.twilio().messages("SM" + "0" * 32).fetch()
    assert refusal.value.code == 20404
