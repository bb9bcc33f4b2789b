"""The fuse of an attempt: once it has blown, the request is not made any more.

A lock is no fence against a process that was frozen and wakes up: by then its lock may be gone and the message sent by
somebody else. A fuse is measured on the machine's own clock, which goes on while a process is stopped and while the
machine sleeps, and is looked at right before the bytes leave. Nobody else sends the message before a settling time has
passed that is much longer than the fuse.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


class FuseBlown(Exception):
    """Too long has passed since the attempt was committed: it must not be made."""


def machine_time() -> float:
    """Seconds on a clock that nobody sets and that does not stand still during a suspend."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True)
class Fuse:
    """Blows `seconds` after it was lit, by `clock` (seconds, only differences count)."""

    seconds: float
    clock: Callable[[], float] = machine_time
    lit_at: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lit_at", self.clock())

    @property
    def blown(self) -> bool:
        return self.clock() - self.lit_at > self.seconds

    def check(self) -> None:
        """Raise FuseBlown once it has blown."""
        if self.blown:
            raise FuseBlown
