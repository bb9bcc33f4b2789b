"""Whom messages and calls did not reach: what visit lists ask of the outreach."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select

from outreach.follow_up import FollowUp, FollowUpKind
from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageState
from outreach.reasons import CANNOT_ARRIVE
from outreach.step import Step
from outreach.visit_list import TO_VISIT


def not_reached(campaign_id: int) -> Select[UUID]:
    """The people of a campaign for whom a visit waits (the ladder's last rung), whom a step left out for want of a
    phone that works, or whose message cannot arrive."""
    to_see = select(FollowUp.person_id).where(
        FollowUp.campaign_id == campaign_id, FollowUp.kind == FollowUpKind.VISIT, FollowUp.closed_at.is_(None)
    )
    left_out = (
        select(StepLeftOut.person_id)
        .join(Step, Step.id == StepLeftOut.step_id)
        .where(Step.campaign_id == campaign_id, StepLeftOut.reason.in_([one.value for one in TO_VISIT]))
    )
    lost = select(Message.person_id).where(
        Message.campaign_id == campaign_id,
        (Message.state == MessageState.UNDELIVERED) | Message.reason.in_(CANNOT_ARRIVE),
    )
    known = to_see.union_all(left_out, lost).subquery()
    return select(known.c[0]).where(known.c[0].is_not(None))
