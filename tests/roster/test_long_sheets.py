"""A table that is longer than a sheet goes on on the next one, and loses no row."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from roster.exports.long_sheets import write_table
from roster.exports.workbooks import new_workbook


@pytest.mark.parametrize(
    ("rows", "sheets"), [(0, [0]), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])]
)  # fmt: skip
def test_no_row_is_lost_between_sheets(rows: int, sheets: list[int]) -> None:
    file = BytesIO()
    with new_workbook(file, "Bảng dài") as workbook:
        write_table(workbook, "Lượt 1", [("Số", 10)], ([number] for number in range(rows)), most=3)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Lượt 1", "Lượt 1 (2)", "Lượt 1 (3)"][: len(sheets)]
    assert [sheet.max_row - 1 for sheet in book] == sheets
    written = [row[0] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert written == list(range(rows))
    assert all(sheet.cell(1, 1).value == "Số" for sheet in book)
