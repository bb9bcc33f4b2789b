"""Staging: a workbook's rows go into `import_row`, each with its findings; nothing touches the roster yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from core import audit
from core.clock import VIETNAM
from roster.importing.against_roster import hold_against_roster
from roster.importing.bulk import insert_rows
from roster.importing.errors import ImportClosed, ImportNotFound
from roster.importing.values import SKIPPED, status_of
from roster.intake import IntakeSettings, RowKind, RowReason, StagedRow, read_workbook, to_record
from roster.intake.package import Source
from roster.roster_import import ImportRow, ImportState, RosterImport

_BATCH = 1000


def stage(
    session: Session,
    file: Source,
    name: str,
    digest: bytes,
    staged_by: int | None,
    now: datetime,
    communes: Collection[str] | None = None,
) -> RosterImport:
    """Stage the workbook `file` (a path or a seekable binary file) under the name the officer knows it by.

    `digest` is the SHA-256 of its bytes: a file staged or merged before is that import, and nothing changes; one that
    was discarded is staged anew. `communes`: those whose people the rows may mean (None: all); a row of any other is
    left out from the start, and the one entry in the audit log says how many. `session` must see every commune (a
    worker's). Raises `roster.intake.IntakeError` with nothing kept.
    """
    with session.begin_nested():
        staged = _claim_digest(session, name, digest, staged_by, now)
        if staged is None:
            return _by_digest(session, digest)
        rows = _worth_keeping(read_workbook(file, intake_settings(now)))
        left_out = 0
        for batch in batched(rows, _BATCH):
            made = _stage_batch(session, staged.id, batch, communes)
            staged.rows_total += sum(row["status"] != SKIPPED for row in made)
            left_out += sum(row["left_out"] for row in made)
        _record(
            session,
            staged,
            "stage_import",
            now,
            staged_by,
            after={"state": "staged", "rows": staged.rows_total, "left_out": left_out},
        )
    return staged


def discard(session: Session, import_id: UUID, discarded_by: int | None, now: datetime) -> None:
    """Give up a staged import and erase its rows. Raises ImportNotFound, ImportClosed."""
    staged = open_import(session, import_id)
    session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
    staged.state = ImportState.DISCARDED
    _record(session, staged, "discard_import", now, discarded_by, after={"state": "discarded"})


def open_import(session: Session, import_id: UUID) -> RosterImport:
    """The import, locked, if it may still change. Raises ImportNotFound, ImportClosed."""
    found = session.get(RosterImport, import_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise ImportNotFound
    if found.state is not ImportState.STAGED:
        raise ImportClosed
    return found


def intake_settings(now: datetime) -> IntakeSettings:
    """How workbooks are read at this time: the intake's own settings as of today in Vietnam."""
    return IntakeSettings(today=now.astimezone(VIETNAM).date())


def _claim_digest(
    session: Session, name: str, digest: bytes, staged_by: int | None, now: datetime
) -> RosterImport | None:
    """The import that this call fills; None where the file stands as another import already."""
    row = {
        "file_name": name, "state": ImportState.STAGED, "rows_total": 0, "staged_by": staged_by, "staged_at": now,
    }  # fmt: skip
    statement = upsert(RosterImport).values(id=uuid4(), file_digest=digest, **row)
    statement = statement.on_conflict_do_update(
        index_elements=[RosterImport.file_digest], set_=row, where=RosterImport.state == ImportState.DISCARDED
    )
    claimed = session.scalar(statement.returning(RosterImport.id))
    return None if claimed is None else session.get_one(RosterImport, claimed, populate_existing=True)


def _by_digest(session: Session, digest: bytes) -> RosterImport:
    return session.scalars(select(RosterImport).where(RosterImport.file_digest == digest)).one()


def _worth_keeping(rows: Iterable[StagedRow]) -> Iterator[StagedRow]:
    """Blank rows are left away; headings, totals and the like stay, so that an officer sees what was passed over."""
    return (row for row in rows if row.reason is not RowReason.BLANK)


def _stage_batch(
    session: Session, import_id: UUID, batch: Iterable[StagedRow], communes: Collection[str] | None
) -> list[dict[str, Any]]:
    """Insert the rows; gives them as they stand in the table."""
    rows = list(batch)
    people = [row for row in rows if row.kind is RowKind.PERSON]
    known = dict(zip(map(id, people), hold_against_roster(session, people, communes), strict=True))
    made = [_import_row(import_id, row, known.get(id(row)), communes) for row in rows]
    insert_rows(session, ImportRow, made)
    return made


def _import_row(
    import_id: UUID, row: StagedRow, person_id: UUID | None, communes: Collection[str] | None
) -> dict[str, Any]:
    code = row.person.ward_code if row.person else None
    return {
        "import_id": import_id,
        "sheet": row.sheet,
        "row": row.row,
        "status": status_of(row),
        "left_out": code is not None and communes is not None and code not in communes,
        "commune_code": code,
        "values": to_record(row),
        "person_id": person_id,
    }


def _record(
    session: Session, staged: RosterImport, action: str, now: datetime, by: int | None, after: dict[str, Any]
) -> None:
    actor = audit.SYSTEM if by is None else audit.staff_actor(by)
    audit.record(session, now, actor, action, f"roster_import:{staged.id}", after=after)
