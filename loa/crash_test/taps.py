"""What the wires understand: enough of PostgreSQL's and HTTP's language to know which point a process has come to."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from loa.crash_test.points import Point

type AtPoint = Callable[[Point], None]
"""Called when a process comes to a point; raises `Cut` where what is passing shall not arrive."""

_WRITES = {
    "claim": re.compile(rb"\binsert into attempt\b", re.IGNORECASE),
    "outcome": re.compile(rb"\bupdate attempt\b", re.IGNORECASE),
    "seal": re.compile(rb"\binsert into message\b", re.IGNORECASE),
}
_UNCOMMITTED = {
    "claim": Point.CLAIM_UNCOMMITTED,
    "outcome": Point.OUTCOME_UNCOMMITTED,
    "seal": Point.SEAL_UNCOMMITTED,
}
_COMMITTED = {"claim": Point.CLAIM_COMMITTED, "outcome": Point.OUTCOME_COMMITTED, "seal": Point.SEAL_COMMITTED}


class PostgresTap:
    """One connection to the database: which transactions write attempts, outcomes or rows, and when they are committed.

    Source: PostgreSQL, "Frontend/Backend Protocol", message formats. A start-up packet has a length and no type; a
    request for encryption is answered by one byte.
    """

    def __init__(self, at: AtPoint) -> None:
        self._at = at
        self._buffer = bytearray()
        self._started = False
        self._statements: dict[bytes, bytes] = {}
        self._writes: set[str] = set()
        self._committing: set[str] = set()

    def sent(self, data: bytes) -> None:
        self._buffer += data
        while (message := self._next()) is not None:
            self._hear(*message)

    def got(self, data: bytes) -> None:
        """Anything that comes back after a COMMIT says that it is done, or that it has failed."""
        for kind in sorted(self._committing):
            self._at(_COMMITTED[kind])
        self._committing.clear()

    def passed_on(self) -> None:
        pass

    def _next(self) -> tuple[bytes, bytes] | None:
        """The next whole message from the buffer: its type and its content."""
        head = 1 if self._started else 0
        if len(self._buffer) < head + 4:
            return None
        (length,) = struct.unpack_from("!I", self._buffer, head)
        if len(self._buffer) < head + length:
            return None
        kind, content = bytes(self._buffer[:head]), bytes(self._buffer[head + 4 : head + length])
        del self._buffer[: head + length]
        if not self._started:
            # Requests for encryption (80877103, 80877104) are refused by the server; the start-up packet follows.
            self._started = struct.unpack_from("!I", content)[0] not in (80877103, 80877104)
        return kind, content

    def _hear(self, kind: bytes, content: bytes) -> None:
        if kind == b"P":
            name, statement, *_ = content.split(b"\0", 2)
            self._statements[name] = statement
        elif kind == b"B":
            _, name, *_ = content.split(b"\0", 2)
            self._run(self._statements.get(name, b""))
        elif kind == b"Q":
            self._run(content.rstrip(b"\0"))

    def _run(self, statement: bytes) -> None:
        if statement == b"COMMIT":
            ended, self._writes = self._writes, set()
            for kind in sorted(ended):
                self._at(_UNCOMMITTED[kind])
            self._committing |= ended
        elif statement in (b"BEGIN", b"ROLLBACK"):
            self._writes.clear()
        else:
            self._writes.update(kind for kind, pattern in _WRITES.items() if pattern.search(statement))
            if _WRITES["seal"].search(statement):
                self._at(Point.SEALING)


class HttpTap:
    """One connection to a provider: calls that send, and calls that only ask."""

    def __init__(self, at: AtPoint) -> None:
        self._at = at
        self._sends = False
        self._asks = False

    def sent(self, data: bytes) -> None:
        """A request begins with its method; a second piece of it does not."""
        if data.startswith(b"POST "):
            self._sends, self._asks = True, False
            self._at(Point.CALLED)
        elif data.startswith(b"GET "):
            self._sends, self._asks = False, True

    def got(self, data: bytes) -> None:
        if self._sends:
            self._at(Point.TAKEN)
        elif self._asks:
            self._at(Point.LOOKED_UP)

    def passed_on(self) -> None:
        if self._sends:
            self._at(Point.ANSWERED)
