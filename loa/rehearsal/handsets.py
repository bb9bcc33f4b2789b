"""The citizen's end of a channel: the stand-in's phone for SMS, the web chat's own pages for the web."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any, Protocol, cast
from uuid import uuid4

import httpx
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from core.settings import Settings

TIMEOUT_SECONDS = 20.0
COOKIE = "loa_chat"
_LIMITS = httpx.Limits(keepalive_expiry=1.0)
"""Shorter than gunicorn's two seconds: a connection used later could be closing just then, and the word be lost."""


@dataclass(frozen=True)
class Heard:
    """One message that the citizen can read. `key`: the provider's id of it. `choices`: a button's title → payload."""

    key: str
    text: str
    choices: dict[str, str]


class NotTaken(RuntimeError):
    """The channel did not take the citizen's words; says which channel and the status."""


class Handset(Protocol):
    """How one citizen writes and reads."""

    def say(self, text: str, payload: str | None = None) -> str:
        """Send `text` (or press a button); gives the id under which the office takes it in. Raises NotTaken."""
        ...

    def heard(self) -> list[Heard]:
        """Everything that has reached the citizen, oldest first."""
        ...


class SmsHandset:
    """A phone of the stand-in provider, through its control API."""

    def __init__(self, settings: Settings, phone: str) -> None:
        base = f"http://127.0.0.1:{settings.simulator_port}/control/phones/{phone}"
        self._client = httpx.Client(base_url=base, timeout=TIMEOUT_SECONDS, limits=_LIMITS)

    def say(self, text: str, payload: str | None = None) -> str:
        answer = self._client.post("/say", json={"text": text})
        if answer.is_error:
            raise NotTaken(f"sms: {answer.status_code}")
        return str(answer.json()["id"])

    def heard(self) -> list[Heard]:
        messages = self._client.get("/messages").raise_for_status().json()["messages"]
        return [
            Heard(one["id"], one["text"], {}) for one in messages if one["direction"] == "to_phone" and one["reached"]
        ]


class WebHandset:
    """A browser at the web chat. Each has its own loopback address, as each citizen has: the door counts by address."""

    def __init__(self, settings: Settings, place: int) -> None:
        source = ipaddress.IPv4Address("127.1.0.1") + place
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{settings.public_port}",
            transport=httpx.HTTPTransport(local_address=str(source), limits=_LIMITS),
            timeout=TIMEOUT_SECONDS,
        )
        self._client.get("/chat/messages").raise_for_status()
        self.session = chat_of(self._client.cookies[COOKIE], settings)

    def say(self, text: str, payload: str | None = None) -> str:
        own_id = uuid4().hex
        answer = self._client.post("/chat/messages", json={"id": own_id, "text": text, "payload": payload})
        if answer.is_error:
            raise NotTaken(f"web: {answer.status_code}")
        return f"{self.session}:{own_id}"

    def heard(self) -> list[Heard]:
        messages = self._client.get("/chat/messages").raise_for_status().json()
        return [_heard_on_page(one) for one in messages if one["from"] == "office"]


def _heard_on_page(one: dict[str, Any]) -> Heard:
    return Heard(str(one["id"]), one["text"], {choice["title"]: choice["payload"] for choice in one["choices"]})


def chat_of(cookie: str, settings: Settings) -> str:
    """The session id in the web chat's signed `cookie`: the address that the contact point bears."""
    reader = Flask("rehearsal")
    reader.secret_key = settings.secret_key.get_secret_value() + "public-door"
    serializer = SecureCookieSessionInterface().get_signing_serializer(reader)
    assert serializer is not None
    return str(cast(dict[str, Any], serializer.loads(cookie))["chat"])
