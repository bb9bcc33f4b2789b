"""One call to Zalo over HTTP, and what it answered. Errors come as HTTP 200; only `error` in the body tells."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpx

from outreach.channels.adapter import Unknown
from outreach.channels.fused_httpx import broken_call, fused_client
from outreach.channels.json_answers import Failure, read_object

type Json = dict[str, Any]


class Host(StrEnum):
    """The two hosts that take an access token."""

    OPENAPI = "openapi"
    BUSINESS = "business"


@dataclass(frozen=True)
class Answer:
    """A whole answer: `error` 0 is success. `message` may name what was wrong, and is kept out of logs."""

    error: int
    message: str
    data: Any


class ZaloClient:
    """Calls of one app, from many threads. `secret` None: calls bear no proof of the app's secret."""

    def __init__(
        self,
        urls: Mapping[Host, str],
        *,
        secret: str | None = None,
        connect_seconds: float = 5.0,
        read_seconds: float = 10.0,
    ) -> None:
        self._urls = {host: url.rstrip("/") for host, url in urls.items()}
        self._secret = secret
        self._http = fused_client(connect_seconds=connect_seconds, read_seconds=read_seconds)

    def post(self, host: Host, path: str, body: Json, token: str) -> Answer | Failure:
        """One POST, never repeated. Raises FuseBlown (`outreach.channels.fused_httpx.guarded_by`)."""
        return self._call("POST", host, path, token, json=body)

    def get(self, host: Host, path: str, query: Mapping[str, str | int], token: str) -> Answer | Failure:
        """One GET."""
        return self._call("GET", host, path, token, params=dict(query))

    def _call(self, method: str, host: Host, path: str, token: str, **what: Any) -> Answer | Failure:
        try:
            return read(self._http.request(method, self._urls[host] + path, headers=self._headers(token), **what))
        except httpx.HTTPError as error:
            return broken_call(error)

    def _headers(self, token: str) -> dict[str, str]:
        if self._secret is None:
            return {"access_token": token}
        proof = hmac.digest(self._secret.encode(), token.encode(), hashlib.sha256).hex()
        return {"access_token": token, "appsecret_proof": proof}


def read(response: httpx.Response) -> Answer | Failure:
    """What a response means (`outreach.channels.json_answers`); an object without a number under `error` is none."""
    body = read_object(response)
    if not isinstance(body, dict):
        return body
    try:
        return Answer(int(body["error"]), str(body.get("message", "")), body.get("data"))
    except (KeyError, TypeError, ValueError):
        return Unknown("unreadable_answer")
