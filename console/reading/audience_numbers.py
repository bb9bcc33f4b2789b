"""An audience in numbers, before anything is sent to it: who is reached, who is not and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from outreach.audience import Audience
from outreach.looking import not_reached
from outreach.members import Member
from outreach.reach import Aim, Reached, count_reached
from outreach.reasons import Reason
from outreach.visit_list import TO_VISIT
from roster.campaign import Campaign

NAMED = 20
NO_CAMPAIGN = 0
"""No campaign has this id: nobody has answered it."""


@dataclass(frozen=True)
class AudienceNumbers:
    """`reached`: the counts; named: the first people of each reason for which a message cannot come."""

    reached: Reached
    named: Mapping[Reason, list[Member]]

    @property
    def people(self) -> int:
        return self.reached.people + self.reached.unreachable.total()

    @property
    def to_visit(self) -> int:
        """How many are on the visit list."""
        return sum(self.reached.unreachable[reason] for reason in TO_VISIT)


def aim_at(audience: Audience, campaign: Campaign | None, now: datetime) -> Aim:
    """The whole audience; how far a survey has come is reckoned in `campaign`."""
    return Aim(campaign.id if campaign else NO_CAMPAIGN, None, audience, now)


def audience_numbers(session: Session, aim: Aim) -> AudienceNumbers:
    """Counted over everybody, within what `session` may see."""
    return AudienceNumbers(count_reached(session, aim), not_reached(session, aim, NAMED))
