"""The numbers a bot's messages and updates bear: growing, and never given twice, also over a restart."""

import itertools
import threading

from simulator.provider import World
from simulator.telegram.shapes import PROVIDER

_FIRST_UPDATE = 100_000_001


class Counters:
    """Goes on after the highest numbers in the ledger."""

    def __init__(self, world: World) -> None:
        details = [message.details for message in world.ledger.messages() if message.provider == PROVIDER]
        last_message = max((found["message_id"] for found in details if "message_id" in found), default=0)
        last_update = max((found["update_id"] for found in details if "update_id" in found), default=_FIRST_UPDATE - 1)
        self._lock = threading.Lock()
        self._messages = itertools.count(last_message + 1)
        self._updates = itertools.count(last_update + 1)

    def message_id(self) -> int:
        with self._lock:
            return next(self._messages)

    def update_id(self) -> int:
        with self._lock:
            return next(self._updates)
