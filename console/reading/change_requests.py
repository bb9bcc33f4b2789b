"""The changes that somebody asks for, each beside what the roster says now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.reading.paging import Place, place
from roster.changes.change_request import ChangeRequest, ChangeState
from roster.changes.deciding import seen_value
from roster.changes.values import same, text_of
from roster.person import Person

ON_A_PAGE = 30


@dataclass(frozen=True)
class ChangeLine:
    """One request. `now`: what the roster says; `changed`: it says otherwise than when the change was asked for."""

    request: ChangeRequest
    person: Person
    now: str
    seen: str
    changed: bool


@dataclass(frozen=True)
class ChangePage:
    """One page of the requests that wait."""

    lines: list[ChangeLine]
    total: int
    place: Place


def waiting_changes(session: Session, page: int) -> ChangePage:
    """What waits in sight, the oldest first; one person's requests stand together."""
    total = changes_waiting(session)
    here = place(total, page, ON_A_PAGE)
    first = func.min(ChangeRequest.asked_at).over(partition_by=ChangeRequest.person_id)
    rows = session.execute(
        select(ChangeRequest, Person)
        .join(Person, Person.id == ChangeRequest.person_id)
        .where(ChangeRequest.state == ChangeState.OPEN)
        .order_by(first, ChangeRequest.person_id, ChangeRequest.id)
        .offset(here.before)
        .limit(ON_A_PAGE)
    )
    return ChangePage([_line(request, person) for request, person in rows], total, here)


def changes_waiting(session: Session) -> int:
    """How many wait in sight."""
    return session.scalar(select(func.count()).where(ChangeRequest.state == ChangeState.OPEN)) or 0


def _line(request: ChangeRequest, person: Person) -> ChangeLine:
    says = text_of(person, request.field)
    changed = not same(request.field, says, request.old or "")
    return ChangeLine(request, person, says, seen_value(person, request.field), changed)
