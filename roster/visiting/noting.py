"""What was found at the door, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core import audit
from roster.changes.asking import ask
from roster.changes.change_request import ChangeField, ChangeSource
from roster.changes.values import DEAD
from roster.deaths import pause_after_report
from roster.person import Person
from roster.visiting.visit_list import VisitOutcome, VisitRow

LONGEST_NOTE = 500
BY_HAND = (
    VisitOutcome.NOT_HOME,
    VisitOutcome.AGAIN,
    VisitOutcome.MOVED,
    VisitOutcome.DECEASED,
    VisitOutcome.NOT_FOUND,
)
"""What is noted beside the survey's form; the rest follows from the form itself."""


@dataclass(frozen=True)
class Visit:
    """What one visit brought. `note`: in the visitor's words; for somebody who moved, where to."""

    outcome: VisitOutcome
    on: date
    note: str = ""


def note_visit(session: Session, row: VisitRow, person: Person, visit: Visit, staff_id: int, at: datetime) -> bool:
    """Write down what was found; whether that is new.

    A death pauses all messages at once, as a report by message does, and asks another officer to confirm it; a move is
    a question that another officer decides. Nothing of it touches a payment.
    """
    note = visit.note.strip()[:LONGEST_NOTE] or None
    if (row.outcome, row.visited_on, row.note) == (visit.outcome, visit.on, note):
        return False
    before = row.outcome
    row.outcome, row.visited_on, row.note = visit.outcome, visit.on, note
    row.noted_by, row.noted_at = staff_id, at
    actor = audit.staff_actor(staff_id)
    told = audit.entry(
        at,
        actor,
        "visit.noted",
        f"person:{person.id}",
        commune_code=person.commune_code,
        before={"outcome": before.value if before else None},
        after={"outcome": visit.outcome.value, "on": visit.on.isoformat()},
    )
    asked = None
    if visit.outcome is VisitOutcome.DECEASED:
        asked = ask(session, person, ChangeField.DECEASED, DEAD, ChangeSource.VISIT, actor, staff_id, at)
    elif visit.outcome is VisitOutcome.MOVED:
        asked = ask(session, person, ChangeField.MOVED, note or "Chưa rõ nơi đến", ChangeSource.VISIT, actor,
                    staff_id, at)  # fmt: skip
    audit.record_all(session, [told, asked] if asked else [told])
    if visit.outcome is VisitOutcome.DECEASED:
        pause_after_report(session, person, actor, at)
    return True
