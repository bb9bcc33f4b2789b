"""When something proactive may be sent: not at night, not over Tết. Pure.

Decree 91/2020 allows advertising messages from 07:00 to 22:00 only. Notices of social policy are no advertising;
the same limit is kept anyway, and the default hours lie well inside it. Nothing goes out from the 29th of the twelfth
lunar month to the 4th of the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

from core.clock import VIETNAM

LAW_OPENS, LAW_CLOSES = time(7, 0), time(22, 0)
LAST_MONTH_FROM, FIRST_MONTH_UNTIL = 29, 4


@dataclass(frozen=True)
class Hours:
    """The hours of the day, Vietnam time, in which messages may go out: `opens` included, `closes` not.

    Raises ValueError for hours outside the law's.
    """

    opens: time = time(7, 30)
    closes: time = time(20, 30)

    def __post_init__(self) -> None:
        if not LAW_OPENS <= self.opens < self.closes <= LAW_CLOSES:
            raise ValueError("sending hours must lie within 07:00 and 22:00")


DEFAULT_HOURS = Hours()


@lru_cache(maxsize=64)
def tet_of(year: int) -> date:
    """The first day of the lunar year that begins in `year`."""
    return lunar_to_solar(LunarDate(day=1, month=1, year=year))


@lru_cache(maxsize=512)
def in_tet(day: date) -> bool:
    """Whether `day` (in Vietnam) belongs to the days of Tết on which nobody is written to."""
    lunar = solar_to_lunar(day)
    if lunar.leap:
        return False
    return (lunar.month == 12 and lunar.day >= LAST_MONTH_FROM) or (lunar.month == 1 and lunar.day <= FIRST_MONTH_UNTIL)


def permitted(at: datetime, hours: Hours = DEFAULT_HOURS) -> bool:
    """Whether something proactive may go out at `at` (aware)."""
    local = at.astimezone(VIETNAM)
    return hours.opens <= local.time() < hours.closes and not in_tet(local.date())


def next_permitted(at: datetime, hours: Hours = DEFAULT_HOURS) -> datetime:
    """The first moment not before `at` at which sending is permitted, in UTC; `at` itself when it is."""
    if permitted(at, hours):
        return at.astimezone(UTC)
    local = at.astimezone(VIETNAM)
    day = local.date() if local.time() < hours.opens else local.date() + timedelta(days=1)
    while in_tet(day):
        day += timedelta(days=1)
    return datetime.combine(day, hours.opens, VIETNAM).astimezone(UTC)


def permitted_for(at: datetime, hours: Hours = DEFAULT_HOURS) -> timedelta:
    """How long after `at` messages may still arrive today; zero when sending is not permitted at `at`."""
    if not permitted(at, hours):
        return timedelta(0)
    local = at.astimezone(VIETNAM)
    return datetime.combine(local.date(), hours.closes, VIETNAM) - local
