"""Gathering what the checks need from the database, and the step from `declared` to `checked`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core import audit
from core.clock import VIETNAM
from language.text import fold
from roster.checks import ClaimFacts, Finding, RosterFacts, SameAccount, blocking, findings
from roster.claim import Claim, ClaimState
from roster.claim_moves import locked_claim, move
from roster.claim_states import STANDING
from roster.people import counter_only
from roster.person import Person
from roster.survey.answers import UNKNOWN_CODE
from roster.survey.questions import Question

MOST_YEARS_BETWEEN_SPOUSES = 15
"""Further apart, a parent and a child are as likely: then only the address is told."""


def findings_on(session: Session, claim: Claim, today: date, elsewhere: int = 0) -> list[Finding]:
    """What an officer should know about `claim`, from what `session` sees.

    `elsewhere`: how many people of communes that the officer does not see have the same account; a worker's session
    counts them (`shared_elsewhere`), for the officer's own cannot.
    """
    return findings(gather(session, claim, today, elsewhere))


def gather(session: Session, claim: Claim, today: date, elsewhere: int = 0) -> ClaimFacts:
    """The facts of a claim and of the person on the roster."""
    person = session.get(Person, claim.person_id) if claim.person_id else None
    owner = claim.answers.get(Question.HAS_ACCOUNT)
    return ClaimFacts(
        person=_roster_facts(person, today) if person else None,
        outcome_group=claim.outcome_group,
        account_owner=owner if owner in ("own", "relatives") else None,
        bank=claim.bank,
        account_number=claim.account_number,
        holder_name=claim.holder_name,
        by_relative=claim.respondent == "relative",
        beneficiary_agreed=claim.beneficiary_agreed_at is not None,
        from_invited_phone=claim.from_invited_phone,
        code_given=claim.reference_given not in (None, UNKNOWN_CODE),
        same_account=list(_same_account(session, claim, person)),
        elsewhere=elsewhere,
        other_claims=_other_claims(session, claim),
    )


def shared_elsewhere(everywhere: Session, claim: Claim) -> int:
    """How many people outside the claim's commune have declared the same account. Takes a worker's session."""
    if claim.account_index is None:
        return 0
    people = select(func.count(func.distinct(Claim.person_id))).where(
        *_same_number(claim), Claim.commune_code.is_distinct_from(claim.commune_code)
    )
    return everywhere.scalar(people) or 0


def check(session: Session, claim_id: UUID, now: datetime) -> list[Finding]:
    """Run the checks; a `declared` claim that nothing blocks becomes `checked`. Raises ClaimNotFound."""
    claim = locked_claim(session, claim_id)
    found = findings_on(session, claim, vietnam_date(now))
    if claim.state is ClaimState.DECLARED and not blocking(found):
        move(session, claim, ClaimState.CHECKED, audit.SYSTEM, now)
    return found


def vietnam_date(now: datetime) -> date:
    """The day it is in Vietnam at `now`."""
    return now.astimezone(VIETNAM).date()


def _roster_facts(person: Person, today: date) -> RosterFacts:
    return RosterFacts(
        full_name=person.full_name,
        deceased=person.deceased_at is not None,
        death_reported=person.paused_at is not None,
        counter_only=counter_only(person, today),
    )


def _same_number(claim: Claim) -> list[ColumnElement[bool]]:
    """Standing claims for other people that name the same account."""
    return [
        Claim.account_index == claim.account_index,
        Claim.person_id.is_not(None),
        Claim.person_id.is_distinct_from(claim.person_id),
        Claim.state.in_(STANDING),
    ]


def _same_account(session: Session, claim: Claim, person: Person | None) -> Iterator[SameAccount]:
    if claim.account_index is None:
        return
    others = select(Person).where(Person.id.in_(select(Claim.person_id).where(*_same_number(claim))))
    for other in session.scalars(others.where(Person.commune_code == claim.commune_code).order_by(Person.folded_name)):
        if person is None:
            yield SameAccount(other.full_name, same_address=False)
        else:
            yield SameAccount(other.full_name, _same_address(person, other), couple=_may_be_married(person, other))


def _same_address(one: Person, other: Person) -> bool:
    if not one.address or not other.address:
        return False
    return one.commune_code == other.commune_code and fold(one.address) == fold(other.address)


def _may_be_married(one: Person, other: Person) -> bool:
    if one.gender is None or other.gender is None or one.birth_year is None or other.birth_year is None:
        return False
    return one.gender is not other.gender and abs(one.birth_year - other.birth_year) <= MOST_YEARS_BETWEEN_SPOUSES


def _other_claims(session: Session, claim: Claim) -> int:
    if claim.person_id is None:
        return 0
    others = select(func.count()).where(
        Claim.person_id == claim.person_id,
        Claim.campaign_id == claim.campaign_id,
        Claim.id != claim.id,
        Claim.state.in_(STANDING),
    )
    return session.scalar(others) or 0
