"""Claims in the order in which they are worked: those that have waited longest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from console.reading.paging import Place, place
from roster.claim import Claim, ClaimState
from roster.commune import Commune
from roster.person import Person

ON_A_PAGE = 50


@dataclass(frozen=True)
class QueueRow:
    """A waiting claim with its person, where one is known."""

    claim: Claim
    person: Person | None
    commune: str | None


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
    rows = session.execute(
        select(Claim, Person, Commune.name)
        .outerjoin(Person, Person.id == Claim.person_id)
        .outerjoin(Commune, Commune.code == Claim.commune_code)
        .where(waiting)
        .order_by(Claim.declared_at, Claim.id)
        .offset(here.before)
        .limit(ON_A_PAGE)
    )
    return QueuePage([QueueRow(*row) for row in rows], total, here)


def next_claim(
    session: Session, states: Sequence[ClaimState], *, after: Claim | None = None, not_by: int | None = None
) -> UUID | None:
    """The next claim to work on: after a given one, else (or at the end) the first of the queue."""
    queue = select(Claim.id).where(_waiting(states, not_by)).order_by(Claim.declared_at, Claim.id).limit(1)
    if after is not None:
        later = queue.where(tuple_(Claim.declared_at, Claim.id) > (after.declared_at, after.id))
        found = session.scalar(later)
        if found is not None:
            return found
        queue = queue.where(Claim.id != after.id)
    return session.scalar(queue)


def _waiting(states: Sequence[ClaimState], not_by: int | None) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = Claim.state.in_(states)
    if not_by is not None:
        condition = condition & (Claim.verified_by.is_(None) | (Claim.verified_by != not_by))
    return condition
