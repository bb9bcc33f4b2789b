"""The list of messages, filtered and paged: https://www.twilio.com/docs/messaging/api/message-resource#read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from simulator.messages import Message
from simulator.twilio.numbers import read_international
from simulator.twilio.resource import API_VERSION, end_points, render

_FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")
_TOKEN = "PA"

type Test = Callable[[Message], bool]


def page(messages: Iterable[Message], query: Mapping[str, str], account_sid: str) -> dict[str, Any]:
    """One page as JSON. `messages` are all candidates, newest first.

    A page token names the last message of the page before, so that new messages do not shift what follows. It leads
    forward only: of the pages before, only the first has an address.
    """
    size = max(1, min(1000, _number(query, "PageSize", 50)))
    number = _number(query, "Page", 0)
    tests = _tests(query)
    matching = (m for m in _after_token(messages, query.get("PageToken")) if all(test(m) for test in tests))
    found = list(islice(matching, size + 1))
    shown, more = found[:size], len(found) > size
    link = _linker(query, size, account_sid)
    return {
        "end": number * size + max(0, len(shown) - 1),
        "first_page_uri": link(0, None),
        "messages": [render(message, account_sid) for message in shown],
        "next_page_uri": link(number + 1, shown[-1].id) if more else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": link(number - 1, None) if number == 1 else None,
        "start": number * size,
        "uri": link(number, query.get("PageToken", "").removeprefix(_TOKEN) or None),
    }


def wanted_number(query: Mapping[str, str], name: str) -> str | None:
    """The number asked for by a filter, in E.164 if it is a number; None where it is not asked for."""
    text = query.get(name)
    if not text:
        return None
    number = read_international(text)
    return number.e164 if number else text


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, "")
    return int(text) if text.isdecimal() else default


def _after_token(messages: Iterable[Message], token: str | None) -> Iterator[Message]:
    iterator = iter(messages)
    if token:
        last = token.removeprefix(_TOKEN)
        for message in iterator:
            if message.id == last:
                break
    return iterator


def _linker(query: Mapping[str, str], size: int, account_sid: str) -> Callable[[int, str | None], str]:
    filters = {name: query[name] for name in _FILTERS if query.get(name)}

    def link(number: int, last: str | None) -> str:
        token = {"PageToken": _TOKEN + last} if last else {}
        parameters = urlencode({**filters, "PageSize": size, "Page": number, **token})
        return f"/{API_VERSION}/Accounts/{account_sid}/Messages.json?{parameters}"

    return link


def _tests(query: Mapping[str, str]) -> list[Test]:
    tests: list[Test] = []
    if sender := wanted_number(query, "From"):
        tests.append(lambda message: end_points(message)[0] == sender)
    if to := wanted_number(query, "To"):
        tests.append(lambda message: end_points(message)[1] == to)
    if day := _moment(query.get("DateSent")):
        tests.append(lambda message: _day_sent(message) == day.date())
    if before := _moment(query.get("DateSent<")):
        tests.append(lambda message: message.sent_at is not None and message.sent_at <= before)
    if since := _moment(query.get("DateSent>")):
        tests.append(lambda message: message.sent_at is not None and message.sent_at >= since)
    return tests


def _day_sent(message: Message) -> date | None:
    """The day in UTC. What is still queued has no day and is found by no date."""
    return message.sent_at.astimezone(UTC).date() if message.sent_at else None


def _moment(text: str | None) -> datetime | None:
    """A date or an instant, in UTC; what cannot be read filters nothing."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
