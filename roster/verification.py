"""What officers do with a claim: tie it to a person, verify, approve, send back, reject. Each step locks the claim."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from roster.checks import blocking
from roster.claim import Claim, ClaimState
from roster.claim_checks import check, findings_on, vietnam_date
from roster.claim_errors import (
    AlreadyTied,
    AnotherClaimStands,
    ClaimBlocked,
    NoRelative,
    PersonNotFound,
    ReasonMissing,
    SameOfficer,
)
from roster.claim_moves import locked_claim, move, record_on
from roster.people import counter_only
from roster.person import Person
from roster.survey.outcome import OutcomeGroup

_PASSED = (ClaimState.APPROVED, ClaimState.SYNCED, ClaimState.PAID_CONFIRMED)
_OPENED_ELSEWHERE = (OutcomeGroup.OPEN_AT_HOME, OutcomeGroup.OPEN_AT_WARD, OutcomeGroup.OPEN_BY_ONESELF)


def verify(session: Session, claim_id: UUID, staff_id: int, now: datetime) -> Claim:
    """The officer has held the claim against the roster and finds it right.

    Raises ClaimNotFound, TransitionRefused, ClaimBlocked (nobody tied, the beneficiary's yes missing, a death).
    """
    claim = locked_claim(session, claim_id)
    if claim.state is ClaimState.DECLARED:
        check(session, claim_id, now)
    _refuse_if_blocked(session, claim, now)
    move(session, claim, ClaimState.VERIFIED, audit.staff_actor(staff_id), now)
    claim.verified_by, claim.verified_at = staff_id, now
    session.flush()
    return claim


def approve(session: Session, claim_id: UUID, staff_id: int, now: datetime) -> Claim:
    """A second officer approves what the first verified.

    Raises ClaimNotFound, TransitionRefused, SameOfficer, ClaimBlocked, AnotherClaimStands.
    """
    claim = _locked_with_siblings(session, claim_id)
    if claim.state is ClaimState.VERIFIED and claim.verified_by == staff_id:
        raise SameOfficer
    _refuse_if_blocked(session, claim, now)
    move(session, claim, ClaimState.APPROVED, audit.staff_actor(staff_id), now)
    claim.approved_by, claim.approved_at = staff_id, now
    session.flush()
    return claim


def return_for_correction(session: Session, claim_id: UUID, staff_id: int, reason: str, now: datetime) -> Claim:
    """Send the claim back to be corrected; the citizen reads `reason`. Raises ClaimNotFound, TransitionRefused,
    ReasonMissing."""
    return _set_aside(session, claim_id, ClaimState.NEEDS_CORRECTION, staff_id, reason, now)


def reject(session: Session, claim_id: UUID, staff_id: int, reason: str, now: datetime) -> Claim:
    """Reject the claim for good; the citizen reads `reason`. Raises ClaimNotFound, TransitionRefused,
    ReasonMissing."""
    return _set_aside(session, claim_id, ClaimState.REJECTED, staff_id, reason, now)


def record_agreement(session: Session, claim_id: UUID, staff_id: int, now: datetime, how: str) -> Claim:
    """Record the beneficiary's own yes to what a relative declared; `how`: "gọi lại", "đến nhà".

    Raises ClaimNotFound, NoRelative.
    """
    claim = locked_claim(session, claim_id)
    if claim.respondent != "relative":
        raise NoRelative
    if claim.beneficiary_agreed_at is None:
        claim.beneficiary_agreed_at = now
        actor = audit.staff_actor(staff_id)
        record_on(session, claim, "record_agreement", actor, now, {"agreed": False}, {"agreed": True}, how)
        session.flush()
    return claim


def tie_to_person(session: Session, claim_id: UUID, person_id: UUID, staff_id: int, now: datetime) -> Claim:
    """Say whose claim it is. The person must be visible to `session`: an officer's own communes.

    The group follows the person's age: whoever is under 18 or under guardianship opens an account at a counter only.
    Raises ClaimNotFound, AlreadyTied, PersonNotFound.
    """
    claim = locked_claim(session, claim_id)
    if claim.person_id is not None:
        raise AlreadyTied
    person = session.get(Person, person_id)
    if person is None:
        raise PersonNotFound
    before = {"person": None, "group": claim.outcome_group}
    claim.person_id, claim.commune_code = person.id, person.commune_code
    if claim.outcome_group in _OPENED_ELSEWHERE and counter_only(person, vietnam_date(now)):
        claim.outcome_group = OutcomeGroup.OPEN_AT_COUNTER.value
    after = {"person": str(person.id), "group": claim.outcome_group}
    record_on(session, claim, "tie_to_person", audit.staff_actor(staff_id), now, before, after)
    session.flush()
    return claim


def _refuse_if_blocked(session: Session, claim: Claim, now: datetime) -> None:
    if blocked := blocking(findings_on(session, claim, vietnam_date(now))):
        raise ClaimBlocked(blocked)


def _set_aside(session: Session, claim_id: UUID, to: ClaimState, staff_id: int, reason: str, now: datetime) -> Claim:
    """Verification starts afresh after a correction: who verified and approved stays in the audit log only."""
    if not reason.strip():
        raise ReasonMissing
    claim = locked_claim(session, claim_id)
    move(session, claim, to, audit.staff_actor(staff_id), now, reason.strip())
    claim.reason = reason.strip()
    claim.verified_by = claim.verified_at = claim.approved_by = claim.approved_at = None
    session.flush()
    return claim


def _locked_with_siblings(session: Session, claim_id: UUID) -> Claim:
    """The claim, locked with the person's others of the campaign, in one order, so that two approvals cannot pass
    each other. Raises ClaimNotFound, AnotherClaimStands."""
    seen = session.get(Claim, claim_id)
    if seen is not None and seen.person_id is not None:
        siblings = session.scalars(
            select(Claim)
            .where(Claim.person_id == seen.person_id, Claim.campaign_id == seen.campaign_id)
            .order_by(Claim.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if any(one.id != claim_id and one.state in _PASSED for one in siblings):
            raise AnotherClaimStands
    return locked_claim(session, claim_id)
