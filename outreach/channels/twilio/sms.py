"""SMS through Twilio, by its own SDK.

A POST is not idempotent there and is never repeated: when the answer is lost, the list of messages to that number
tells whether the message was taken. The list is asked by number alone and not by `DateSent`: a message that is still
queued has no sending date, and a search by date would not find it. Bodies are compared here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from dataclasses import dataclass

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from core.logs import logger
from language.phones import to_e164
from language.text import nfc
from outreach.channels.adapter import (
    Accepted,
    CannotTell,
    ErrorClass,
    Found,
    LookUp,
    NotFound,
    NotSent,
    Outcome,
    Outgoing,
    Rejected,
    Throttled,
    Unknown,
)
from outreach.channels.fuse import Fuse, FuseBlown
from outreach.channels.fused_http import FusedTransport, guarded_by
from outreach.channels.json_answers import seconds_named
from outreach.channels.twilio.errors import error_class

LONGEST_VALIDITY_SECONDS = 36_000
_LISTED = 200

_log = logger(__name__)
_silent = logging.getLogger("outreach.twilio.silent")
_silent.disabled = True  # the SDK logs whole requests, numbers included


@dataclass(frozen=True)
class TwilioAccount:
    """One account. `sender`: a number, a short code, a registered name, or a messaging service ("MG…").

    `base_url`: where the API is. Time-outs in seconds.
    """

    sid: str
    token: str
    sender: str
    status_callback: str
    base_url: str
    connect_timeout: float
    read_timeout: float


class TwilioSms:
    """An adapter (`outreach.channels.adapter.ChannelAdapter`) for one account."""

    def __init__(self, account: TwilioAccount) -> None:
        self._account = account
        self._threads = threading.local()

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        try:
            with guarded_by(fuse):
                fuse.check()
                return self._create(message)
        except FuseBlown:
            return NotSent("fuse_blown")
        except TwilioRestException as error:
            return _refusal(error, self._named_pause())
        except requests.ConnectTimeout:
            return NotSent("connect_timeout", away=True)
        except requests.ConnectionError as error:
            return NotSent("no_connection", away=True) if _never_connected(error) else Unknown("connection_lost")
        except requests.Timeout:
            return Unknown("read_timeout")
        except Exception as error:  # whatever the answer held, the message may have been taken
            _log.warning("twilio_answer_unreadable", message=message.message_id, error=type(error).__name__)
            return Unknown("unreadable_answer")

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        body = nfc(message.body)
        try:
            listed = self._client().messages.list(to=to_e164(message.address), limit=_LISTED, page_size=_LISTED)
        except Exception as error:  # no answer or a strange one: asked again later
            _log.warning("twilio_look_up_failed", message=message.message_id, error=type(error).__name__)
            return CannotTell()
        for found in listed:
            outbound = str(found.direction).startswith("outbound")
            if outbound and found.sid not in known and nfc(found.body or "") == body:
                return Found(str(found.sid))
        return NotFound()

    def _create(self, message: Outgoing) -> Outcome:
        options: dict[str, object] = {"status_callback": self._account.status_callback}
        if self._account.sender.startswith("MG"):
            options["messaging_service_sid"] = self._account.sender
        else:
            options["from_"] = self._account.sender
        if message.validity_seconds is not None:
            options["validity_period"] = max(1, min(message.validity_seconds, LONGEST_VALIDITY_SECONDS))
        created = self._client().messages.create(
            to=to_e164(message.address),
            body=message.body,
            **options,
        )
        return Accepted(str(created.sid)) if created.sid else Unknown("unreadable_answer")

    def _named_pause(self) -> float | None:
        """Seconds before which Twilio said, with its last answer to this thread, that it takes nothing."""
        transport: FusedTransport | None = getattr(self._threads, "transport", None)
        return seconds_named(transport.last_headers) if transport else None

    def _client(self) -> Client:
        """A client of this thread's own: the SDK's HTTP client keeps the last answer in an attribute and returns it
        from there, so two threads on one client can be handed each other's answers."""
        client: Client | None = getattr(self._threads, "client", None)
        if client is None:
            client = self._threads.client = self._new_client()
        return client

    def _new_client(self) -> Client:
        http = TwilioHttpClient(logger=_silent)
        http.timeout = (self._account.connect_timeout, self._account.read_timeout)
        assert http.session is not None
        self._threads.transport = FusedTransport()
        for scheme in ("http://", "https://"):
            http.session.mount(scheme, self._threads.transport)
        client = Client(self._account.sid, self._account.token, http_client=http)
        client.api.base_url = self._account.base_url
        return client


def _refusal(error: TwilioRestException, pause: float | None) -> Outcome:
    """The error's text is left alone: it may hold the number."""
    if error.status >= 500:
        return Unknown(f"http_{error.status}")
    code = int(error.code or error.status)
    refused = error_class(code, error.status)
    if refused is ErrorClass.THROTTLE:
        return Throttled(pause)
    return Rejected(str(code), refused)


def _never_connected(error: requests.ConnectionError) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError)
