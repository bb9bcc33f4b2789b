"""Calls to eSMS over HTTP. Errors come as HTTP 200; only the result code in the body tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from outreach.channels.fused_httpx import broken_call, fused_client
from outreach.channels.json_answers import Failure, read_object

SERVICE = "/MainService.svc/json"
SEND = f"{SERVICE}/SendMultipleMessage_V4_post_json/"
BALANCE = f"{SERVICE}/GetBalance_json"


@dataclass(frozen=True)
class EsmsAccount:
    """One account. `callback_url` holds the secret path. Time-outs in seconds."""

    api_key: str
    secret_key: str
    brandname: str
    callback_url: str
    base_url: str
    sandbox: bool = False
    connect_timeout: float = 5.0
    read_timeout: float = 10.0


class EsmsGateway:
    """Calls of one account, from many threads; none is repeated."""

    def __init__(self, account: EsmsAccount) -> None:
        self._account = account
        self._http = fused_client(connect_seconds=account.connect_timeout, read_seconds=account.read_timeout)

    def send(self, phone: str, content: str, request_id: str) -> dict[str, Any] | Failure:
        """Hand over one message. Raises FuseBlown (`outreach.channels.fused_httpx.guarded_by`)."""
        return self._post(
            SEND,
            {
                "Phone": phone,
                "Content": content,
                "Brandname": self._account.brandname,
                "SmsType": "2",  # customer care
                "IsUnicode": "0" if content.isascii() else "1",
                "RequestId": request_id,
                "CallbackUrl": self._account.callback_url,
                "Sandbox": "1" if self._account.sandbox else "0",
            },
        )

    def balance(self) -> dict[str, Any] | Failure:
        """What is left in the account: {"Balance", "CodeResponse"}."""
        return self._post(BALANCE, {})

    def _post(self, path: str, body: dict[str, str]) -> dict[str, Any] | Failure:
        keys = {"ApiKey": self._account.api_key, "SecretKey": self._account.secret_key}
        try:
            return read_object(self._http.post(self._account.base_url.rstrip("/") + path, json=keys | body))
        except httpx.HTTPError as error:
            return broken_call(error)
