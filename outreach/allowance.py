"""How many messages of a wave an account may send at this moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from outreach.account_pause import is_paused
from outreach.account_quota import quota_left
from outreach.calendar import LAW_CLOSES, LAW_OPENS, Hours, permitted
from outreach.channels.provider import Account, Unit
from outreach.message import Message

LAWFUL = Hours(LAW_OPENS, LAW_CLOSES)
"""The widest hours that a campaign can have; its own are looked at when rows are claimed."""


def messages_allowed(session: Session, account: Account, now: datetime, wanted: int, typical: float) -> int:
    """How many of `wanted` messages, each of about `typical` units, may go out over `account` at `now`.

    The provider's own word about today counts messages; the settings' daily quota counts what the account counts.
    """
    if not permitted(now, LAWFUL) or is_paused(session, account.name, now):
        return 0
    said = quota_left(session, account.name, now)
    allowed = wanted if said is None else min(wanted, said)
    if account.daily_quota is not None:
        left = account.daily_quota - units_today(session, account, now)
        allowed = min(allowed, max(1, int(left / max(1.0, typical)))) if left > 0 else 0
    return max(0, allowed)


def units_today(session: Session, account: Account, now: datetime) -> int:
    """What the provider has taken since midnight in Vietnam, in the account's units."""
    midnight = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    units = func.sum(Message.segments) if account.counts is Unit.SEGMENTS else func.count()
    return session.scalar(select(units).where(Message.account == account.name, Message.accepted_at >= midnight)) or 0
