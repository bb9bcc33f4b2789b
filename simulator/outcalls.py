"""HTTP calls from a provider to its customer, over kept-open connections."""

import http.client
import ipaddress
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from simulator.sockets import is_readable

_LARGEST_ANSWER = 64 * 1024
# Shorter than gunicorn's and every usual server's keep-alive: a connection used later could be closing just then.
_KEEP_IDLE = 1.0


class CallFailure(StrEnum):
    CONNECT = "connect"
    READ = "read"
    NOT_REACHABLE = "not_reachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an HTTP status with its body, or the failure instead."""

    status: int | None = None
    content_type: str = ""
    body: bytes = b""
    failure: CallFailure | None = None

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(slots=True)
class _Kept:
    origin: str
    connection: http.client.HTTPConnection
    used_at: float = 0.0


class Outcalls:
    """Calls loopback addresses, and the hosts named at the start; anything else is refused.

    A stand-in is told where to call by whoever sends it a message: it must not be a way to reach other machines.
    """

    def __init__(self, reachable_hosts: frozenset[str]) -> None:
        self._reachable_hosts = reachable_hosts
        self._threads = threading.local()

    def send(
        self,
        method: str,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        connect_timeout: float,
        read_timeout: float,
    ) -> Answer:
        """One request, no redirects followed, no retries. Timeouts are seconds. Never raises for a failed call."""
        target = urlsplit(url)
        if not self._is_reachable(target.hostname or ""):
            return Answer(failure=CallFailure.NOT_REACHABLE)
        kept = self._kept(target) or self._open(target, connect_timeout)
        if kept is None:
            return Answer(failure=CallFailure.CONNECT)
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        try:
            return self._exchange(kept, (method, path, body, dict(headers)), read_timeout)
        except (OSError, http.client.HTTPException):
            kept.connection.close()
            return Answer(failure=CallFailure.READ)

    def _is_reachable(self, host: str) -> bool:
        if host == "localhost" or host in self._reachable_hosts:
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def _connections(self) -> dict[str, _Kept]:
        if not hasattr(self._threads, "connections"):
            self._threads.connections = {}
        connections: dict[str, _Kept] = self._threads.connections
        return connections

    def _kept(self, target: SplitResult) -> _Kept | None:
        """The connection of an earlier call, if the other side has surely not closed it meanwhile."""
        kept = self._connections().pop(_origin(target), None)
        if kept is None:
            return None
        if time.monotonic() - kept.used_at < _KEEP_IDLE and not is_readable(kept.connection.sock, 0):
            return kept
        kept.connection.close()
        return None

    def _open(self, target: SplitResult, timeout: float) -> _Kept | None:
        kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
        connection = kind(target.hostname or "", target.port, timeout=timeout)
        try:
            connection.connect()
        except OSError:
            return None
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Kept(_origin(target), connection)

    def _exchange(self, kept: _Kept, request: tuple[str, str, bytes, dict[str, str]], timeout: float) -> Answer:
        kept.connection.sock.settimeout(timeout)
        kept.connection.request(*request)
        response = kept.connection.getresponse()
        content = response.read(_LARGEST_ANSWER + 1)
        if response.will_close or not response.isclosed():
            kept.connection.close()
        else:
            kept.used_at = time.monotonic()
            self._connections()[kept.origin] = kept
        return Answer(response.status, response.headers.get_content_type(), content[:_LARGEST_ANSWER])


def _origin(target: SplitResult) -> str:
    return f"{target.scheme}://{target.netloc}"
