"""How many people ask whether a campaign's messages are a scam, or report one: many of them pause it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from conversations.escalation import Escalation, Reason
from conversations.thread import InboundMessage, Thread
from core.gauges import set_gauge
from outreach.campaign_watch import watched_from, worries_gauge
from outreach.message import Message, MessageKind
from roster.campaign import Campaign, CampaignState
from roster.survey.draft import WORRY, DraftWrite


def gauge_worries(session: Session, at: datetime) -> int:
    """Write, for each running campaign, how many of its people have worried since it is watched; the sum.

    A person who asks three times is one. Whoever was written to by several campaigns counts for the last of them.
    """
    counted: Counter[int] = Counter()
    running = session.scalars(select(Campaign.id).where(Campaign.state == CampaignState.RUNNING)).all()
    for campaign_id in running:
        since = watched_from(session, campaign_id, at)
        counted[campaign_id] = sum(_campaign_of(session, thread) == campaign_id for thread in _worried(session, since))
        set_gauge(session, worries_gauge(campaign_id), counted[campaign_id], at)
    return counted.total()


def _worried(session: Session, since: datetime) -> Iterable[Thread]:
    asked = select(InboundMessage.thread_id).where(
        InboundMessage.id == DraftWrite.message_id, DraftWrite.kind == WORRY, DraftWrite.written_at >= since
    )
    reported = select(Escalation.thread_id).where(Escalation.reason == Reason.SCAM, Escalation.opened_at >= since)
    threads: set[UUID] = {*session.scalars(asked), *session.scalars(reported)}
    return session.scalars(select(Thread).where(Thread.id.in_(threads))) if threads else ()


def _campaign_of(session: Session, thread: Thread) -> int | None:
    """The campaign that last wrote to the thread's phone, or to its person."""
    same = Message.contact_id == thread.contact_id
    whose = same if thread.person_id is None else or_(same, Message.person_id == thread.person_id)
    last = select(Message.campaign_id).where(whose, Message.kind == MessageKind.WAVE, Message.accepted_at.is_not(None))
    return session.scalar(last.order_by(Message.id.desc()).limit(1))
