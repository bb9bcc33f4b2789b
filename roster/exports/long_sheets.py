"""A table of any length in a workbook: it goes on on a further sheet where one is full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice

import xlsxwriter

MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576 rows."""
type Columns = Sequence[tuple[str, int]]
"""The title and the width of each."""
type Cells = Sequence[str | int | None]


def write_table(
    workbook: xlsxwriter.Workbook, name: str, columns: Columns, rows: Iterable[Cells], most: int = MOST_ROWS
) -> None:
    """Write `rows` as they come below the titles, on the sheet `name`, then on "name (2)" and so on."""
    bold, left, part = workbook.add_format({"bold": True}), iter(rows), 1
    some = list(islice(left, 1))
    while some or part == 1:
        sheet = workbook.add_worksheet(name if part == 1 else f"{name} ({part})")
        for place, (title, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, bold)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(islice(chain(some, left), most), start=1):
            sheet.write_row(line, 0, row)
        part, some = part + 1, list(islice(left, 1))
