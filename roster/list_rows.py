"""One person of a list, and the queries that every list shares."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from roster.claim import Claim, ClaimState
from roster.claim_states import STANDING
from roster.commune import Commune
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.person import Gender, Person
from roster.survey.outcome import OutcomeGroup


@dataclass(frozen=True)
class ListRow:
    """One person of a list. Personal data in the clear: for the office's own paper."""

    person_id: UUID
    reference: str
    full_name: str
    birth_date: date | None
    birth_year: int | None
    gender: Gender | None
    citizen_id: str | None
    address: str | None
    commune_code: str
    commune: str
    paid_by: str | None
    categories: tuple[str, ...]
    monthly_dong: int | None
    phone: str | None
    group: OutcomeGroup
    claim_id: UUID | None = None
    state: ClaimState | None = None
    bank: str | None = None
    account_number: str | None = None
    holder_name: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)


def first_phones(session: Session, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The phone to be tried first for each of these people; unlinked ones are left out."""
    linked = session.execute(
        select(PersonContact.person_id, ContactPoint.address)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(PersonContact.person_id.in_(person_ids), PersonContact.unlinked_at.is_(None))
        .where(ContactPoint.kind == ContactKind.PHONE)
        .order_by(PersonContact.rank.desc())
    )
    return dict(linked.all())


def standing_claims(campaign_id: int) -> Subquery:
    """The newest standing claim of each person: columns `id` and `person_id`.

    Anybody who knows a file code can declare it on the web. Until an officer has looked at such a claim, it stands
    behind any other of the person, however new it is.
    """
    from_a_stranger = (Claim.state == ClaimState.DECLARED) & ~Claim.from_invited_phone
    return (
        select(Claim.id, Claim.person_id)
        .where(Claim.campaign_id == campaign_id, Claim.person_id.is_not(None), Claim.state.in_(STANDING))
        .ext(distinct_on(Claim.person_id))
        .order_by(Claim.person_id, from_a_stranger, Claim.declared_at.desc())
        .subquery()
    )


def by_commune_and_name() -> tuple[Any, ...]:
    """The order of an office's lists: commune, then given name, then the whole name."""
    return Commune.folded_name, Person.given_name_folded, Person.folded_name, Person.birth_year, Person.id


def row_of(person: Person, claim: Claim | None, commune: Commune, group: OutcomeGroup, phone: str | None) -> ListRow:
    """The row of a person whose list is `group`."""
    amounts = [one.monthly_dong for one in person.entitlements if one.monthly_dong is not None]
    about_claim: dict[str, Any] = {}
    if claim is not None:
        about_claim = {
            "claim_id": claim.id,
            "state": claim.state,
            "bank": claim.bank,
            "account_number": claim.account_number,
            "holder_name": claim.holder_name,
            "answers": claim.answers,
        }
    return ListRow(
        person_id=person.id,
        reference=person.reference,
        full_name=person.full_name,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        gender=person.gender,
        citizen_id=person.citizen_id,
        address=person.address,
        commune_code=person.commune_code,
        commune=commune.name,
        paid_by=person.paid_by,
        categories=tuple(sorted(one.category for one in person.entitlements)),
        monthly_dong=sum(amounts) if amounts else None,
        phone=phone,
        group=group,
        **about_claim,
    )
