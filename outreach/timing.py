"""When a step goes out: at a moment, so many days from Tết or from payday, or so long after the person's own last step.
Pure.

Stored as JSON: {"at": "2026-11-12T08:30:00+07:00"}, {"tet": -30, "time": "09:00"}, {"payday": 2, "time": "09:00"},
{"own_step": "+3d"} (or "+12h"). Days are counted in Vietnam.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from core.clock import VIETNAM
from outreach.calendar import tet_of

MORNING = time(9)
PAYDAY = "payday_day"
"""The fact that gives the day of the month outright; else it is read from the words of `payday`."""
_MOST_DAYS = 366
_OWN_STEP = re.compile(r"\+(\d{1,3})([dh])")
_DAYS_NAMED = re.compile(r"(?:ngày|đến|mùng|mồng|[-–])\s*(?:mùng\s*|mồng\s*)?(\d{1,2})\b(?!\s*[/:])")


class TimingRefused(ValueError):
    """A moment that cannot be; the text, in Vietnamese, says why."""


@dataclass(frozen=True)
class At:
    """At `moment` (aware)."""

    moment: datetime


@dataclass(frozen=True)
class FromTet:
    """So many days from the first day of the lunar year, before it if negative."""

    days: int
    at: time = MORNING


@dataclass(frozen=True)
class FromPayday:
    """So many days from the commune's payday, before it if negative."""

    days: int
    at: time = MORNING


@dataclass(frozen=True)
class FromOwnStep:
    """So long after the campaign's last message to the person."""

    after: timedelta


type Timing = At | FromTet | FromPayday | FromOwnStep


def timing_from_json(stored: Mapping[str, Any]) -> Timing:
    """What `stored` says. Raises TimingRefused."""
    match dict(stored):
        case {"at": str(moment), **rest} if not rest:
            return At(_moment(moment))
        case {"tet": int(days), **rest}:
            return FromTet(_days(days), _time(rest))
        case {"payday": int(days), **rest}:
            return FromPayday(_days(days), _time(rest))
        case {"own_step": str(after), **rest} if not rest:
            return FromOwnStep(_after(after))
    raise TimingRefused("Không hiểu thời điểm gửi này.")


def timing_as_json(timing: Timing) -> dict[str, Any]:
    """As `step.timing` keeps it."""
    match timing:
        case At(moment):
            return {"at": moment.isoformat()}
        case FromTet(days, at):
            return {"tet": days, "time": f"{at:%H:%M}"}
        case FromPayday(days, at):
            return {"payday": days, "time": f"{at:%H:%M}"}
        case FromOwnStep(after):
            hours = int(after / timedelta(hours=1))
            return {"own_step": f"+{hours // 24}d" if hours % 24 == 0 else f"+{hours}h"}


def begins(timing: Timing, since: datetime, paydays: Iterable[int] = ()) -> datetime:
    """When a step planned at `since` (aware) first goes out, in UTC.

    paydays: days of the month on which its communes pay; TimingRefused where payday counts and none is known.
    """
    match timing:
        case At(moment):
            return moment.astimezone(UTC)
        case FromTet():
            return tet_moment(timing, since)
        case FromPayday():
            moments = [payday_moment(timing, payday, since) for payday in set(paydays)]
            if not moments:
                raise TimingRefused("Đợt này chưa khai ngày chi trả, nên chưa tính được ngày gửi.")
            return min(moments)
        case FromOwnStep():
            return since.astimezone(UTC)


def tet_moment(timing: FromTet, since: datetime) -> datetime:
    """The first such moment not before `since`, in UTC."""
    year = since.astimezone(VIETNAM).year
    moments = (_at(tet_of(year + ahead) + timedelta(days=timing.days), timing.at) for ahead in (-1, 0, 1, 2))
    return next(moment for moment in moments if moment >= since)


def payday_moment(timing: FromPayday, payday: int, since: datetime) -> datetime:
    """The first such moment not before `since`, in UTC. `payday`: day of the month; the month's last where it has no
    such day."""
    local = since.astimezone(VIETNAM).date()
    first = _months_on(local, -(abs(timing.days) // 28 + 1))
    months = (_months_on(first, ahead) for ahead in range(2 * (abs(timing.days) // 28) + 4))
    moments = (_at(_payday_in(month, payday) + timedelta(days=timing.days), timing.at) for month in months)
    return next(moment for moment in moments if moment >= since)


def payday_of(facts: Mapping[str, Any], commune_code: str | None) -> int | None:
    """The day of the month on which a commune pays, by its own facts or the campaign's; None where neither tells.

    Of a span ("từ ngày 5 đến ngày 10") it is the last day: only then everybody should have the money.
    """
    own: Mapping[str, Any] = (facts.get("communes") or {}).get(commune_code) or {}
    return next((day for stated in (own, facts) if (day := _payday_in_facts(stated)) is not None), None)


def _payday_in_facts(stated: Mapping[str, Any]) -> int | None:
    outright, words = str(stated.get(PAYDAY) or ""), str(stated.get("payday") or "").strip().lower()
    named = [outright] if outright else [words] if words.isdecimal() else _DAYS_NAMED.findall(words)
    days = [int(one) for one in named if one.isdecimal() and 1 <= int(one) <= 31]
    return days[-1] if days else None


def _payday_in(month: date, payday: int) -> date:
    return month.replace(day=min(payday, monthrange(month.year, month.month)[1]))


def _months_on(day: date, months: int) -> date:
    """The first day of the month so many months on."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, VIETNAM).astimezone(UTC)


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise TimingRefused("Không đọc được giờ gửi.") from None
    if moment.tzinfo is None:
        raise TimingRefused("Giờ gửi thiếu múi giờ.")
    return moment


def _time(rest: dict[str, Any]) -> time:
    written = rest.pop("time", None)
    if rest:
        raise TimingRefused("Không hiểu thời điểm gửi này.")
    if written is None:
        return MORNING
    try:
        return datetime.strptime(written, "%H:%M").time()
    except (TypeError, ValueError):
        raise TimingRefused("Xin ghi giờ gửi theo giờ:phút, ví dụ 09:00.") from None


def _days(days: int) -> int:
    if isinstance(days, bool) or not -_MOST_DAYS <= days <= _MOST_DAYS:
        raise TimingRefused("Số ngày phải trong vòng một năm.")
    return days


def _after(written: str) -> timedelta:
    found = _OWN_STEP.fullmatch(written)
    if found is None or int(found[1]) == 0:
        raise TimingRefused("Xin ghi khoảng cách như +3d (ngày) hoặc +12h (giờ).")
    count = int(found[1])
    return timedelta(days=count) if found[2] == "d" else timedelta(hours=count)
