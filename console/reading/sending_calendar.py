"""The coming weeks as a manager plans in them: waves, paydays, lunar days, the days on which nobody is written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from lunar_vn import LunarDate, solar_to_lunar
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from outreach.calendar import in_tet, tet_of
from outreach.step import Step, StepState, is_rolling
from outreach.step_moments import communes_of
from outreach.timing import FromPayday, payday_moment, payday_of
from roster.campaign import Campaign, CampaignState
from roster.commune import Commune

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
_SHOWN = (StepState.PLANNED, StepState.RELEASED, StepState.SEALED, StepState.DONE)


@dataclass(frozen=True)
class DueWave:
    """A wave that begins at `at`. communes: where that differs by commune, the names of those whose moment it is."""

    campaign: Campaign
    step: Step
    at: datetime
    communes: tuple[str, ...] = ()


@dataclass
class Day:
    """One day of Vietnam's. paid: names of the communes that pay on it; quiet: nobody is written to."""

    date: date
    lunar: LunarDate
    quiet: bool
    waves: list[DueWave] = field(default_factory=list)
    paid: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.waves or self.paid or self.quiet)


@dataclass(frozen=True)
class SendingCalendar:
    """weeks: each from Monday to Sunday. rolling: waves that people get one by one, from their moment on."""

    weeks: list[list[Day]]
    rolling: list[DueWave]


def sending_calendar(session: Session, first: date, weeks: int, now: datetime) -> SendingCalendar:
    """So many weeks from the Monday on or before `first`."""
    monday = first - timedelta(days=first.weekday())
    days = {day.date: day for day in _days(monday, weeks)}
    names = dict(session.execute(select(Commune.code, Commune.name).order_by(Commune.folded_name)).all())
    campaigns = session.scalars(select(Campaign).where(Campaign.state != CampaignState.CLOSED)).all()
    rolling: list[DueWave] = []
    for wave in _waves(session, names, now):
        day = days.get(wave.at.astimezone(VIETNAM).date())
        if is_rolling(wave.step) and not wave.communes:
            rolling.append(wave)
        elif day is not None:
            day.waves.append(wave)
    for day in days.values():
        day.waves.sort(key=lambda one: (one.at, one.step.id))
    for at, code in sorted(_paydays(campaigns, names, monday, weeks)):
        days[at].paid.append(names[code])
    in_order = list(days.values())
    return SendingCalendar([in_order[place : place + 7] for place in range(0, len(in_order), 7)], rolling)


def next_tet(today: date) -> date:
    """The first day of the next lunar year that is not over yet."""
    return next(day for day in (tet_of(today.year), tet_of(today.year + 1)) if day >= today)


def silence_around(tet: date) -> tuple[date, date]:
    """The first and the last day around `tet` on which nobody is written to."""
    first = last = tet
    while in_tet(first - A_DAY):
        first -= A_DAY
    while in_tet(last + A_DAY):
        last += A_DAY
    return first, last


def _days(monday: date, weeks: int) -> Iterator[Day]:
    for place in range(weeks * 7):
        day = monday + place * A_DAY
        yield Day(day, solar_to_lunar(day), in_tet(day))


def _waves(session: Session, names: Mapping[str, str], now: datetime) -> Iterator[DueWave]:
    rows = session.execute(
        select(Step, Campaign)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .where(Step.state.in_(_SHOWN), Campaign.state != CampaignState.CLOSED)
        .order_by(Step.due_at, Step.id)
    ).all()
    for step, campaign in rows:
        timing = step.moment
        if isinstance(timing, FromPayday):
            yield from _by_payday(session, step, campaign, timing, names, now)
        else:
            yield DueWave(campaign, step, step.due_at)


def _by_payday(
    session: Session, step: Step, campaign: Campaign, timing: FromPayday, names: Mapping[str, str], now: datetime
) -> Iterator[DueWave]:
    """A wave for each moment; the communes that have had theirs are over."""
    waiting = [code for code in communes_of(session, step) if code not in step.communes_sealed]
    at: dict[datetime, list[str]] = defaultdict(list)
    for code in waiting:
        payday = payday_of(campaign.facts, code)
        if payday is not None:
            at[payday_moment(timing, payday, step.released_at or now)].append(names.get(code, code))
    for moment, communes in at.items():
        yield DueWave(campaign, step, moment, tuple(communes))


def _paydays(
    campaigns: Iterable[Campaign], communes: Collection[str], monday: date, weeks: int
) -> set[tuple[date, str]]:
    """The days on which communes pay, as any campaign states it."""
    known = {(code, payday_of(campaign.facts, code)) for campaign in campaigns for code in communes}
    begins, ends = (datetime.combine(day, time(), VIETNAM) for day in (monday, monday + weeks * A_WEEK))
    found: set[tuple[date, str]] = set()
    dates = {payday: _dates(payday, begins, ends) for _, payday in known if payday is not None}
    for code, payday in known:
        if payday is not None:
            found.update((day, code) for day in dates[payday])
    return found


def _dates(payday: int, begins: datetime, ends: datetime) -> list[date]:
    dates: list[date] = []
    at = payday_moment(FromPayday(0), payday, begins)
    while at < ends:
        dates.append(at.astimezone(VIETNAM).date())
        at = payday_moment(FromPayday(0), payday, at + A_DAY)
    return dates
