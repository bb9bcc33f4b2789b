"""Claims in the order in which they are worked (`roster.claim_order`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, literal, select, tuple_
from sqlalchemy.orm import Session

from console.reading.paging import Place, place
from core.clock import today
from roster.claim import Claim, ClaimState
from roster.claim_order import claim_order
from roster.commune import Commune
from roster.person import Entitlement, Person

ON_A_PAGE = 50


@dataclass(frozen=True)
class QueueRow:
    """A waiting claim with its person, where one is known. `days_ahead`: so many days it was put forward."""

    claim: Claim
    person: Person | None
    commune: str | None
    days_ahead: int


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue and how many claims it holds in all."""

    rows: list[QueueRow]
    total: int
    place: Place


def queue_page(session: Session, states: Sequence[ClaimState], page: int, *, not_by: int | None = None) -> QueuePage:
    """A page of the claims in `states`. `not_by`: leave out those that this member of staff verified."""
    waiting = _waiting(states, not_by)
    total = session.scalar(select(func.count()).select_from(Claim).where(waiting)) or 0
    here = place(total, page, ON_A_PAGE)
    return QueuePage(_rows(session, waiting, ON_A_PAGE, here.before), total, here)


def queue_head(
    session: Session, states: Sequence[ClaimState], most: int, *, not_by: int | None = None
) -> list[QueueRow]:
    """The first `most` claims of the queue."""
    return _rows(session, _waiting(states, not_by), most)


def next_claim(
    session: Session, states: Sequence[ClaimState], *, after: Claim | None = None, not_by: int | None = None
) -> UUID | None:
    """The next claim to work on: after a given one, else (or at the end) the first of the queue."""
    queue = select(Claim.id).where(_waiting(states, not_by)).order_by(_counts_from(), Claim.id).limit(1)
    if after is not None:
        place_of_it = session.scalar(select(_counts_from()).where(Claim.id == after.id))
        later = queue.where(tuple_(_counts_from(), Claim.id) > (place_of_it, after.id))
        found = session.scalar(later)
        if found is not None:
            return found
        queue = queue.where(Claim.id != after.id)
    return session.scalar(queue)


def _rows(session: Session, waiting: ColumnElement[bool], most: int, before: int = 0) -> list[QueueRow]:
    rows = session.execute(
        select(Claim, Person, Commune.name)
        .outerjoin(Person, Person.id == Claim.person_id)
        .outerjoin(Commune, Commune.code == Claim.commune_code)
        .where(waiting)
        .order_by(_counts_from(), Claim.id)
        .offset(before)
        .limit(most)
    )
    return [QueueRow(*row, _days_ahead(row[1])) for row in rows]


def _waiting(states: Sequence[ClaimState], not_by: int | None) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = Claim.state.in_(states)
    if not_by is not None:
        condition = condition & (Claim.verified_by.is_(None) | (Claim.verified_by != not_by))
    return condition


def _days_ahead(person: Person | None) -> int:
    if person is None:
        return 0
    return claim_order().days_ahead(person.birth_year, [one.category for one in person.entitlements], today().year)


def _counts_from() -> ColumnElement[datetime]:
    """Since when the claim counts as waiting: `ClaimOrder.days_ahead`, said to the database."""
    order = claim_order()
    is_old = Person.birth_year <= today().year - order.old_age
    by_age = select(case((is_old, order.old_age_days), else_=0)).where(Person.id == Claim.person_id)
    days = case(order.category_days, value=Entitlement.category, else_=0) if order.category_days else literal(0)
    by_category = select(func.max(days)).where(Entitlement.person_id == Claim.person_id)
    ahead = func.coalesce(
        func.greatest(by_age.correlate(Claim).scalar_subquery(), by_category.correlate(Claim).scalar_subquery()), 0
    )
    return Claim.declared_at - func.make_interval(0, 0, 0, ahead)
