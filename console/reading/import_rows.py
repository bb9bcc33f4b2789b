"""Staged rows as an officer looks through them: by status, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from console.reading.paging import Place, place
from roster.importing.values import DIFFERENCES, SKIPPED, findings_of, person_of
from roster.intake import Field, Finding
from roster.intake import Person as StagedPerson
from roster.person import Person
from roster.roster_import import ImportRow

ON_A_PAGE = 40
MOST_DIFFERING = 100


class Shown(StrEnum):
    """Which rows are looked at."""

    ERROR = "error"
    WARNING = "warning"
    OK = "ok"
    LEFT_OUT = "left_out"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class StagedLine:
    """One row of the sheet, read back."""

    row: ImportRow
    person: StagedPerson
    findings: list[Finding]
    differences: list[Mapping[str, str]]

    @property
    def may_choose_commune(self) -> bool:
        return bool(self.person.candidates)


@dataclass(frozen=True)
class RowsPage:
    """One page of rows."""

    lines: list[StagedLine]
    place: Place


def rows_page(session: Session, import_id: UUID, shown: Shown, page: int) -> RowsPage:
    """The rows of one filter in the sheet's order."""
    chosen = _chosen(import_id, shown)
    total = session.scalar(select(func.count()).select_from(ImportRow).where(chosen)) or 0
    here = place(total, page, ON_A_PAGE)
    rows = session.scalars(select(ImportRow).where(chosen).order_by(ImportRow.id).offset(here.before).limit(ON_A_PAGE))
    return RowsPage([line_of(row) for row in rows], here)


def line_of(row: ImportRow) -> StagedLine:
    """A staged row with its values and findings."""
    return StagedLine(row, person_of(row.values), findings_of(row.values), list(row.values.get(DIFFERENCES, [])))


def counts(session: Session, import_id: UUID) -> dict[Shown, int]:
    """How many rows each filter holds."""
    rows = session.execute(
        select(ImportRow.status, ImportRow.left_out, func.count())
        .where(ImportRow.import_id == import_id)
        .group_by(ImportRow.status, ImportRow.left_out)
    )
    found = dict.fromkeys((Shown.ERROR, Shown.WARNING, Shown.OK, Shown.LEFT_OUT, Shown.SKIPPED), 0)
    for status, left_out, count in rows:
        found[Shown.LEFT_OUT if left_out and status != SKIPPED else Shown(status)] += count
    return found


def differing(session: Session, import_id: UUID, communes: Collection[str] | None) -> list[StagedLine]:
    """After a merge: the first rows (at most MOST_DIFFERING) that say something otherwise than the roster.

    Of people of `communes` alone (None: of all): who serves the whole city may have merged the file of an officer.

    What they say is encrypted with the rest of the row, so the rows are read one after the other.
    """
    rows = session.scalars(
        select(ImportRow)
        .join(Person, Person.id == ImportRow.person_id)
        .where(ImportRow.import_id == import_id, _lives_in(communes))
        .order_by(ImportRow.id)
        .execution_options(yield_per=500)
    )
    return list(islice((line_of(row) for row in rows if row.values.get(DIFFERENCES)), MOST_DIFFERING))


def _lives_in(communes: Collection[str] | None) -> ColumnElement[bool]:
    return true() if communes is None else Person.commune_code.in_(communes)


def fields_in_trouble(findings: list[Finding]) -> set[Field]:
    """The fields that findings speak of."""
    return {finding.field for finding in findings}


def _chosen(import_id: UUID, shown: Shown) -> ColumnElement[bool]:
    mine = ImportRow.import_id == import_id
    match shown:
        case Shown.LEFT_OUT:
            return mine & ImportRow.left_out & (ImportRow.status != SKIPPED)
        case Shown.SKIPPED:
            return mine & (ImportRow.status == SKIPPED)
        case _:
            return mine & ~ImportRow.left_out & (ImportRow.status == shown.value)
