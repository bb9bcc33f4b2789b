"""Telegram's limits, kept by waiting: so many messages a second altogether (the library's), one a second to a chat.

The library leaves private chats unlimited; a long answer in several parts would be refused at its second part.
Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
"""

from __future__ import annotations

from typing import Any

from aiolimiter import AsyncLimiter
from telegram.ext import AIORateLimiter

_MANY = 512


class ChatLimiter(AIORateLimiter):
    """Waits, and repeats nothing: what was refused for the rate goes back to the ledger."""

    def __init__(self, *, per_second: float, chat_seconds: float) -> None:
        at_once = max(1.0, per_second)
        super().__init__(overall_max_rate=at_once, overall_time_period=at_once / per_second, max_retries=0)
        self._chat_seconds = chat_seconds
        self._chats: dict[object, AsyncLimiter] = {}

    async def process_request(self, *args: Any, **kwargs: Any) -> Any:
        chat = kwargs["data"].get("chat_id")
        if chat is not None:
            await self._chat(chat).acquire()
        return await super().process_request(*args, **kwargs)

    def _chat(self, chat: object) -> AsyncLimiter:
        if len(self._chats) > _MANY:
            self._chats = {one: limit for one, limit in self._chats.items() if not limit.has_capacity()}
        return self._chats.setdefault(chat, AsyncLimiter(1, self._chat_seconds))
