"""An httpx client that looks at the attempt's fuse right before the bytes leave, and says what a broken call means.

It never repeats a request and follows no redirection. The connection is made first: a slow hand-shake must not outlast
the fuse. `outreach.channels.fused_http` is the same for `requests`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpx

from outreach.channels.adapter import NotSent, Unknown
from outreach.channels.fuse import Fuse

_fuse: ContextVar[Fuse | None] = ContextVar("httpx_fuse", default=None)
_RIGHT_BEFORE = "http11.send_request_headers.started"
"""What httpcore says, the connection made, before it writes a request's first byte; it passes on what this raises."""
KEPT_SECONDS = 1.0
"""An idle connection is not used again after this: the server may just be closing it, and the answer would be lost."""
_NEVER_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError,
                    httpx.UnsupportedProtocol)  # fmt: skip


@contextmanager
def guarded_by(fuse: Fuse) -> Iterator[None]:
    """Requests of this thread (or asyncio task), within the block, raise FuseBlown instead of leaving once `fuse` has
    blown."""
    token = _fuse.set(fuse)
    try:
        yield
    finally:
        _fuse.reset(token)


def fused_client(
    *, connect_seconds: float, read_seconds: float, headers: Mapping[str, str] | None = None
) -> httpx.Client:
    """A client for many threads. Every phase but the answer's may take `connect_seconds`, each wait for the answer
    `read_seconds`."""
    return httpx.Client(
        event_hooks={"request": [_watch]},
        limits=httpx.Limits(max_connections=64, keepalive_expiry=KEPT_SECONDS),
        timeout=httpx.Timeout(connect_seconds, read=read_seconds),
        headers=dict(headers or {}),
        follow_redirects=False,
    )


def broken_call(error: httpx.HTTPError) -> NotSent | Unknown:
    """What a call that ended in `error` means for the message: never out of the house, or perhaps with the provider."""
    if isinstance(error, _NEVER_CONNECTED):
        slow = isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout)
        return NotSent("connect_timeout" if slow else "no_connection", away=True)
    return Unknown("read_timeout" if isinstance(error, httpx.TimeoutException) else "connection_lost")


def fused_hooks() -> dict[str, list[Callable[..., Any]]]:
    """The same look for an `httpx.AsyncClient` that a library makes: its `event_hooks`. The fuse is the task's own."""
    return {"request": [_watch_async]}


def _watch(request: httpx.Request) -> None:
    request.extensions["trace"] = _look


async def _watch_async(request: httpx.Request) -> None:
    request.extensions["trace"] = _look_async


async def _look_async(event: str, details: dict[str, Any]) -> None:
    _look(event, details)


def _look(event: str, _: dict[str, Any]) -> None:
    fuse = _fuse.get()
    if fuse is not None and event == _RIGHT_BEFORE:
        fuse.check()
