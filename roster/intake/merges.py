"""Merged cells: a value that stands for several rows or columns although only the first cell holds it."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from typing import NamedTuple

from openpyxl.utils import range_boundaries

from roster.intake.cells import Cell
from roster.intake.parts import SheetPart
from roster.intake.sheet_rows import SheetRow
from roster.intake.xml_stream import chunks

_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s+ref=["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["']""")
_LONGEST = 80
_MAX_MERGES = 50_000


class Merge(NamedTuple):
    """One merged range: rows from 1, columns from 0, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def read_merges(archive: zipfile.ZipFile, sheet: SheetPart) -> list[Merge]:
    """The merged ranges of a sheet. They stand behind all rows, so the part is searched as bytes beforehand."""
    merges: list[Merge] = []
    tail = b""
    for chunk in chunks(archive, sheet.path):
        window = tail + chunk
        end = 0
        if b"mergeCell" in window:
            for match in _MERGE.finditer(window):
                merges.append(_merge(match.group(1).decode()))
                end = match.end()
        tail = window[max(end, len(window) - _LONGEST) :]
        if len(merges) > _MAX_MERGES:
            break
    return merges


def _merge(reference: str) -> Merge:
    left, top, right, bottom = range_boundaries(reference)
    return Merge(int(top or 1), int(bottom or 1), int(left or 1) - 1, int(right or 1) - 1)


class MergeFiller:
    """Gives each row of a vertical merge the value of its first row, as the reader's eye does."""

    def __init__(self, merges: list[Merge]) -> None:
        self._starting: dict[int, list[Merge]] = defaultdict(list)
        for merge in merges:
            if merge.last_row > merge.first_row:
                self._starting[merge.first_row].append(merge)
        self._open: dict[int, tuple[int, Cell]] = {}

    def fill(self, row: SheetRow) -> SheetRow:
        """`row` with the merged values put in. Rows must come top to bottom."""
        for column, (last_row, value) in list(self._open.items()):
            if row.number > last_row:
                del self._open[column]
            else:
                row.cells.setdefault(column, value)
        for merge in self._starting.pop(row.number, ()):
            value = row.cells.get(merge.first_column)
            if value is not None:
                self._open[merge.first_column] = (merge.last_row, value)
        return row
