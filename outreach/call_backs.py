"""Tasks to call somebody back: one that is open a phone, whoever asked for it and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from outreach.follow_up import CALL_BACKS, FollowUp, FollowUpKind, FollowUpSource
from roster.contact import PersonContact


def ask_to_call_back(
    session: Session,
    contact_id: UUID,
    source: FollowUpSource,
    now: datetime,
    *,
    commune_code: str | None,
    due_at: datetime,
    called_at: datetime | None = None,
    staff_id: int | None = None,
) -> FollowUp:
    """The open task to call this phone: a new one, or the one that is there, which notes one call more.

    `commune_code`: whose hotline was called, or whose officer asks. A call to the hotline goes to the officers of
    whoever's phone it is; an officer's note stays with the officer, who learns nothing of other communes' people.
    `session` is a worker's: the phone may be known to communes that the officer does not see.
    """
    linked = _linked(session, contact_id)
    if staff_id is not None and commune_code is not None:
        linked = [one for one in linked if one[1] == commune_code]
    person_id, commune = whom(linked, commune_code)
    row = insert(FollowUp).values(
        kind=FollowUpKind.CALL,
        source=source,
        person_id=person_id,
        contact_id=contact_id,
        commune_code=commune,
        opened_at=now,
        opened_by=staff_id,
        due_at=due_at,
        calls=0,
        tries=0,
    )
    session.execute(row.on_conflict_do_nothing())  # one is open: the partial unique index says so
    task = session.scalars(
        select(FollowUp)
        .where(FollowUp.contact_id == contact_id, FollowUp.closed_at.is_(None), FollowUp.source.in_(CALL_BACKS))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if called_at is not None:
        task.calls += 1
        task.last_call_at = max(called_at, task.last_call_at or called_at)
    return task


def whom(linked: Sequence[tuple[UUID, str]], commune_code: str | None) -> tuple[UUID | None, str | None]:
    """Whom a call from a phone is about, and whose officers call back. Pure.

    `linked`: (person, commune) of everybody whose phone it is. Those of the commune that was called come first; several
    people are nobody in particular.
    """
    near = [one for one in linked if one[1] == commune_code] or list(linked)
    communes = {commune for _, commune in near}
    person = near[0][0] if len(near) == 1 else None
    return person, communes.pop() if len(communes) == 1 else commune_code


def _linked(session: Session, contact_id: UUID) -> list[tuple[UUID, str]]:
    rows = session.execute(
        select(PersonContact.person_id, PersonContact.commune_code)
        .where(PersonContact.contact_id == contact_id, PersonContact.unlinked_at.is_(None))
        .order_by(PersonContact.person_id)
    )
    return [(person_id, commune) for person_id, commune in rows]
