"""Looking messages up: what finds a message whose answer was lost."""

from datetime import UTC, datetime

import pytest
from twilio.rest import Client

from tests.simulator.customer import StandIn


def send(client: Client, to: str, body: str, sender: str = "PhuongLang") -> str:
    return str(client.messages.create(to=to, from_=sender, body=body).sid)


@pytest.mark.parametrize("page_size", [1, 2, 3, 7, 50])
def test_pages_give_every_message_once_newest_first(stand_in: StandIn, page_size: int) -> None:
    client = stand_in.twilio()
    sids = [send(client, f"+8491234567{n}", f"tin {n}") for n in range(7)]
    assert [m.sid for m in client.messages.list(page_size=page_size)] == sids[::-1]


def test_a_message_that_comes_between_two_pages_shifts_nothing(stand_in: StandIn) -> None:
    client = stand_in.twilio()
    sids = [send(client, "+84912345678", f"tin {n}") for n in range(4)]
    first = client.messages.page(page_size=2)
    assert [m.sid for m in first] == sids[:1:-1]
    send(client, "+84912345678", "chen vao")
    second = first.next_page()
    assert second is not None
    assert [m.sid for m in second] == sids[1::-1]
    assert second.next_page() is None


def test_filters_by_number(stand_in: StandIn) -> None:
    client = stand_in.twilio()
    wanted = send(client, "+84912345678", "mot")
    send(client, "+84912345679", "hai")
    other = send(client, "+84912345678", "ba", sender="XaBaVi")
    assert [m.sid for m in client.messages.list(to="+84912345678")] == [other, wanted]
    assert [m.sid for m in client.messages.list(to="+84912345678", from_="PhuongLang")] == [wanted]
    assert client.messages.list(to="+84900000000") == []


def test_what_a_citizen_wrote_is_listed_by_its_sender(stand_in: StandIn) -> None:
    stand_in.say("0912345678", "co")
    [message] = stand_in.twilio().messages.list(from_="+84912345678")
    assert (message.direction, message.to, message.body) == ("inbound", "+15005550006", "co")


def test_what_is_still_queued_has_no_date_and_is_found_by_number_only(stand_in: StandIn) -> None:
    client = stand_in.twilio()
    sid = send(client, "+84912345678", "mot")
    today = datetime(2027, 1, 20, tzinfo=UTC)
    assert client.messages.list(to="+84912345678", date_sent=today) == []
    assert [m.sid for m in client.messages.list(to="+84912345678")] == [sid]
    stand_in.deliver()
    assert [m.sid for m in client.messages.list(to="+84912345678", date_sent=today)] == [sid]


def test_filters_by_date(stand_in: StandIn) -> None:
    client = stand_in.twilio()
    early = send(client, "+84912345678", "mot")
    stand_in.deliver()
    stand_in.clock.forward(days=1)
    late = send(client, "+84912345678", "hai")
    stand_in.deliver()
    border = datetime(2027, 1, 21, tzinfo=UTC)
    assert [m.sid for m in client.messages.list(date_sent=border)] == [late]
    assert [m.sid for m in client.messages.list(date_sent_before=border)] == [early]
    assert [m.sid for m in client.messages.list(date_sent_after=border)] == [late]
