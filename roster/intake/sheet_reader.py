"""One sheet with a header becomes staged rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roster.intake.categories import Categories
from roster.intake.cells import Cell, has_ditto, is_ditto
from roster.intake.communes import CommuneIndex
from roster.intake.duplicates import DuplicateFinder
from roster.intake.formulas import FormulaWatch
from roster.intake.header import HeaderFinder, Layout
from roster.intake.merges import Merge, MergeFiller
from roster.intake.person_row import PersonReader, Surroundings
from roster.intake.raw import RawCells
from roster.intake.roles import Role
from roster.intake.rows import RowSorter
from roster.intake.settings import IntakeSettings
from roster.intake.sheet_rows import SheetRow
from roster.intake.staged import RowKind, RowReason, StagedRow
from roster.intake.titles import after_heading, from_titles

_MOST_BLANKS = 100
_NEW_HEADER_SCORE = 4
_DIGIT = re.compile(r"\d")
_NEVER_REPEATED = frozenset({Role.FULL_NAME, Role.FAMILY_NAME, Role.GIVEN_NAME, Role.STT, Role.CITIZEN_ID})


@dataclass(frozen=True)
class Knowledge:
    """What every sheet is read with."""

    communes: CommuneIndex
    categories: Categories
    headers: HeaderFinder
    settings: IntakeSettings


class SheetReader:
    """Reads the rows of one sheet top to bottom; duplicates are found across all sheets of a file."""

    def __init__(self, title: str, knowledge: Knowledge, merges: Sequence[Merge], duplicates: DuplicateFinder) -> None:
        self._title = title
        self._known = knowledge
        self._merges = merges
        self._duplicates = duplicates
        self._previous: dict[int, Cell] = {}
        self._around = Surroundings()

    def read(self, rows: Iterable[SheetRow], layout: Layout) -> Iterator[StagedRow]:
        """A staged row for every row below the header, blank ones between others included."""
        self._use(layout)
        filler = MergeFiller(list(self._merges))
        titles: list[SheetRow] | None = []
        last = layout.last_row
        for row in rows:
            row = filler.fill(row)
            if titles is not None and row.number < layout.first_row:
                titles.append(row)
                continue
            if titles is not None:
                self._around = from_titles(titles, self._title, self._known.communes, self._known.categories)
                titles = None
            if row.number > layout.last_row:
                yield from self._blanks(last, row.number)
                yield self._staged(row)
                last = row.number

    def _use(self, layout: Layout) -> None:
        known = self._known
        self._layout = layout
        self._sorter = RowSorter(layout, known.communes, known.categories)
        self._people = PersonReader(layout, known.communes, known.categories, known.settings)
        self._formulas = FormulaWatch(self._title, layout)
        self._repeatable = [
            column for role, columns in layout.columns.items() if role not in _NEVER_REPEATED for column in columns
        ]

    def _blanks(self, last: int, number: int) -> Iterator[StagedRow]:
        """Rows without anything between two rows; a gap of thousands is formatting, not a list."""
        if number - last - 1 <= _MOST_BLANKS:
            for blank in range(last + 1, number):
                yield StagedRow(self._title, blank, RowKind.NOT_A_PERSON, RowReason.BLANK)

    def _staged(self, row: SheetRow) -> StagedRow:
        if self._is_new_header(row):
            return self._no_person(row, RowReason.HEADER)
        reason = self._sorter.reason(row)
        if row.formulas:
            self._formulas.check(row, reason)
        if reason is not None:
            return self._no_person(row, reason)
        self._repeat(row)
        person, findings = self._people.read(row.cells, self._around)
        if row.formulas:
            findings.extend(self._formulas.findings(row))
        duplicate = self._duplicates.seen(self._title, row.number, person)
        staged = StagedRow(
            self._title, row.number, RowKind.PERSON, None, person, findings, raw=RawCells(row.cells, self._layout)
        )
        if duplicate:
            staged.duplicate_of, staged.duplicate_sheet = duplicate.row, duplicate.sheet
            findings.append(duplicate.finding)
        return staged

    def _no_person(self, row: SheetRow, reason: RowReason) -> StagedRow:
        known = self._known
        if reason is RowReason.HEADING:
            self._around = after_heading(self._around, row, self._sorter, known.communes, known.categories)
        text = self._sorter.heading_text(row)
        return StagedRow(self._title, row.number, RowKind.NOT_A_PERSON, reason, raw={"text": text} if text else {})

    def _is_new_header(self, row: SheetRow) -> bool:
        """Whether a second table begins here. If its columns stand in another order, that order is taken over."""
        if len(row.cells) < _NEW_HEADER_SCORE or not all(map(_may_be_label, row.cells.values())):
            return False
        if self._layout.repeats(row):
            return True
        layout = self._known.headers.layout([row], self._merges)
        if not layout.lists_people or layout.score < _NEW_HEADER_SCORE:
            return False
        if any(self._layout.columns.get(role) != columns for role, columns in layout.columns.items()):
            self._use(layout)
        return True

    def _repeat(self, row: SheetRow) -> None:
        """Cells that say "as above" get the value above."""
        cells = row.cells
        if has_ditto(cells.values()):
            for column in self._repeatable:
                if is_ditto(cells.get(column)) and column in self._previous:
                    cells[column] = self._previous[column]
        self._previous = cells


def _may_be_label(cell: Cell) -> bool:
    return isinstance(cell, str) and not _DIGIT.search(cell)
