"""Wires: what a process says to the database or to a provider passes through here, can be watched, and can be cut."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

_BLOCK = 64 * 1024


class Tap(Protocol):
    """Listens on one connection."""

    def sent(self, data: bytes) -> None:
        """The process has sent this; called before it is passed on. Raises Cut to let it go nowhere."""

    def got(self, data: bytes) -> None:
        """The other end has answered this; called before it is passed on. Raises Cut."""

    def passed_on(self) -> None:
        """What `got` saw last is with the process. Raises Cut."""


class Cut(Exception):
    """What is passing does not arrive, and the connection ends."""


@dataclass(frozen=True)
class Place:
    """Where a wire ends: a Unix socket, or a port of this machine."""

    path: Path | None = None
    port: int = 0

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Raises OSError where nobody listens."""
        if self.path is not None:
            return await asyncio.open_unix_connection(str(self.path))
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def serve(
        self, handler: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
    ) -> asyncio.Server:
        """Listen here; port 0 takes a free one."""
        if self.path is not None:
            server = await asyncio.start_unix_server(handler, str(self.path))
            self.path.chmod(0o777)  # processes of another user, as the database's own, may come too
            return server
        return await asyncio.start_server(handler, "127.0.0.1", self.port)


@dataclass
class Wire:
    """All connections of one process to one place."""

    to: Place
    tap: Callable[[], Tap]
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def lay(self, at: Place) -> int:
        """Begin to listen; the port (0 on a Unix socket)."""
        self._server = await at.serve(self._carry)
        name = self._server.sockets[0].getsockname()
        return int(name[1]) if isinstance(name, tuple) else 0

    def cut(self) -> int:
        """End every connection at once, with nothing said; how many there were. New ones are carried again."""
        cut = len(self._open) // 2
        for writer in list(self._open):
            writer.transport.abort()
        return cut

    async def take_up(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
        self.cut()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await self.to.connect()
        except OSError:
            writer.transport.abort()
            return
        tap, both = self.tap(), (writer, far_writer)
        self._open.update(both)
        try:
            await asyncio.gather(
                _pass(reader, far_writer, tap.sent, _nothing), _pass(far_reader, writer, tap.got, tap.passed_on)
            )
        except (Cut, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            for one in both:
                one.transport.abort()
            self._open.difference_update(both)


async def _pass(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    see: Callable[[bytes], None],
    after: Callable[[], None],
) -> None:
    """Pass bytes on until one side ends; then the other side is told, and may still finish."""
    while data := await reader.read(_BLOCK):
        see(data)
        writer.write(data)
        await writer.drain()
        after()
    with contextlib.suppress(OSError):
        writer.write_eof()


def _nothing() -> None:
    pass
