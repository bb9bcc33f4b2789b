"""What officers do with a follow-up: take it, say whom it is about, try again later, close it. Each step locks it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from outreach.follow_up import FollowUp, FollowUpOutcome
from roster.contact import PersonContact
from roster.person import Person

LONGEST_NOTE = 500


class FollowUpTaken(RuntimeError):
    """A colleague has taken it, or it is closed."""


def take(session: Session, task_id: int, staff_id: int, at: datetime) -> FollowUp:
    """Take it for one officer: the first who asks gets it. Raises FollowUpTaken."""
    task = _locked(session, task_id)
    if task.closed_at is not None or task.taken_by not in (None, staff_id):
        raise FollowUpTaken
    if task.taken_by is None:
        task.taken_by, task.taken_at = staff_id, at
        _record(session, task, "follow_up.taken", staff_id, at)
    return task


def give_back(session: Session, task_id: int, staff_id: int, at: datetime) -> FollowUp:
    """Leave it to a colleague. Raises FollowUpTaken."""
    task = _mine(session, task_id, staff_id)
    task.taken_by = task.taken_at = None
    _record(session, task, "follow_up.given_back", staff_id, at)
    return task


def tie(session: Session, task_id: int, person: Person, staff_id: int, at: datetime) -> FollowUp:
    """Say whom it is about: the task goes to the person's commune. Raises FollowUpTaken."""
    task = _mine(session, task_id, staff_id)
    before = {"person": str(task.person_id) if task.person_id else None}
    task.person_id, task.commune_code = person.id, person.commune_code
    _record(session, task, "follow_up.tied", staff_id, at, before, {"person": str(person.id)})
    return task


def note_no_answer(session: Session, task_id: int, staff_id: int, at: datetime, again_at: datetime) -> FollowUp:
    """Nobody answered: it is anybody's again, and its next turn is `again_at`. Raises FollowUpTaken."""
    task = _mine(session, task_id, staff_id)
    task.tries += 1
    task.due_at, task.taken_by, task.taken_at = again_at, None, None
    _record(session, task, "follow_up.no_answer", staff_id, at, after={"tries": task.tries})
    return task


def close(session: Session, task_id: int, staff_id: int, outcome: FollowUpOutcome, note: str, at: datetime) -> FollowUp:
    """Close it with what came of it; a wrong number is not called or written to again for that person.

    Raises FollowUpTaken.
    """
    task = _mine(session, task_id, staff_id)
    if outcome is FollowUpOutcome.WRONG_NUMBER:
        _unlink(session, task, staff_id, at)
    task.closed_at, task.outcome, task.note = at, outcome, note.strip()[:LONGEST_NOTE] or task.note
    _record(session, task, "follow_up.closed", staff_id, at, after={"outcome": outcome.value})
    return task


def _locked(session: Session, task_id: int) -> FollowUp:
    return session.get_one(FollowUp, task_id, with_for_update=True, populate_existing=True)


def _mine(session: Session, task_id: int, staff_id: int) -> FollowUp:
    task = _locked(session, task_id)
    if task.closed_at is not None or task.taken_by != staff_id:
        raise FollowUpTaken
    return task


def _unlink(session: Session, task: FollowUp, staff_id: int, at: datetime) -> None:
    link = session.scalars(
        select(PersonContact).where(
            PersonContact.person_id == task.person_id,
            PersonContact.contact_id == task.contact_id,
            PersonContact.unlinked_at.is_(None),
        )
    ).one_or_none()
    if link is not None:
        link.unlinked_at = at
        audit.record(session, at, audit.staff_actor(staff_id), "unlink_wrong_number", f"person:{link.person_id}",
                     commune_code=link.commune_code)  # fmt: skip


def _record(
    session: Session,
    task: FollowUp,
    action: str,
    staff_id: int,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(session, at, audit.staff_actor(staff_id), action, f"follow_up:{task.id}",
                 commune_code=task.commune_code, before=before, after=after)  # fmt: skip
