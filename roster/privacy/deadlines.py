"""Until when a request is answered and dealt with. Pure.

A period of days begins the day after it is set in motion and ends with its last day (Civil Code 2015, articles 147 and
148). Working days are Monday to Friday; holidays are not left out, so that a deadline is never later than the law's.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core.clock import VIETNAM

_LAST_MOMENT = time(23, 59, 59)
_SATURDAY = 5


def end_of_day_after(start: datetime, days: int) -> datetime:
    """The end of the day, in Vietnam, that lies `days` after `start`."""
    day = start.astimezone(VIETNAM).date() + timedelta(days=days)
    return datetime.combine(day, _LAST_MOMENT, VIETNAM)


def end_of_working_day_after(start: datetime, working_days: int) -> datetime:
    """The end of the `working_days`-th working day after `start`'s."""
    days = 0
    local = start.astimezone(VIETNAM).date()
    while working_days:
        days += 1
        if (local + timedelta(days=days)).weekday() < _SATURDAY:
            working_days -= 1
    return end_of_day_after(start, days)
