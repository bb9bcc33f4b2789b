"""The beneficiary's own yes to what a relative declared: asked for by call, and no longer once nobody needs it.

Source: `shared/dialogue.md`, conduct 5: what a relative declares counts only when the beneficiary's own yes is
recorded, by call-back or visit.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from outreach.follow_up import FollowUp, FollowUpKind, FollowUpOutcome, FollowUpSource
from roster.claim import Claim, ClaimState
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Person

WITHIN = timedelta(days=3)
_WAITS = (ClaimState.DECLARED, ClaimState.CHECKED)
_AT_ONCE = 500
_MAY_BE_ASKED = (Person.deceased_at.is_(None), Person.paused_at.is_(None), Person.withdrew_at.is_(None))


def ask_for_own_yes(session: Session, now: datetime) -> int:
    """Open a call for each relative's claim that waits for the beneficiary's yes; how many."""
    waiting = session.execute(
        select(Claim.id, Claim.person_id, Claim.commune_code, Claim.campaign_id)
        .join(Person, Person.id == Claim.person_id)
        .outerjoin(FollowUp, FollowUp.claim_id == Claim.id)
        .where(FollowUp.id.is_(None), Claim.state.in_(_WAITS), Claim.respondent == "relative")
        .where(Claim.beneficiary_agreed_at.is_(None), *_MAY_BE_ASKED)
        .order_by(Claim.declared_at)
        .limit(_AT_ONCE)
    ).all()
    for claim in waiting:
        row = insert(FollowUp).values(
            kind=FollowUpKind.CALL,
            source=FollowUpSource.RELATIVE_YES,
            person_id=claim.person_id,
            contact_id=phone_of(session, claim.person_id),
            commune_code=claim.commune_code,
            campaign_id=claim.campaign_id,
            claim_id=claim.id,
            opened_at=now,
            due_at=now + WITHIN,
            calls=0,
            tries=0,
        )
        session.execute(row.on_conflict_do_nothing())
    return len(waiting)


def close_needless(session: Session, now: datetime) -> int:
    """Close the calls that nobody has to make any more: agreed otherwise, taken back, decided, a death, consent
    withdrawn; how many."""
    gone = or_(
        Claim.beneficiary_agreed_at.is_not(None),
        Claim.state.not_in(_WAITS),
        select(Person.id)
        .where(Person.id == FollowUp.person_id, or_(Person.deceased_at.is_not(None), Person.withdrew_at.is_not(None)))
        .exists(),
    )
    closed = session.scalars(
        update(FollowUp)
        .where(FollowUp.closed_at.is_(None), FollowUp.claim_id == Claim.id, gone)
        .values(closed_at=now, outcome=FollowUpOutcome.NEEDLESS)
        .returning(FollowUp.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(closed)


def phone_of(session: Session, person_id: UUID) -> UUID | None:
    """The person's own phone; else the first that the roster names."""
    own_first = case((PersonContact.holder == Holder.SELF, 0), else_=1)
    linked = (
        select(PersonContact.contact_id)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(PersonContact.person_id == person_id, PersonContact.unlinked_at.is_(None))
        .where(ContactPoint.kind == ContactKind.PHONE)
        .order_by(own_first, PersonContact.rank)
        .limit(1)
    )
    return session.scalar(linked)
