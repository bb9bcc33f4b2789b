"""How long a wave will take, and what will not be out before the quiet hours. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from core.clock import VIETNAM
from outreach.calendar import DEFAULT_HOURS, Hours, next_permitted, permitted_for


@dataclass(frozen=True)
class DayShare:
    """What goes out on one day (in Vietnam): from when, until when at the latest, and how many messages."""

    begins: datetime
    ends: datetime
    messages: int

    @property
    def day(self) -> date:
        return self.begins.astimezone(VIETNAM).date()


@dataclass(frozen=True)
class Forecast:
    """A wave's days in order; none for a wave without messages. Moments are UTC."""

    days: tuple[DayShare, ...]

    @property
    def begins(self) -> datetime | None:
        return self.days[0].begins if self.days else None

    @property
    def ends(self) -> datetime | None:
        """When the last message is out."""
        return self.days[-1].ends if self.days else None

    @property
    def left_after_first_day(self) -> int:
        """How many messages the quiet hours (or the day's quota) leave for later days."""
        return sum(share.messages for share in self.days[1:])


def forecast(
    messages: int,
    per_second: float,
    start: datetime,
    hours: Hours = DEFAULT_HOURS,
    *,
    daily_quota: int | None = None,
    sent_today: int = 0,
) -> Forecast:
    """How `messages` go out at `per_second` (above 0) from `start` (aware) on, within `hours` and outside of Tết.

    daily_quota: what the account may send a day, None without limit; sent_today: what of it is used up on the day of
    `start`. Raises ValueError for a pace or a quota of nothing: such a wave never ends.
    """
    if per_second <= 0 or (daily_quota is not None and daily_quota <= 0):
        raise ValueError("a wave without a pace or a quota never ends")
    first_day = start.astimezone(VIETNAM).date()
    days: list[DayShare] = []
    left, at = messages, next_permitted(start, hours)
    while left > 0:
        used = sent_today if at.astimezone(VIETNAM).date() == first_day else 0
        share = _share(left, per_second, at, hours, None if daily_quota is None else max(0, daily_quota - used))
        if share.messages:
            days.append(share)
        left -= share.messages
        at = next_permitted(_midnight_after(at), hours)
    return Forecast(tuple(days))


def warning(expected: Forecast, hours: Hours = DEFAULT_HOURS) -> str | None:
    """What a manager is told where a wave will not be out on its first day; None where it will."""
    if not expected.left_after_first_day:
        return None
    later = ", ".join(f"{_number(share.messages)} tin vào {share.day:%d/%m}" for share in expected.days[1:4])
    more = ", …" if len(expected.days) > 4 else ""
    last = expected.days[-1]
    return (
        f"Không gửi hết trước {hours.closes:%H:%M} ngày {expected.days[0].day:%d/%m/%Y}: còn"
        f" {_number(expected.left_after_first_day)} tin sang ngày sau ({later}{more});"
        f" xong khoảng {last.ends.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}."
    )


def _share(left: int, per_second: float, at: datetime, hours: Hours, quota: int | None) -> DayShare:
    fits = max(1, int(permitted_for(at, hours).total_seconds() * per_second))
    count = min(left, fits) if quota is None else min(left, fits, quota)
    return DayShare(at, at + timedelta(seconds=count / per_second), count)


def _midnight_after(at: datetime) -> datetime:
    day = at.astimezone(VIETNAM).date() + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), VIETNAM).astimezone(UTC)


def _number(count: int) -> str:
    """As it is written in Vietnamese: 12.340."""
    return f"{count:,}".replace(",", ".")
