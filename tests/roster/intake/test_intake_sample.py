"""The sample workbook of invented people: what a careful officer would say of each row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from roster.intake import RowKind, RowReason, StagedRow
from tests.roster.intake.books import read

SAMPLE = Path(__file__).parents[2] / "data" / "roster_sample.xlsx"


@pytest.fixture(scope="module")
def rows() -> dict[int, StagedRow]:
    """The staged rows by sheet row."""
    return {row.row: row for row in read(SAMPLE)}


@pytest.fixture(scope="module")
def cells() -> dict[int, list[object]]:
    """The sheet's own cells by sheet row, read by openpyxl."""
    sheet = load_workbook(SAMPLE).worksheets[0]
    return {row[0].row: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5) if row[0].row}


def test_every_row_is_reported_once(rows: dict[int, StagedRow]) -> None:
    assert list(rows) == list(range(5, 409))
    others = {number: row.reason for number, row in rows.items() if row.kind is not RowKind.PERSON}
    assert others == {
        137: RowReason.TOTAL,
        271: RowReason.TOTAL,
        407: RowReason.BLANK,
        408: RowReason.SIGNATURE,
    }


def test_the_errors_are_those_that_were_planted(rows: dict[int, StagedRow], cells: dict[int, list[object]]) -> None:
    expected: dict[int, set[str]] = {}
    for number, row in cells.items():
        if rows[number].kind is not RowKind.PERSON:
            continue
        citizen, phone = row[4], str(row[8] or "")
        expected[number] = {
            field
            for field, wrong in {
                "full_name": row[1] is None,
                "birth_year": row[2] == "31/02/1950",
                "citizen_id": isinstance(citizen, str) and len(citizen) == 11,
                "category": row[5] == "???",
                "ward": row[7] in ("Phường Không Có Thật", "Láng Hạ, Đống Đa", "Kim Mã, Ba Đình", "Vân Canh, Hoài Đức",
                                   "Minh Quang, Ba Vì", "Thành Công, Ba Đình"),
                "phones": len(phone) == 8,
            }.items()
            if wrong
        }  # fmt: skip
    assert {n: set(map(str, rows[n].errors)) for n in expected} == expected


def test_numbers_that_excel_shortened_are_whole_again(
    rows: dict[int, StagedRow], cells: dict[int, list[object]]
) -> None:
    shortened = [n for n, row in cells.items() if isinstance(row[4], int)]
    assert len(shortened) == 47
    for number in shortened:
        person = rows[number].person
        assert person is not None and person.citizen_id == f"00{cells[number][4]}"
    phones = [n for n, row in cells.items() if isinstance(row[8], int)]
    assert len(phones) == 42
    for number in phones:
        person = rows[number].person
        assert person is not None and person.phones == (f"0{cells[number][8]}",)


def test_duplicates(rows: dict[int, StagedRow]) -> None:
    assert {n: row.duplicate_of for n, row in rows.items() if row.duplicate_of} == {
        14: 9, 47: 30, 89: 56, 225: 180, 235: 13, 259: 44, 286: 68, 296: 252, 323: 19, 329: 186,
    }  # fmt: skip


def test_counts(rows: dict[int, StagedRow]) -> None:
    people = [row.person for row in rows.values() if row.person]
    assert len(people) == 400
    assert all(person.monthly_dong for person in people)
    assert Counter(person.category for person in people)[None] == 12
    assert Counter(person.gender for person in people)[None] == 30
    assert sum(len(person.phones) == 2 for person in people) == 22


def test_old_communes(rows: dict[int, StagedRow], cells: dict[int, list[object]]) -> None:
    by_text = {str(cells[n][7]): row.person for n, row in rows.items() if row.person}
    assert {text: (p.ward, p.candidates) for text, p in by_text.items() if "," in text} == {
        "Láng Hạ, Đống Đa": (None, ("Phường Giảng Võ", "Phường Láng", "Phường Đống Đa")),
        "Kim Mã, Ba Đình": (None, ("Phường Ba Đình", "Phường Ngọc Hà", "Phường Giảng Võ")),
        "Vân Canh, Hoài Đức": (None, ("Phường Xuân Phương", "Xã Sơn Đồng")),
        "Minh Quang, Ba Vì": (None, ("Xã Bất Bạt", "Xã Ba Vì")),
        "Thành Công, Ba Đình": (None, ("Phường Giảng Võ", "Phường Ô Chợ Dừa")),
        "Phú Diễn, Bắc Từ Liêm": ("Phường Phú Diễn", ()),
        "Tản Lĩnh, Ba Vì": ("Xã Suối Hai", ()),
    }
