"""Calling a campaign off: what has not left never will, and nobody begins its survey any more."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.audit import AuditEntry, entry, record_all, staff_actor
from outreach.campaign_pause import NotPossible, lock_campaign
from outreach.message import Message, MessageState
from outreach.message_states import sources
from outreach.reasons import Reason
from outreach.step import Step, StepState
from roster.campaign import CampaignState

_AHEAD = (StepState.PLANNED, StepState.RELEASED, StepState.SEALED)


def cancel_campaign(session: Session, campaign_id: int, staff_id: int, now: datetime, words: str) -> int:
    """Cancel every step that is not done, with its messages, and close the campaign; how many messages that were.

    Messages that a worker is sending at this moment are not called back. Raises NotPossible where it is closed already.
    Steps are locked before the campaign, as whoever releases one does; audit comes last.
    """
    steps = session.scalars(
        select(Step).where(Step.campaign_id == campaign_id).order_by(Step.id).with_for_update()
    ).all()
    campaign = lock_campaign(session, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise NotPossible(f"Đợt này đã kết thúc ({campaign.name}).")
    before, campaign.state, campaign.closed_at = campaign.state, CampaignState.CLOSED, now
    campaign.pause_reason, campaign.paused_at = None, None
    cancelled = _cancel_messages(session, campaign_id, now)

    def told(action: str, subject: str, was: str, becomes: str, messages: int) -> AuditEntry:
        after = {"state": becomes, "messages": messages}
        actor = staff_actor(staff_id)
        return entry(now, actor, action, subject, before={"state": was}, after=after, reason=words)

    entries = []
    for step in (one for one in steps if one.state in _AHEAD):
        entries.append(told("step.cancelled", f"step:{step.id}", step.state, StepState.CANCELLED, cancelled[step.id]))
        step.state = StepState.CANCELLED
    entries.append(
        told("campaign.cancelled", f"campaign:{campaign_id}", before, CampaignState.CLOSED, cancelled.total())
    )
    record_all(session, entries)
    return cancelled.total()


def _cancel_messages(session: Session, campaign_id: int, now: datetime) -> Counter[int | None]:
    """How many were cancelled, by step. One statement: what somebody claims at this moment stays with whoever does."""
    gone = session.scalars(
        update(Message)
        .where(Message.campaign_id == campaign_id, Message.state.in_(sources(MessageState.CANCELLED)))
        .values(state=MessageState.CANCELLED, reason=Reason.STEP_CANCELLED, changed_at=now)
        .returning(Message.step_id)
        .execution_options(synchronize_session=False)
    )
    return Counter(gone)
