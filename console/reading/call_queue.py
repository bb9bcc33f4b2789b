"""The queue of calls that officers have to make: overdue first, and everything beside each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from console.reading.shelves import STILL_OPEN, Shelf, on_shelf
from outreach.follow_up import FollowUp, FollowUpKind
from roster.commune import Commune
from roster.contact import ContactPoint
from roster.person import Person

SHOWN = 100


@dataclass(frozen=True)
class CallRow:
    """One call with the person, the phone and the commune it is about, where they are known."""

    task: FollowUp
    person: Person | None
    contact: ContactPoint | None
    commune: str | None

    def overdue(self, now: datetime) -> bool:
        """Whether it should have been made by now."""
        return self.task.closed_at is None and self.task.due_at < now


def calls(session: Session, shelf: Shelf, staff_id: int) -> list[CallRow]:
    """The rows of one shelf, at most SHOWN; the one due first stands first."""
    order = FollowUp.closed_at.desc() if shelf is Shelf.CLOSED else FollowUp.due_at
    rows = session.execute(
        _joined().where(on_shelf(FollowUp, shelf, staff_id)).order_by(order, FollowUp.id).limit(SHOWN)
    )
    return [CallRow(*row) for row in rows]


def one_call(session: Session, task_id: int) -> CallRow | None:
    """One call; None where there is none or the desk does not see it."""
    row = session.execute(_joined().where(FollowUp.id == task_id)).first()
    return None if row is None else CallRow(*row)


def call_counts(session: Session, staff_id: int) -> dict[Shelf, int]:
    """How many lie on each shelf that is still open."""
    return {shelf: _count(session, on_shelf(FollowUp, shelf, staff_id)) for shelf in STILL_OPEN}


def calls_open(session: Session) -> int:
    """How many calls wait for anybody, for the page of today."""
    return _count(session, FollowUp.closed_at.is_(None))


def _joined() -> Select[FollowUp, Person, ContactPoint, str]:
    return (
        select(FollowUp, Person, ContactPoint, Commune.name)
        .outerjoin(Person, Person.id == FollowUp.person_id)
        .outerjoin(ContactPoint, ContactPoint.id == FollowUp.contact_id)
        .outerjoin(Commune, Commune.code == FollowUp.commune_code)
        .where(FollowUp.kind == FollowUpKind.CALL)
    )


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    counted = select(func.count()).where(condition, FollowUp.kind == FollowUpKind.CALL)
    return session.scalar(counted) or 0
