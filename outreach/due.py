"""Which rows of the ledger may be looked at now: found by index, however many others wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlalchemy.orm import Session

from outreach.campaign_hours import waiting_campaigns
from outreach.delivery_settings import delivery_settings
from outreach.message import Attempt, Message, MessageKind, MessageState
from roster.campaign import Campaign

_MOST_DOUBLINGS = 5


def due_campaigns(session: Session, account: str, now: datetime) -> list[int]:
    """The campaigns with wave rows of `account` to be looked at now, the oldest first.

    Those that wait (paused, or outside of their hours) are left out, so that their rows stand in nobody's way.
    """
    some = select(literal(1)).where(_is_due(account, now), Message.campaign_id == Campaign.id).exists()
    going = select(Campaign.id).where(Campaign.id.not_in(waiting_campaigns(session, now)), some)
    return list(session.scalars(going.order_by(Campaign.id)))


def lock_due(session: Session, account: str, campaign_id: int, limit: int, now: datetime) -> list[int]:
    """Lock up to `limit` of the campaign's due rows, the longest due first; those of other runs are passed over."""
    rows = select(Message.id).where(_is_due(account, now), Message.campaign_id == campaign_id)
    first = rows.order_by(Message.due_at, Message.id).limit(limit)
    return list(session.scalars(first.with_for_update(skip_locked=True)))


def rests(now: datetime) -> Any:
    """SQL: the message was tried so recently that it is not yet its turn; the pause doubles with each attempt."""
    pause = delivery_settings().retry_pause_seconds
    doublings = func.least(func.count(), _MOST_DOUBLINGS + 1) - 1
    seconds = literal(pause) * func.power(2, doublings)
    return (
        select(literal(1))
        .where(Attempt.message_id == Message.id)
        .having(func.max(Attempt.started_at) > literal(now) - func.make_interval(0, 0, 0, 0, 0, 0, seconds))
        .correlate(Message)
        .exists()
    )


def _is_due(account: str, now: datetime) -> ColumnElement[bool]:
    return and_(
        Message.account == account,
        Message.state == MessageState.PLANNED,
        Message.kind == MessageKind.WAVE,
        Message.due_at <= now,
        ~rests(now),
    )
