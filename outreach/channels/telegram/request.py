"""The library's way to Telegram over HTTP, with the fuse looked at right before the bytes leave."""

from __future__ import annotations

import logging
from typing import Any

import httpx
from telegram.request import HTTPXRequest

from outreach.channels.fused_httpx import KEPT_SECONDS, fused_hooks
from outreach.channels.telegram.answers import status_of

# The token stands in every address and the citizen's words in what is sent and answered: neither may be logged.
logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
logging.getLogger("httpx").setLevel(logging.WARNING)


class FusedRequest(HTTPXRequest):
    """Never repeats a request, follows no redirection, and raises what `answers` says of an answer that is none.

    Every phase but the answer's may take `connect_seconds`, each wait for the answer `read_seconds`.
    """

    def __init__(self, *, connect_seconds: float, read_seconds: float) -> None:
        super().__init__(
            connect_timeout=connect_seconds,
            write_timeout=connect_seconds,
            pool_timeout=connect_seconds,
            read_timeout=read_seconds,
            httpx_kwargs={
                "event_hooks": fused_hooks(),
                "limits": httpx.Limits(max_connections=64, keepalive_expiry=KEPT_SECONDS),
                "follow_redirects": False,
            },
        )

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **kwargs)
        return status_of(status, payload), payload
