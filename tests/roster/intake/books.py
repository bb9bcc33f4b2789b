"""Workbooks made for a test: what offices send, and worse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from roster.intake import IntakeSettings, RowKind, StagedRow, read_workbook

TODAY = date(2026, 11, 23)
SETTINGS = IntakeSettings(today=TODAY)
HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nhóm đối tượng", "Xã/Phường", "SĐT")
HOA = (1, "Nguyễn Thị Hoa", "12/05/1948", "Nữ", "001148000001", "BTXH", "Xã Hạ Bằng", "0912345678")

type Rows = Sequence[Any]


def save(folder: Path, rows: Rows, name: str = "list.xlsx", merges: Sequence[str] = (), title: str = "Sheet1") -> Path:
    """A workbook of one sheet with these rows, from A1."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    fill(sheet, rows, merges)
    path = folder / name
    book.save(path)
    return path


def save_sheets(folder: Path, sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> Path:
    """A workbook with several sheets."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        fill(sheet, rows)
        if title in hidden:
            sheet.sheet_state = "hidden"
    path = folder / "sheets.xlsx"
    book.save(path)
    return path


def fill(sheet: Worksheet, rows: Rows, merges: Sequence[str] = ()) -> None:
    """Write the rows from A1; None leaves a cell empty."""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    for merge in merges:
        sheet.merge_cells(merge)


def read(path: Path, settings: IntakeSettings = SETTINGS) -> list[StagedRow]:
    """All staged rows of a workbook."""
    return list(read_workbook(path, settings))


def people(path: Path) -> list[StagedRow]:
    """The rows that are persons."""
    return [row for row in read(path) if row.kind is RowKind.PERSON]


def read_one(folder: Path, **cells: Any) -> StagedRow:
    """The one person of a list with the usual header; HOA, except for the cells named by their column."""
    names = ("number", "name", "birth", "gender", "citizen_id", "category", "ward", "phone")
    values = dict(zip(names, HOA, strict=True)) | cells
    [row] = people(save(folder, [HEADER, [values[name] for name in names]]))
    return row


def reasons(row: StagedRow) -> str:
    """All reasons of a row in one text."""
    return " | ".join(finding.reason for finding in row.findings)
