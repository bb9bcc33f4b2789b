"""Which campaign and which communes the lists speak of, and with whom officers have something to do."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.escalation import Escalation
from roster.campaign import TAKES_ANSWERS, Campaign
from roster.lists import Scope
from roster.person import Person


def chosen_campaign(session: Session, campaign_id: int | None) -> Campaign | None:
    """The campaign asked for; else the newest that runs, else the newest of all; None where there is none."""
    if campaign_id is not None:
        return session.get(Campaign, campaign_id)
    newest = select(Campaign).order_by(Campaign.id.desc()).limit(1)
    running = session.scalars(newest.where(Campaign.state.in_(TAKES_ANSWERS))).first()
    return running or session.scalars(newest).first()


def list_scope(campaign: Campaign, communes: Collection[str] | None) -> Scope:
    """Everybody on the roster of `communes` (None: all in sight); open escalations belong to officers."""
    for_officers = (
        select(Person.id).join(Escalation, Escalation.person_id == Person.id).where(Escalation.closed_at.is_(None))
    )
    return Scope(campaign.id, communes=communes, for_officers=for_officers)
