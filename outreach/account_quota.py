"""What an account may still send today, as its provider last said. Where no provider says, the settings alone count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from core.gauges import Gauge
from outreach.message import Message, MessageKind
from outreach.named_gauges import set_named_gauge


def note_quota_left(session: Session, account: str, left: int, now: datetime) -> None:
    """Write down that the provider takes `left` more messages today."""
    set_named_gauge(session, _name(account), left, now)


def quota_left(session: Session, account: str, now: datetime) -> int | None:
    """What the provider said today less what it has taken since; None where it has said nothing today.

    Days are Vietnam's. Only the wave counts: answers within a talk are outside of such quotas.
    """
    said = session.get(Gauge, _name(account), populate_existing=True)
    if said is None or said.read_at.astimezone(VIETNAM).date() != now.astimezone(VIETNAM).date():
        return None
    taken = select(func.count()).where(
        Message.account == account, Message.accepted_at >= said.read_at, Message.kind == MessageKind.WAVE
    )
    return max(0, said.value - (session.scalar(taken) or 0))


def _name(account: str) -> str:
    return f"account_quota_left:{account}"
