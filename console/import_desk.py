"""Working on an import with a worker's sight, within what the officer's own desk may bring into the roster.

A staged row may belong to any commune, or to none yet, so an import is staged, corrected and merged by the role that
sees all; this file is the only place of the console that takes it. What it gives up in sight it takes back by rule: an
import is open to whoever brought the file and to those who see all communes, and a desk with its own communes can
merge rows of those alone and reach no people of others, whatever number a row states.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from console.desk import Desk, current_desk
from core.database import Role, transaction
from roster.importing.merging import MergeResult, merge
from roster.importing.staging import stage
from roster.importing.values import SKIPPED
from roster.roster_import import ImportRow, RosterImport

_CHUNK = 1 << 20
MOST_LISTED = 100


class NotYours(Exception):
    """The same file was brought by somebody else. `str()` is for the officer."""

    def __init__(self) -> None:
        super().__init__("Tệp này đã được một cán bộ khác đưa lên. Xin hỏi cán bộ ấy hoặc người quản lý.")


class ForeignRows(Exception):
    """Rows of other communes, or of none, stand among those to be merged. `str()` is for the officer."""

    def __init__(self, rows: int) -> None:
        super().__init__(
            f"Còn {rows} dòng không thuộc xã, phường của anh/chị hoặc chưa rõ xã, phường. Xin sửa hoặc bỏ các dòng ấy."
        )


def all_imports() -> list[RosterImport]:
    """The imports this desk may open, the newest first."""
    desk = current_desk()
    with transaction(Role.WORKER) as session:
        mine = true() if desk.sees_all else RosterImport.staged_by == desk.staff_id
        newest = select(RosterImport).where(mine).order_by(RosterImport.staged_at.desc()).limit(MOST_LISTED)
        return list(session.scalars(newest))


def stage_file(file: BinaryIO, name: str, now: datetime) -> UUID:
    """Stage an uploaded workbook; its import's id. Raises NotYours, and IntakeError for a file that cannot be read.

    Rows that clearly belong to communes of others are left out at once, and none learns of anybody there.
    """
    desk = current_desk()
    digest = _digest(file)
    with transaction(Role.WORKER) as session:
        staged = stage(session, file, name, digest, desk.staff_id, now, within_reach(desk))
        if not _may_open(desk, staged):
            raise NotYours
        return staged.id


@contextmanager
def opened(import_id: UUID) -> Iterator[tuple[Session, RosterImport]]:
    """The import in one transaction; 404 where there is none or it is not this desk's."""
    with transaction(Role.WORKER) as session:
        found = session.get(RosterImport, import_id)
        if found is None or not _may_open(current_desk(), found):
            abort(404)
        yield session, found


def row_of(session: Session, import_id: UUID, row_id: int) -> ImportRow:
    """A row of this import; 404 for any other."""
    row = session.get(ImportRow, row_id)
    if row is None or row.import_id != import_id:
        abort(404)
    return row


def merge_import(session: Session, import_id: UUID, now: datetime) -> MergeResult:
    """Merge what was not left out. Raises ForeignRows, and what `roster.importing.merging.merge` raises."""
    desk = current_desk()
    if not desk.sees_all:
        foreign = _count(session, _to_merge(import_id), _not_of(desk))
        if foreign:
            raise ForeignRows(foreign)
    return merge(session, import_id, desk.staff_id, now, communes=within_reach(desk))


def within_reach(desk: Desk) -> tuple[str, ...] | None:
    """The communes whose people an import of this desk may read and write; None for all."""
    return None if desk.sees_all else desk.communes


def _digest(file: BinaryIO) -> bytes:
    """SHA-256 of the whole file, which is left at its beginning."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.digest()


def _may_open(desk: Desk, staged: RosterImport) -> bool:
    return desk.sees_all or staged.staged_by == desk.staff_id


def _to_merge(import_id: UUID) -> ColumnElement[bool]:
    return (ImportRow.import_id == import_id) & ~ImportRow.left_out & (ImportRow.status != SKIPPED)


def _not_of(desk: Desk) -> ColumnElement[bool]:
    return or_(ImportRow.commune_code.is_(None), ImportRow.commune_code.not_in(desk.communes))


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(ImportRow).where(*conditions)) or 0
