"""What an officer should know before asking: what was declared, begun or said before, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.claim import Claim, ClaimState
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.survey.draft import Draft, DraftState

_GONE = (ClaimState.WITHDRAWN, ClaimState.REJECTED, ClaimState.DUPLICATE)


@dataclass(frozen=True)
class SurveyState:
    """`claim`: what stands declared. `begun`: a survey by message is open."""

    claim: Claim | None
    begun: bool


def survey_state(session: Session, person_id: UUID, campaign_id: int) -> SurveyState:
    """How far the person's survey of the campaign has come, in so far as `session` sees it."""
    claim = session.scalars(
        select(Claim)
        .where(Claim.person_id == person_id, Claim.campaign_id == campaign_id, Claim.state.not_in(_GONE))
        .order_by(Claim.declared_at.desc())
        .limit(1)
    ).first()
    begun = select(Draft.id).where(
        Draft.person_id == person_id,
        Draft.campaign_id == campaign_id,
        Draft.state == DraftState.OPEN,
        Draft.invited.is_(True),
    )
    return SurveyState(claim, session.scalar(begun.limit(1)) is not None)


def phone_to_call(session: Session, person_id: UUID) -> ContactPoint | None:
    """The first phone of the person in the roster's order."""
    linked = (
        select(ContactPoint)
        .join(PersonContact, PersonContact.contact_id == ContactPoint.id)
        .where(PersonContact.person_id == person_id, PersonContact.unlinked_at.is_(None))
        .where(ContactPoint.kind == ContactKind.PHONE)
        .order_by(PersonContact.rank, ContactPoint.id)
        .limit(1)
    )
    return session.scalars(linked).first()
