"""When a running campaign pauses by itself. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from outreach.campaign_pause import PauseReason
from outreach.watch_settings import WatchSettings


@dataclass(frozen=True)
class Seen:
    """What was seen of a campaign lately.

    outcomes, errors: of its last messages, those of which something is known, and those refused, not delivered or lost.
    written_to, stops, worries: people whom it wrote to within the window; those of them who said stop since; those who
    asked whether it is a scam, or reported one.
    """

    outcomes: int = 0
    errors: int = 0
    written_to: int = 0
    stops: int = 0
    worries: int = 0


@dataclass(frozen=True)
class Alarm:
    """Why to pause, and what was seen, as a manager reads it."""

    reason: PauseReason
    words: str


def alarm(seen: Seen, limits: WatchSettings) -> Alarm | None:
    """The reason to pause; the gravest where there are several; None where all is well."""
    if _spike(seen.worries, seen.written_to, limits.least_worries, limits.worry_share):
        return Alarm(
            PauseReason.SCAM_WORRIES,
            f"Trong {_hours(limits)} qua có {_of(seen.worries, seen.written_to)} người nhận tin hỏi hoặc báo lừa đảo.",
        )
    if _spike(seen.stops, seen.written_to, limits.least_stops, limits.stop_share):
        return Alarm(
            PauseReason.STOPS,
            f"Trong {_hours(limits)} qua có {_of(seen.stops, seen.written_to)} người nhận tin xin thôi nhận.",
        )
    if seen.outcomes >= limits.least_outcomes and seen.errors / seen.outcomes >= limits.error_share:
        return Alarm(PauseReason.ERRORS, f"Trong các tin gần nhất có {_of(seen.errors, seen.outcomes)} tin gửi lỗi.")
    return None


def _spike(count: int, of: int, least: int, share: float) -> bool:
    return count >= least and count >= share * of


def _of(count: int, of: int) -> str:
    """A count beside what it is a part of. Worries may come from more people than were written to just now."""
    return f"{count}/{of}" + (f" ({100 * count / of:.0f}%)" if of else "")


def _hours(limits: WatchSettings) -> str:
    return f"{limits.window_hours:g} giờ"
