"""What became of the payments of a month, as the desk sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.commune import Commune
from roster.payment_results.payment import Payment, PaymentOutcome, paid_in
from roster.person import Person

MOST_LISTED = 100


@dataclass(frozen=True)
class Returned:
    """A payment that came back. `paid_since`: the person has had the month's money on another way."""

    payment: Payment
    person: Person
    commune: str
    paid_since: bool


def counts_of(session: Session, month: date, commune_code: str | None) -> dict[str, dict[PaymentOutcome, int]]:
    """How many payments of the month have which outcome, by payer; payers without any are left out."""
    query = select(Payment.payer, Payment.outcome, func.count()).where(Payment.month == month)
    if commune_code is not None:
        query = query.where(Payment.commune_code == commune_code)
    counts: dict[str, dict[PaymentOutcome, int]] = {}
    for payer, outcome, number in session.execute(query.group_by(Payment.payer, Payment.outcome)):
        counts.setdefault(payer, dict.fromkeys(PaymentOutcome, 0))[outcome] = number
    return counts


def came_back(session: Session, month: date, commune_code: str | None) -> list[Returned]:
    """The month's payments that came back, those still to be paid first; at most MOST_LISTED."""
    paid_since = Person.id.in_(paid_in(month))
    query = (
        select(Payment, Person, Commune.name, paid_since)
        .join(Person, Person.id == Payment.person_id)
        .join(Commune, Commune.code == Payment.commune_code)
        .where(Payment.month == month, Payment.outcome == PaymentOutcome.RETURNED)
        .order_by(paid_since, Commune.folded_name, Person.given_name_folded, Person.folded_name, Payment.id)
        .limit(MOST_LISTED)
    )
    if commune_code is not None:
        query = query.where(Payment.commune_code == commune_code)
    return [Returned(*row) for row in session.execute(query)]
