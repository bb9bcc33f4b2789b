"""Whom each payer pays: everybody alive who is entitled is on exactly one payer's list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Subquery, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from roster.claim import Claim, ClaimState
from roster.commune import Commune
from roster.list_rows import by_commune_and_name
from roster.payers import Payer
from roster.payment_results.payment import paid_in
from roster.person import Person

_BY_ACCOUNT = (ClaimState.SYNCED, ClaimState.PAID_CONFIRMED)
"""Once the welfare software has the account, money goes there."""

_SETTLED = (*_BY_ACCOUNT, ClaimState.RETURNED)
"""Claims that the welfare software has had. The newest decides: a returned payment brings cash back, whatever account
an earlier campaign took over."""


@dataclass(frozen=True)
class PaymentRow:
    """One person to be paid. `dong` is the sum of the entitlements, None where the roster states no amount."""

    person_id: UUID
    reference: str
    full_name: str
    citizen_id: str | None
    address: str | None
    commune: str
    categories: tuple[str, ...]
    dong: int | None
    death_reported: bool
    bank: str | None = None
    account_number: str | None = None
    holder_name: str | None = None


def settled_claims() -> Subquery:
    """The newest claim of each person that the welfare software has had: columns `id` and `person_id`."""
    return (
        select(Claim.id, Claim.person_id)
        .where(Claim.person_id.is_not(None), Claim.state.in_(_SETTLED))
        .ext(distinct_on(Claim.person_id))
        .order_by(Claim.person_id, Claim.declared_at.desc())
        .subquery()
    )


def payment_rows(
    session: Session,
    payer: Payer,
    payers: Sequence[Payer],
    communes: Collection[str] | None = None,
    month: date | None = None,
) -> Iterator[PaymentRow]:
    """The people that `payer` pays, by commune and given name; `payers` are all, in the order tried.

    `month`: those who have had their money of that month are left out, whoever paid it. So whose transfer came back is
    on the next list of cash, alone with those who are still to be paid.
    A reported death changes no payment by itself: such a row is marked, and an officer looks.
    """
    newest = settled_claims()
    query = (
        select(Person, Claim, Commune.name)
        .join(Commune, Commune.code == Person.commune_code)
        .outerjoin(newest, newest.c.person_id == Person.id)
        .outerjoin(Claim, (Claim.id == newest.c.id) & Claim.state.in_(_BY_ACCOUNT) & Claim.account_index.is_not(None))
        .where(Person.deceased_at.is_(None))
        .order_by(*by_commune_and_name())
    )
    if communes is not None:
        query = query.where(Person.commune_code.in_(communes))
    if month is not None:
        query = query.where(Person.id.not_in(paid_in(month)))
    for person, claim, commune in session.execute(query.execution_options(yield_per=500)):
        if _payer_of(person, claim, payers) is payer:
            yield _row(person, claim, commune)


def _payer_of(person: Person, claim: Claim | None, payers: Sequence[Payer]) -> Payer | None:
    categories = [one.category for one in person.entitlements]
    for payer in payers:
        if payer.pays(
            by_account=claim is not None,
            paid_by=person.paid_by,
            commune_code=person.commune_code,
            categories=categories,
        ):
            return payer
    return None


def _row(person: Person, claim: Claim | None, commune: str) -> PaymentRow:
    amounts = [one.monthly_dong for one in person.entitlements if one.monthly_dong is not None]
    return PaymentRow(
        person_id=person.id,
        reference=person.reference,
        full_name=person.full_name,
        citizen_id=person.citizen_id,
        address=person.address,
        commune=commune,
        categories=tuple(sorted(one.category for one in person.entitlements)),
        dong=sum(amounts) if amounts else None,
        death_reported=person.paused_at is not None,
        bank=claim.bank if claim else None,
        account_number=claim.account_number if claim else None,
        holder_name=claim.holder_name if claim else None,
    )
