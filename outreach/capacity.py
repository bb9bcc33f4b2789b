"""How fast waves may go, by how many answers still wait: inviting people whom nobody can answer helps nobody. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100
STEPS = ((1.0, 50), (1.25, 25), (1.5, 10), (2.0, 0))
"""From this load on (what waits ÷ what can be held), so many percent of the pace are left."""
EASED = 0.8
"""A step is left only once the load is clearly below where it began: else the pace would swing around the limit."""


@dataclass(frozen=True)
class Queue:
    """What people or the bot have to work off: what waits, and what they can hold without a delay that is felt."""

    called: str
    """As a manager reads it, e.g. "việc chờ cán bộ"."""
    waiting: int
    can_hold: int

    @property
    def load(self) -> float:
        return self.waiting / self.can_hold


@dataclass(frozen=True)
class WavePace:
    """Percent of every account's pace that waves are given, and why it is not all (Vietnamese; None at full pace)."""

    percent: int
    why: str | None = None


def wave_pace(before: int, queues: Sequence[Queue]) -> WavePace:
    """The pace after `before` percent, by the fullest of `queues`.

    Down at once, as far as the load says; up one step at a time, and only when the load has eased.
    """
    fullest = max(queues, key=lambda queue: queue.load)
    allowed = _allowed(fullest.load)
    percent = allowed if allowed <= before else _one_step_up(before, fullest.load)
    return WavePace(percent, _why(fullest, percent))


def _allowed(load: float) -> int:
    return min((percent for begins, percent in STEPS if load >= begins), default=FULL)


def _one_step_up(before: int, load: float) -> int:
    """`before` may be a number that is no step any more: the settings of an older version."""
    begins = min((begins for begins, percent in STEPS if percent <= before), default=0.0)
    if load >= begins * EASED:
        return before
    return min((percent for percent in (*(percent for _, percent in STEPS), FULL) if percent > before), default=FULL)


def _why(queue: Queue, percent: int) -> str | None:
    if percent == FULL:
        return None
    seen = f"Đang có {queue.waiting} {queue.called} (giới hạn {queue.can_hold})"
    if percent == 0:
        return f"{seen}: tạm ngừng gửi tin mời, chờ trả lời bớt."
    return f"{seen}: tin mời đi chậm lại, còn {percent}% tốc độ."
