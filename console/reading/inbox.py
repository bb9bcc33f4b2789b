"""The officers' inbox: conversations that wait for a human, the gravest and oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from console.reading.shelves import STILL_OPEN, Shelf, on_shelf
from conversations.escalation import Escalation, Priority
from conversations.priority import place_of, priority_of
from conversations.thread import Thread
from core.clock import now
from roster.commune import Commune
from roster.person import Person

SHOWN = 100


@dataclass(frozen=True)
class InboxRow:
    """One escalation with the person and commune it is about, where they are known."""

    escalation: Escalation
    thread: Thread
    person: Person | None
    commune: str | None
    priority: Priority


def inbox(session: Session, shelf: Shelf, staff_id: int) -> list[InboxRow]:
    """The rows of one shelf, at most SHOWN."""
    rows = session.execute(_joined().where(on_shelf(Escalation, shelf, staff_id)).order_by(*_order(shelf)).limit(SHOWN))
    return [_row(*row) for row in rows]


def one(session: Session, escalation_id: int) -> InboxRow | None:
    """One escalation; None where there is none or the desk does not see it."""
    row = session.execute(_joined().where(Escalation.id == escalation_id)).first()
    return None if row is None else _row(*row)


def shelf_counts(session: Session, staff_id: int) -> dict[Shelf, int]:
    """How many lie on each shelf that is still open."""
    return {shelf: _count(session, on_shelf(Escalation, shelf, staff_id)) for shelf in STILL_OPEN}


def _row(escalation: Escalation, thread: Thread, person: Person | None, commune: str | None, priority: str) -> InboxRow:
    return InboxRow(escalation, thread, person, commune, Priority(priority))


def _joined() -> Select[Escalation, Thread, Person, str, str]:
    return (
        select(Escalation, Thread, Person, Commune.name, priority_of(now()))
        .join(Thread, Thread.id == Escalation.thread_id)
        .outerjoin(Person, Person.id == Escalation.person_id)
        .outerjoin(Commune, Commune.code == Escalation.commune_code)
    )


def _order(shelf: Shelf) -> list[Any]:
    if shelf is Shelf.CLOSED:
        return [Escalation.closed_at.desc()]
    by_priority = [place_of(priority_of(now())), Escalation.opened_at]
    return [Escalation.handed_at.is_(None), *by_priority] if shelf is Shelf.MINE else by_priority


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Escalation).where(condition)) or 0
