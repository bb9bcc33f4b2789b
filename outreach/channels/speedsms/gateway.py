"""Calls to SpeedSMS over HTTP: Basic authentication with the token and the password "x"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from outreach.channels.fused_httpx import broken_call, fused_client
from outreach.channels.json_answers import Failure, read_object
from outreach.channels.speedsms.settings import SmsType

SEND = "/index.php/sms/send"
INFO = "/index.php/user/info"


@dataclass(frozen=True)
class SpeedSmsAccount:
    """One account. Time-outs in seconds."""

    token: str
    sms_type: SmsType
    sender: str
    base_url: str
    connect_timeout: float = 5.0
    read_timeout: float = 10.0


class SpeedSmsGateway:
    """Calls of one account, from many threads; none is repeated."""

    def __init__(self, account: SpeedSmsAccount) -> None:
        self._account = account
        self._http = fused_client(connect_seconds=account.connect_timeout, read_seconds=account.read_timeout)

    def send(self, phone: str, content: str) -> dict[str, Any] | Failure:
        """Hand over one message. Raises FuseBlown (`outreach.channels.fused_httpx.guarded_by`)."""
        kind, sender = int(self._account.sms_type), self._account.sender
        return self._call("POST", SEND, json={"to": [phone], "content": content, "sms_type": kind, "sender": sender})

    def info(self) -> dict[str, Any] | Failure:
        """The account: data of {"email", "balance", "currency"}."""
        return self._call("GET", INFO)

    def _call(self, method: str, path: str, **what: Any) -> dict[str, Any] | Failure:
        address, who = self._account.base_url.rstrip("/") + path, (self._account.token, "x")
        try:
            return read_object(self._http.request(method, address, auth=who, **what))
        except httpx.HTTPError as error:
            return broken_call(error)
