"""Staging a file that came back, giving it up, merging it: each row is looked at before anything holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import audit
from roster.claim import Claim
from roster.person import Person
from roster.returned.returned_file import ReturnedFile, ReturnedKind, ReturnedRow, ReturnedState


class ReturnRefused(Exception):
    """Why a file cannot be staged or merged; `str()` is a Vietnamese sentence without personal data."""


@dataclass(frozen=True)
class Note:
    """What an officer should know about one cell. `error`: the row is not merged."""

    column: str
    words: str
    error: bool = False


@dataclass
class ReadRow:
    """One row as it was understood. `person_id` None: nobody in sight has its code."""

    number: int
    name: str
    commune_code: str | None
    person_id: UUID | None
    given: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The worst of its notes."""
        if any(note.error for note in self.notes):
            return "error"
        return "warning" if self.notes else "ok"


type Apply = Callable[[ReturnedRow, Person], bool]
"""Brings one row in; whether it changed anything."""


def stage_returned(
    session: Session,
    kind: ReturnedKind,
    rows: Sequence[ReadRow],
    name: str,
    digest: bytes,
    staff_id: int | None,
    at: datetime,
) -> ReturnedFile:
    """Keep the rows for an officer to look at. The same bytes are one file: staged or merged before, it is given as it
    stands; discarded, it is staged anew. Raises ReturnRefused where no row means anybody in sight."""
    commune = next((row.commune_code for row in rows if row.commune_code), None)
    if commune is None:
        raise ReturnRefused(
            "Không dòng nào khớp với tệp đã tải ra cho xã, phường của anh/chị. Xin kiểm tra lại có đúng tệp không."
        )
    made = insert(ReturnedFile).values(
        id=uuid4(), kind=kind, commune_code=commune, file_name=name, digest=digest, state=ReturnedState.STAGED,
        rows=len(rows), staged_by=staff_id, staged_at=at,
    )  # fmt: skip
    made_id = session.scalar(made.on_conflict_do_nothing().returning(ReturnedFile.id))
    if made_id is None:
        known = _by_digest(session, kind, digest)
        if known.state is not ReturnedState.DISCARDED:
            return known
        known.state, known.staged_by, known.staged_at, known.rows = ReturnedState.STAGED, staff_id, at, len(rows)
        made_id = known.id
    session.add_all(_stored(made_id, row, commune) for row in rows)
    file = session.get_one(ReturnedFile, made_id)
    _record(session, file, "returned.staged", staff_id, at, {"rows": len(rows)})
    return file


def discard_returned(session: Session, file_id: UUID, staff_id: int | None, at: datetime) -> None:
    """Give the file up: its rows are erased. Raises ReturnRefused."""
    file = _open(session, file_id)
    session.execute(delete(ReturnedRow).where(ReturnedRow.file_id == file_id))
    file.state = ReturnedState.DISCARDED
    _record(session, file, "returned.discarded", staff_id, at, {"state": file.state.value})


def merge_returned(session: Session, file_id: UUID, apply: Apply, staff_id: int | None, at: datetime) -> ReturnedFile:
    """Bring in every row without an error, all of them or none. What the rows said is forgotten then: it stands where
    it was brought in, and is erased there when its time has come. What was found wrong stays to be seen.

    The people and their claims are locked first, for the audit log is written on the way. Raises ReturnRefused.
    """
    file = _open(session, file_id)
    rows = session.scalars(
        select(ReturnedRow)
        .where(ReturnedRow.file_id == file_id, ReturnedRow.status != "error", ReturnedRow.person_id.is_not(None))
        .order_by(ReturnedRow.row)
    ).all()
    ids = sorted({row.person_id for row in rows if row.person_id})
    locked = session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id).with_for_update())
    people = {person.id: person for person in locked}
    session.scalars(select(Claim).where(Claim.person_id.in_(ids)).order_by(Claim.id).with_for_update()).all()
    changed = [apply(row, people[row.person_id]) for row in rows if row.person_id in people]
    for row in session.scalars(select(ReturnedRow).where(ReturnedRow.file_id == file_id)):
        row.values = {**row.values, "given": {}}
    file.state, file.merged_by, file.merged_at = ReturnedState.MERGED, staff_id, at
    file.changed, file.unchanged = sum(changed), len(changed) - sum(changed)
    _record(session, file, "returned.merged", staff_id, at, {"changed": file.changed, "unchanged": file.unchanged})
    return file


def rows_in(session: Session, file_id: UUID) -> list[ReturnedRow]:
    """The rows of the file, those in error first, then those to be looked at."""
    rows = session.scalars(select(ReturnedRow).where(ReturnedRow.file_id == file_id).order_by(ReturnedRow.row))
    order = ("error", "warning", "ok")
    return sorted(rows, key=lambda row: (order.index(row.status), row.row))


def _open(session: Session, file_id: UUID) -> ReturnedFile:
    file = session.get(ReturnedFile, file_id, with_for_update=True, populate_existing=True)
    if file is None:
        raise ReturnRefused("Không tìm thấy tệp này.")
    if file.state is not ReturnedState.STAGED:
        raise ReturnRefused("Tệp này đã nhập xong hoặc đã bỏ. Xin đưa lên tệp mới nếu cần ghi thêm.")
    return file


def _by_digest(session: Session, kind: ReturnedKind, digest: bytes) -> ReturnedFile:
    known = session.scalars(
        select(ReturnedFile).where(ReturnedFile.kind == kind, ReturnedFile.digest == digest).with_for_update()
    ).first()
    if known is None:
        raise ReturnRefused("Tệp này đã được một cán bộ khác đưa lên.")
    return known


def _stored(file_id: UUID, row: ReadRow, commune: str) -> ReturnedRow:
    return ReturnedRow(
        file_id=file_id,
        row=row.number,
        status=row.status,
        commune_code=row.commune_code or commune,
        person_id=row.person_id,
        values={
            "name": row.name,
            "given": row.given,
            "notes": [{"column": one.column, "words": one.words, "error": one.error} for one in row.notes],
        },
    )


def _record(
    session: Session, file: ReturnedFile, action: str, staff_id: int | None, at: datetime, after: dict[str, Any]
) -> None:
    actor = audit.SYSTEM if staff_id is None else audit.staff_actor(staff_id)
    audit.record(session, at, actor, action, f"returned_file:{file.id}", commune_code=file.commune_code, after=after)
