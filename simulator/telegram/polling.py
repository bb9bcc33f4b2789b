"""`getUpdates`: the bot asks for what is in line, and may wait for it.

https://core.telegram.org/bots/api#getupdates
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from simulator.messages import Message
from simulator.provider import World
from simulator.sockets import is_gone
from simulator.telegram.errors import TelegramError, conflict
from simulator.telegram.parameters import Parameters
from simulator.telegram.updates import Status, Updates, update_of

_MOST = 100
_LONGEST_WAIT = 50
# How often a waiting request looks whether it shall end.
_LOOK_UP = 0.2


class Polling:
    """One bot's asking. Of several requests at once only the latest goes on."""

    def __init__(self, world: World, updates: Updates) -> None:
        self._world = world
        self._updates = updates
        self._lock = threading.Lock()
        self._asked = 0
        self._ended_by = ""

    def end_others(self, by: str) -> int:
        """End a request that waits, naming the method that ends it; the turn of the one that may go on."""
        with self._lock:
            self._asked += 1
            self._ended_by = by
            return self._asked

    def get_updates(self, parameters: Parameters) -> list[dict[str, Any]]:
        """The updates after those that `offset` confirms. TelegramError 409 if another request takes over."""
        turn = self.end_others("other getUpdates request; make sure that only one bot instance is running")
        self._confirm(parameters.whole("offset", 0))
        limit = max(1, min(_MOST, parameters.whole("limit", _MOST)))
        wait = max(0, min(_LONGEST_WAIT, parameters.whole("timeout", 0)))
        found = self._wait(wait, lambda: self._asked != turn)
        return [update_of(message) for message in found[:limit]]

    def _confirm(self, offset: int) -> None:
        line = self._updates.in_line()
        if offset > 0:
            done = [message for message in line if message.details["update_id"] < offset]
        else:
            done = line[:offset] if offset else []
        self._updates.close(done, Status.TAKEN)

    def _wait(self, seconds: int, is_over: Callable[[], bool]) -> list[Message]:
        deadline, released = time.monotonic() + seconds, self._world.released
        with self._updates.changed:
            while not (found := self._updates.in_line()) and not released.is_set() and not is_gone():
                if is_over():
                    raise self._ended()
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._updates.changed.wait(min(left, _LOOK_UP))
            return found

    def _ended(self) -> TelegramError:
        return conflict(f"terminated by {self._ended_by}")
