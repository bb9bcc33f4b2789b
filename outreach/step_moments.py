"""When a step begins, and in which communes its moment has come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.step import Step
from outreach.timing import FromPayday, TimingRefused, begins, payday_moment, payday_of
from roster.campaign import Campaign
from roster.commune import Commune


def first_moment(session: Session, step: Step, campaign: Campaign, since: datetime) -> datetime:
    """When `step` first goes out, reckoned from `since`. Raises TimingRefused where payday counts and some commune's is
    not known: its people would silently get nothing."""
    timing = step.moment
    if not isinstance(timing, FromPayday):
        return begins(timing, since)
    paydays = [payday_of(campaign.facts, code) for code in communes_of(session, step)]
    known = [payday for payday in paydays if payday is not None]
    if len(known) < len(paydays):
        raise TimingRefused("Chưa khai ngày chi trả của mọi xã, phường, nên chưa tính được ngày gửi.")
    return begins(timing, since, known)


def communes_due(session: Session, step: Step, campaign: Campaign, timing: FromPayday, now: datetime) -> list[str]:
    """The communes whose own moment has come and whose people have no rows yet."""
    since = step.released_at or now
    waiting = (code for code in communes_of(session, step) if code not in step.communes_sealed)
    paydays = ((code, payday_of(campaign.facts, code)) for code in waiting)
    return [code for code, day in paydays if day is not None and payday_moment(timing, day, since) <= now]


def communes_of(session: Session, step: Step) -> list[str]:
    """The communes of the step's audience."""
    return sorted(step.audience.get("communes") or session.scalars(select(Commune.code)))
