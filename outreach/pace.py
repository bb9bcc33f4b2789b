"""How fast a wave goes out over one account. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

LARGEST_BATCH = 50
SLOWEST = 0.2


@dataclass(frozen=True)
class Pace:
    """Messages a second, above 0. A batch is what a second takes, so that a check right before sending is recent."""

    per_second: float

    @property
    def batch(self) -> int:
        """How many messages to claim at once: at least 1, at most LARGEST_BATCH."""
        return max(1, min(LARGEST_BATCH, int(self.per_second)))

    def rest_after(self, sent: int, took_seconds: float) -> float:
        """Seconds to wait after a batch of `sent` messages that took `took_seconds`."""
        return max(0.0, sent / self.per_second - took_seconds)

    def slower(self) -> Pace:
        """Half as fast, after the provider has said that it is too fast."""
        return replace(self, per_second=max(SLOWEST, self.per_second / 2))
