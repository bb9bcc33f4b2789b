"""An HTTP transport for `requests` that looks at the attempt's fuse right before the bytes leave.

It never repeats a request, and it opens its connection first: a slow hand-shake must not outlast the fuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from requests import Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from outreach.channels.fuse import Fuse

_fuse: ContextVar[Fuse | None] = ContextVar("fuse", default=None)


@contextmanager
def guarded_by(fuse: Fuse) -> Iterator[None]:
    """Requests of this thread, within the block, raise FuseBlown instead of leaving once `fuse` has blown."""
    token = _fuse.set(fuse)
    try:
        yield
    finally:
        _fuse.reset(token)


class _CheckedHttp(HTTPConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _check()
        super().send(data)


class _CheckedHttps(HTTPSConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _check()
        super().send(data)


def _check() -> None:
    fuse = _fuse.get()
    if fuse is not None:
        fuse.check()


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _CheckedHttp


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedHttps


class FusedTransport(HTTPAdapter):
    """Mount it on a session for http and https; it serves requests through proxies too.

    last_headers: of the answer that came last; a library that reads the body alone loses what they say of the pace.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=0)
        self.last_headers: Mapping[str, str] = {}

    def send(self, *args: Any, **kwargs: Any) -> Response:
        self.last_headers = {}
        response = super().send(*args, **kwargs)
        self.last_headers = response.headers
        return response

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _use_checked_pools(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        _use_checked_pools(manager)
        return manager


def _use_checked_pools(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
