"""When the team may come, as people say it: kept relative until a date is needed.

"sáng mai" stays tomorrow's morning; `resolve` turns it into dates once it is known which day the message was
written; `describe` says it in Vietnamese, in words that `times.find_visit_time` reads back to the same value.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class DayPart(str, Enum):
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    ANY = "any"


class RelativeDay(str, Enum):
    TODAY = "today"
    TOMORROW = "tomorrow"
    DAY_AFTER_TOMORROW = "day_after_tomorrow"
    IN_THREE_DAYS = "in_three_days"
    THIS_WEEK = "this_week"
    WEEK_START = "week_start"
    MID_WEEK = "mid_week"
    WEEKEND = "weekend"
    NEXT_WEEK = "next_week"
    NEXT_WEEK_START = "next_week_start"
    NEXT_WEEKEND = "next_weekend"
    MONTH_END = "month_end"
    NEXT_MONTH = "next_month"
    ANY = "any"


@dataclass(frozen=True)
class Clock:
    """A time of day in minutes after midnight. Both the same: at that time; None: open on that side."""

    start: int | None
    end: int | None


@dataclass(frozen=True)
class VisitTime:
    """What was said, and nothing more: None is "not said".

    `weekday` is 0 for Monday … 6 for Sunday, alone or with THIS_WEEK or NEXT_WEEK; `day` and `month` a
    date, the month None in "ngày 25".
    """

    relative: RelativeDay | None = None
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    part: DayPart | None = None
    clock: Clock | None = None

    @property
    def has_day(self) -> bool:
        return self.relative is not None or self.weekday is not None or self.day is not None


@dataclass(frozen=True)
class ResolvedVisit:
    """The days meant, `first` to `last` (None: no end), with part of day and clock time as said (ANY if
    not).
    """

    first: date
    last: date | None
    part: DayPart
    clock: Clock | None


def resolve(visit: VisitTime, today: date) -> ResolvedVisit | None:
    """The days that `visit` means when it was said on `today`; None when they are past or do not exist
    (31/2).

    A bare weekday is the next one from tomorrow on; a date without a year the next such date from today on;
    where no day was said, any day from tomorrow on.
    """
    days = _days(visit, today)
    if days is None:
        return None
    first, last = days
    if last is not None and last < today:
        return None
    return ResolvedVisit(max(first, today), last, visit.part or DayPart.ANY, visit.clock)


def _days(visit: VisitTime, today: date) -> tuple[date, date | None] | None:
    if visit.day is not None:
        found = _next_date(visit.day, visit.month, today)
        return (found, found) if found else None
    if visit.weekday is not None:
        found = _weekday(visit.weekday, visit.relative, today)
        return found, found
    return _relative_days(visit.relative or RelativeDay.ANY, today)


def _next_date(day: int, month: int | None, today: date) -> date | None:
    """The next such date from `today` on, within the four years that bring every 29 February."""
    for ahead in range(49):
        at = today.month - 1 + ahead
        year, candidate_month = today.year + at // 12, at % 12 + 1
        wanted = month is None or candidate_month == month
        if wanted and day <= monthrange(year, candidate_month)[1]:
            found = date(year, candidate_month, day)
            if found >= today:
                return found
    return None


def _weekday(weekday: int, relative: RelativeDay | None, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    if relative is RelativeDay.NEXT_WEEK:
        return monday + timedelta(days=7 + weekday)
    if relative is RelativeDay.THIS_WEEK:
        return monday + timedelta(days=weekday)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


# First and last day, counted from this week's Monday.
_IN_WEEKS = {
    RelativeDay.THIS_WEEK: (0, 6),
    RelativeDay.WEEK_START: (0, 1),
    RelativeDay.MID_WEEK: (2, 3),
    RelativeDay.WEEKEND: (5, 6),
    RelativeDay.NEXT_WEEK: (7, 13),
    RelativeDay.NEXT_WEEK_START: (7, 8),
    RelativeDay.NEXT_WEEKEND: (12, 13),
}
_DAYS_AHEAD = {
    RelativeDay.TODAY: 0,
    RelativeDay.TOMORROW: 1,
    RelativeDay.DAY_AFTER_TOMORROW: 2,
    RelativeDay.IN_THREE_DAYS: 3,
}


def _relative_days(relative: RelativeDay, today: date) -> tuple[date, date | None]:
    if relative in _DAYS_AHEAD:
        day = today + timedelta(days=_DAYS_AHEAD[relative])
        return day, day
    if relative is RelativeDay.ANY:
        return today + timedelta(days=1), None
    if relative in (RelativeDay.MONTH_END, RelativeDay.NEXT_MONTH):
        return _month_days(relative, today)
    monday = today - timedelta(days=today.weekday())
    first, last = (monday + timedelta(days=days) for days in _IN_WEEKS[relative])
    if relative in (RelativeDay.WEEK_START, RelativeDay.MID_WEEK) and last <= today:
        # Said when it is past, it means the week to come.
        return first + timedelta(days=7), last + timedelta(days=7)
    return first, last


def _month_days(relative: RelativeDay, today: date) -> tuple[date, date]:
    last = today.replace(day=monthrange(today.year, today.month)[1])
    if relative is RelativeDay.MONTH_END:
        return last - timedelta(days=6), last
    first = last + timedelta(days=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


_PARTS = {
    DayPart.MORNING: "sáng",
    DayPart.NOON: "trưa",
    DayPart.AFTERNOON: "chiều",
    DayPart.EVENING: "tối",
}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_RELATIVE = {
    RelativeDay.TODAY: "hôm nay",
    RelativeDay.TOMORROW: "ngày mai",
    RelativeDay.DAY_AFTER_TOMORROW: "ngày kia",
    RelativeDay.IN_THREE_DAYS: "ba ngày nữa",
    RelativeDay.THIS_WEEK: "tuần này",
    RelativeDay.WEEK_START: "đầu tuần",
    RelativeDay.MID_WEEK: "giữa tuần",
    RelativeDay.WEEKEND: "cuối tuần",
    RelativeDay.NEXT_WEEK: "tuần sau",
    RelativeDay.NEXT_WEEK_START: "đầu tuần sau",
    RelativeDay.NEXT_WEEKEND: "cuối tuần sau",
    RelativeDay.MONTH_END: "cuối tháng",
    RelativeDay.NEXT_MONTH: "tháng sau",
}


def describe(visit: VisitTime) -> str:
    """The time in Vietnamese, as inside a sentence: "sáng thứ Bảy", "sau 17 giờ ngày mai", "ngày 25/12"."""
    day = _describe_day(visit)
    any_part = visit.part is DayPart.ANY
    if visit.relative is RelativeDay.ANY and visit.weekday is None and visit.day is None:
        if any_part and visit.clock is None:
            return "lúc nào cũng được"
        return f"{_describe_part(visit)}, ngày nào cũng được"
    if visit.clock is not None:
        return f"{_describe_clock(visit.clock)} {day}".strip()
    if any_part:
        return f"{day}, buổi nào cũng được" if day else "buổi nào cũng được"
    if visit.part is None or not day:
        return day or (_describe_part(visit) if visit.part else "")
    return f"{_PARTS[visit.part]} {day}".replace("ngày mai", "mai")


def _describe_day(visit: VisitTime) -> str:
    if visit.day is not None:
        return f"ngày {visit.day}/{visit.month}" if visit.month else f"ngày {visit.day}"
    week = _RELATIVE.get(visit.relative, "") if visit.relative else ""
    if visit.weekday is None:
        return week
    return f"{_WEEKDAYS[visit.weekday]} {week}".strip()


def _describe_part(visit: VisitTime) -> str:
    if visit.clock is not None:
        return _describe_clock(visit.clock)
    return f"buổi {_PARTS[visit.part]}" if visit.part in _PARTS else ""


def _describe_clock(clock: Clock) -> str:
    if clock.start is None:
        return f"trước {_describe_minutes(clock.end or 0)}"
    if clock.end is None:
        return f"sau {_describe_minutes(clock.start)}"
    if clock.start == clock.end:
        return f"lúc {_describe_minutes(clock.start)}"
    return f"từ {_describe_minutes(clock.start)} đến {_describe_minutes(clock.end)}"


def _describe_minutes(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour} giờ {minute}" if minute else f"{hour} giờ"
