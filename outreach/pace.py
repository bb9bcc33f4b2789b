"""How fast a wave goes out over one account. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

LARGEST_BATCH = 100
SLOWEST = 0.2
_RECOVERS = 0.02
"""Of the whole pace, for each batch without a complaint: full speed is back about a minute after a halving."""


@dataclass(frozen=True)
class Pace:
    """Units (messages or segments, as the provider counts) a second: now, and at most. Both above 0."""

    per_second: float
    most: float

    @classmethod
    def full(cls, most: float) -> Pace:
        """As fast as the account may."""
        return cls(most, most)

    def batch(self, typical: float = 1.0) -> int:
        """How many messages of `typical` units to claim at once: what a second takes, so that the check right before
        sending is recent; at least 1, at most LARGEST_BATCH."""
        return max(1, min(LARGEST_BATCH, int(self.per_second / max(1.0, typical))))

    def rest_after(self, units: float, took_seconds: float) -> float:
        """Seconds to wait after a batch of `units` that took `took_seconds`."""
        return max(0.0, units / self.per_second - took_seconds)

    def slower(self) -> Pace:
        """Half as fast, after the provider has said that it is too fast; never stops altogether."""
        return replace(self, per_second=max(min(SLOWEST, self.most), self.per_second / 2))

    def faster(self) -> Pace:
        """A little faster, after a batch without a complaint."""
        return replace(self, per_second=min(self.most, self.per_second + self.most * _RECOVERS))

    @property
    def percent(self) -> int:
        """How much of the whole pace this is."""
        return round(100 * self.per_second / self.most)

    def at(self, percent: int) -> Pace:
        """At this part of the whole pace; of 0 the slowest."""
        return replace(self, per_second=max(min(SLOWEST, self.most), self.most * percent / 100))
