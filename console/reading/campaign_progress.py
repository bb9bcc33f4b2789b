"""How far a campaign has come: what was sent, what was answered; and who a step will not reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.audience import Audience, Member, members
from outreach.ledger import state_counts
from outreach.message import MessageState
from outreach.reasons import Reason
from outreach.step import Step
from roster.claim import Claim
from roster.claim_states import STANDING
from roster.survey.draft import Draft, DraftState

NAMED = 20


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


def out_of_reach(session: Session, campaign_id: int, audience: Audience) -> dict[Reason, list[Member]]:
    """The first people of each reason whom a step cannot reach, at most NAMED a reason."""
    named: dict[Reason, list[Member]] = defaultdict(list)
    for batch in members(session, campaign_id, audience):
        for member in batch:
            if member.unreachable is not None and len(named[member.unreachable]) < NAMED:
                named[member.unreachable].append(member)
    return dict(named)


def first_reachable(session: Session, campaign_id: int, audience: Audience, limit: int) -> list[Member]:
    """A few people who would be written to, for a look at the finished text."""
    first = next(members(session, campaign_id, audience), [])
    return list(islice((member for member in first if member.phone is not None), limit))
