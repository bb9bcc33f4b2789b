"""Asking for a change: one request for what is asked twice, and none for what stands so already."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.audit import Actor, AuditEntry, entry
from core.encryption import blind_index
from roster.changes.change_request import ChangeField, ChangeRequest, ChangeSource, ChangeState
from roster.changes.values import same, text_of
from roster.person import Person


def ask(
    session: Session,
    person: Person,
    field: ChangeField,
    new: str,
    source: ChangeSource,
    actor: Actor,
    asked_by: int | None,
    at: datetime,
    old: str | None = None,
) -> AuditEntry | None:
    """Ask for `field` of `person` to become `new`; the entry for the audit log, to be recorded at the end.

    `old`: what the roster said when the file went out (None: what it says now). None where nothing is to be asked: the
    roster says so already, or the same request is open.
    """
    new = " ".join(new.split())
    open_ones = select(ChangeRequest.new).where(
        ChangeRequest.person_id == person.id, ChangeRequest.field == field, ChangeRequest.state == ChangeState.OPEN
    )
    if any(same(field, one, new) for one in (text_of(person, field), *session.scalars(open_ones))):
        return None
    row = insert(ChangeRequest).values(
        person_id=person.id,
        commune_code=person.commune_code,
        field=field,
        old=text_of(person, field) if old is None else old,
        new=new,
        new_index=blind_index("change", new),
        source=source,
        asked_by=asked_by,
        asked_at=at,
        state=ChangeState.OPEN,
    )
    made = session.scalar(row.on_conflict_do_nothing().returning(ChangeRequest.id))
    if made is None:
        return None
    return entry(at, actor, "change.asked", f"person:{person.id}", commune_code=person.commune_code,
                 after={"field": field.value, "source": source.value})  # fmt: skip
