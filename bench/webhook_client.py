"""Providers at our door, as lightly as they can be played: their own work must not take the door's processors.

Plain sockets and requests made beforehand: a library's client took longer for a call than the door for its answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.webhook_calls import Call

_IDLE_SECONDS = 1.0
"""A connection that has rested so long is not used again: the door may just be closing it."""
_PATIENCE = 30.0


@dataclass(frozen=True)
class Acknowledged:
    """How one call went. `status` 0: not answered at all."""

    call: Call
    status: int
    milliseconds: float


class Provider:
    """Connections to the door at `port` of this machine, kept and shared."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def one_after_the_other(self, calls: Sequence[Call]) -> list[Acknowledged]:
        """Each call when the one before is answered."""
        return [await self._post(call, time.perf_counter()) for call in calls]

    async def at_a_steady_rate(self, calls: Sequence[Call], a_second: int) -> list[Acknowledged]:
        """Each call when it is due, whether those before are answered or not."""
        began, under_way = time.perf_counter(), []
        for number, call in enumerate(calls):
            due = began + number / a_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            under_way.append(asyncio.create_task(self._post(call, due)))
        return list(await asyncio.gather(*under_way))

    async def _post(self, call: Call, due: float) -> Acknowledged:
        """Timed from when it was due: a client that comes late is no excuse."""
        try:
            async with asyncio.timeout(_PATIENCE):
                status = await self._answered(call.request)
        except (OSError, EOFError, TimeoutError):
            status = 0
        return Acknowledged(call, status, 1000 * (time.perf_counter() - due))

    async def _answered(self, request: bytes) -> int:
        reader, writer = await self._line()
        try:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            await reader.readexactly(int(head.partition("content-length:")[2].partition("\r\n")[0] or 0))
        except BaseException:
            writer.close()
            raise
        self._free.append((time.perf_counter(), reader, writer))
        return int(head.split(" ", 2)[1])

    async def _line(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._free:
            rested_since, reader, writer = self._free.pop()
            if time.perf_counter() - rested_since < _IDLE_SECONDS:
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self._port)
