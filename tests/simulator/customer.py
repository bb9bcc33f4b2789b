"""The customer's side of a stand-in: a receiver of webhooks, the twilio SDK, and the controls."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulator.simulator import Simulator

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "invented-token-for-tests"


@dataclass(frozen=True)
class Call:
    """One request that the stand-in made to its customer."""

    url: str
    form: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True)
class Reaction:
    """How the receiver answers; `hang` answers nothing until the test is over."""

    status: int = 200
    body: str = "<Response/>"
    content_type: str = "text/xml"
    hang: bool = False


@dataclass
class Receiver:
    """A customer's web server: keeps what it got, and answers what it was told, then the last told again."""

    url: str
    calls: list[Call] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=lambda: [Reaction()])
    over: threading.Event = field(default_factory=threading.Event)
    came: threading.Condition = field(default_factory=threading.Condition)

    def take(self, call: Call) -> None:
        with self.came:
            self.calls.append(call)
            self.came.notify_all()

    def wait_for(self, count: int) -> None:
        """Until that many calls have come."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.calls) >= count, timeout=30), self.calls

    def react(self) -> Reaction:
        return self.reactions.pop(0) if len(self.reactions) > 1 else self.reactions[0]

    def statuses(self, sid: str | None = None) -> list[str]:
        """What was told of one message, or of all, in order."""
        forms = [call.form for call in self.calls]
        return [form["MessageStatus"] for form in forms if sid in (None, form["MessageSid"])]


class SetClock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = datetime(2027, 1, 20, 2, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@dataclass
class StandIn:
    """A running stand-in, from all its sides."""

    url: str
    simulator: Simulator
    clock: SetClock
    control: httpx.Client

    def twilio(self, timeout: float = 10.0, account: str = ACCOUNT, token: str = TOKEN) -> Client:
        client = Client(account, token, http_client=TwilioHttpClient(timeout=timeout))
        client.api.base_url = self.url
        return client

    def deliver(self) -> None:
        self.simulator.deliver_pending()

    def fault(self, kind: str, **fields: object) -> None:
        answer = self.control.post("/faults", json={"provider": "twilio", "kind": kind, **fields})
        assert answer.status_code == 201, answer.text

    def say(self, number: str, text: str, **fields: object) -> dict[str, Any]:
        answer = self.control.post(f"/phones/{number}/say", json={"text": text, **fields})
        assert answer.status_code == 202, answer.text
        message: dict[str, Any] = answer.json()
        return message

    def messages(self, number: str) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.control.get(f"/phones/{number}/messages").json()["messages"]
        return messages

    def log(self, event: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.control.get("/log", params={"event": event}).json()["entries"]
        return entries


type Start = Callable[..., StandIn]
