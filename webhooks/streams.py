"""How many event streams are open: each holds one of the door's threads for as long as it lasts."""

from __future__ import annotations

import threading


class OpenStreams:
    """Counts open streams and allows at most `most` (at least one)."""

    def __init__(self, most: int) -> None:
        self._places = threading.BoundedSemaphore(max(1, most))

    def take(self) -> bool:
        """Take a place; False when none is left."""
        return self._places.acquire(blocking=False)

    def give_back(self) -> None:
        """Give a place back, once for each that was taken."""
        self._places.release()
