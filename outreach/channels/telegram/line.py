"""Our line to Telegram: the library's bot, whose calls run in one event loop on a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram.ext import ExtBot

from outreach.channels.telegram.answers import UnreadableAnswer
from outreach.channels.telegram.limiter import ChatLimiter
from outreach.channels.telegram.request import FusedRequest

_SLACK = 5.0
"""The loop's own time, on a busy machine."""


class LoaBot(ExtBot[int]):
    """The library's bot. It is never "initialised": that would ask Telegram before the first message, and name the
    token in the exception if refused."""

    async def raw_updates(self, asked: dict[str, Any], read_seconds: float) -> list[dict[str, Any]]:
        """The library's `get_updates` reads a whole batch, and one update that it cannot read would hide the others."""
        updates = await self._post("getUpdates", asked, read_timeout=read_seconds)
        if not isinstance(updates, list) or not all(isinstance(one, dict) for one in updates):
            raise UnreadableAnswer(200)
        return updates


class Line:
    """One bot, for many threads. `base_url`: the API's address, before "/bot<token>". Times in seconds.

    The thread is started with the first call; `close` ends it.
    """

    def __init__(
        self,
        token: str,
        base_url: str,
        *,
        connect_seconds: float,
        read_seconds: float,
        per_second: float,
        chat_seconds: float,
    ) -> None:
        self.files = f"{base_url}/file/bot{token}/"
        self.longest = 3 * connect_seconds + read_seconds + _SLACK
        """So long may one call take, once the limits let it go: a connection awaited, made, written to, read from."""
        self._read_seconds = read_seconds
        self._requests = [FusedRequest(connect_seconds=connect_seconds, read_seconds=read_seconds) for _ in range(2)]
        self._bot = LoaBot(
            token,
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
            rate_limiter=ChatLimiter(per_second=per_second, chat_seconds=chat_seconds),
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True)
        self._starting = threading.Lock()

    def call[T](self, work: Callable[[LoaBot], Awaitable[T]], *, waits: float = 0.0) -> T:
        """The result of `work`, which may take `waits` seconds besides the call itself.

        Raises what `work` raises (telegram.error.TelegramError, FuseBlown), and TimeoutError when it is not done by
        then: it may have got through.
        """
        self._start()
        future = asyncio.run_coroutine_threadsafe(_awaited(work, self._bot), self._loop)
        try:
            return future.result(waits + self.longest)
        finally:
            future.cancel()

    def updates(self, offset: int, wait_seconds: float, kinds: Sequence[str]) -> list[dict[str, Any]]:
        """What came in from `offset` on, as Telegram writes it, once there is something or `wait_seconds` are over.

        Asking confirms what lies before `offset`: Telegram forgets it. Raises as `call` does.
        """
        asked = {"offset": offset, "timeout": int(wait_seconds), "allowed_updates": list(kinds)}
        return self.call(lambda bot: bot.raw_updates(asked, wait_seconds + self._read_seconds), waits=wait_seconds)

    def close(self) -> None:
        """Close the connections and end the thread."""
        if not self._thread.is_alive():
            return
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(self.longest)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(self.longest)
        self._loop.close()

    async def _hang_up(self) -> None:
        for request in self._requests:
            await request.shutdown()

    def _start(self) -> None:
        with self._starting:
            if not self._thread.is_alive():
                self._thread.start()


async def _awaited[T](work: Callable[[LoaBot], Awaitable[T]], bot: LoaBot) -> T:
    return await work(bot)
