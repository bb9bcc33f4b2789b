"""What becomes of a person whose death was reported: messages pause at once, an officer settles it either way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core import audit
from roster.person import Person


def pause_after_report(session: Session, person: Person, actor: audit.Actor, at: datetime) -> None:
    """Somebody says that the person has died: nothing proactive goes out until an officer has looked."""
    if person.deceased_at is None and person.paused_at is None:
        person.paused_at = at
        _record(session, person, "pause_after_death_report", actor, at)


def confirm_death(session: Session, person: Person, staff_id: int, at: datetime) -> None:
    """The death is certain: nothing is ever sent about this person again. Payments are not touched."""
    person.deceased_at = person.deceased_at or at
    _record(session, person, "confirm_death", audit.staff_actor(staff_id), at)


def dismiss_death(session: Session, person: Person, staff_id: int, at: datetime) -> None:
    """It was a mistake: messages about this person may go out again."""
    person.paused_at = None
    _record(session, person, "dismiss_death", audit.staff_actor(staff_id), at)


def _record(session: Session, person: Person, action: str, actor: audit.Actor, at: datetime) -> None:
    audit.record(session, at, actor, action, f"person:{person.id}", commune_code=person.commune_code)
