"""How many event streams are open: each holds one of the door's threads for as long as it lasts."""

from __future__ import annotations

import threading


class Place:
    """What an open stream holds."""


class OpenStreams:
    """Allows at most `most` open streams (at least one)."""

    def __init__(self, most: int) -> None:
        self._most = max(1, most)
        self._taken: set[Place] = set()
        self._lock = threading.Lock()

    def take(self) -> Place | None:
        """Take a place; None when none is left."""
        with self._lock:
            if len(self._taken) >= self._most:
                return None
            place = Place()
            self._taken.add(place)
            return place

    def give_back(self, place: Place) -> None:
        """Give `place` back; a second time does nothing, for a response may be closed twice."""
        with self._lock:
            self._taken.discard(place)
