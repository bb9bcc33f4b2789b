"""What becomes of a person after somebody reported the death: an officer settles it, one way or the other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core import audit
from roster.person import Person


def confirm_death(session: Session, person: Person, staff_id: int, at: datetime) -> None:
    """The death is certain: nothing is ever sent about this person again. Payments are not touched."""
    person.deceased_at = person.deceased_at or at
    _record(session, person, "confirm_death", staff_id, at)


def dismiss_death(session: Session, person: Person, staff_id: int, at: datetime) -> None:
    """It was a mistake: messages about this person may go out again."""
    person.paused_at = None
    _record(session, person, "dismiss_death", staff_id, at)


def _record(session: Session, person: Person, action: str, staff_id: int, at: datetime) -> None:
    audit.record(
        session, at, audit.staff_actor(staff_id), action, f"person:{person.id}", commune_code=person.commune_code
    )
