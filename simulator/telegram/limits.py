"""How fast a bot may send: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""

import math
import threading
from datetime import datetime

from simulator.telegram.config import TelegramConfig
from simulator.telegram.errors import too_many


class _Bucket:
    """Holds `burst` sends and fills at `rate` a second."""

    def __init__(self, rate: float, burst: float, now: datetime) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._at = now

    def wait(self, now: datetime) -> float:
        """Seconds until one may be sent; 0: now."""
        passed = max(0.0, (now - self._at).total_seconds())
        self._left, self._at = min(self._burst, self._left + passed * self._rate), now
        return 0.0 if self._left >= 1 else (1 - self._left) / self._rate

    def take(self) -> None:
        self._left -= 1


class Limits:
    """The limits of one bot; safe to use from many threads."""

    def __init__(self, config: TelegramConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._overall: _Bucket | None = None
        self._chats: dict[str, _Bucket] = {}

    def spend(self, chat: str, now: datetime) -> None:
        """Count one message. TelegramError 429 with how long to wait if it comes too soon: it is not counted then."""
        with self._lock:
            buckets = self._buckets(chat, now)
            wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
            if wait > 0:
                raise too_many(max(1, math.ceil(wait)))
            for bucket in buckets:
                bucket.take()

    def _buckets(self, chat: str, now: datetime) -> list[_Bucket]:
        found: list[_Bucket] = []
        if self._config.per_second:
            self._overall = self._overall or _Bucket(self._config.per_second, self._config.per_second, now)
            found.append(self._overall)
        if self._config.per_chat:
            if chat not in self._chats:
                self._chats[chat] = _Bucket(self._config.per_chat, self._config.chat_burst, now)
            found.append(self._chats[chat])
        return found
