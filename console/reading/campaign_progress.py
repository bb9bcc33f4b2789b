"""How far a campaign has come: what was sent, what was answered; and who a step will not reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.reading.audience_numbers import NO_CAMPAIGN
from outreach.audience import Audience
from outreach.ledger import state_counts
from outreach.looking import households
from outreach.members import Member
from outreach.message import MessageState
from outreach.reach import Aim, count_reached
from outreach.step import Step, StepKind
from roster.claim import Claim
from roster.claim_states import STANDING
from roster.survey.draft import Draft, DraftState


@dataclass(frozen=True)
class StepProgress:
    """A step's rows by state; `rows` is their sum."""

    step: Step
    by_state: Mapping[MessageState, int]

    @property
    def rows(self) -> int:
        return sum(self.by_state.values())


@dataclass(frozen=True)
class Answers:
    """Surveys under way, and declared claims by outcome group."""

    under_way: int
    by_group: Mapping[str, int]

    @property
    def declared(self) -> int:
        return sum(self.by_group.values())


def step_progress(session: Session, step: Step) -> StepProgress:
    """From the ledger."""
    return StepProgress(step, state_counts(session, step.id))


def answers(session: Session, campaign_id: int) -> Answers:
    """What came back, in so far as `session` sees it."""
    under_way = select(func.count()).where(Draft.campaign_id == campaign_id, Draft.state == DraftState.OPEN)
    groups = session.execute(
        select(Claim.outcome_group, func.count())
        .where(Claim.campaign_id == campaign_id, Claim.state.in_(STANDING))
        .group_by(Claim.outcome_group)
        .order_by(Claim.outcome_group)
    )
    return Answers(session.scalar(under_way) or 0, dict(groups.all()))


def some_reachable(session: Session, audience: Audience, limit: int, now: datetime) -> list[list[Member]]:
    """A few phones' people who would be invited, for a look at the finished text."""
    aim = Aim(NO_CAMPAIGN, StepKind.INVITATION, audience, now)
    return households(session, aim, limit, count_reached(session, aim).messages)
