"""Cells of real workbooks: dates, formulas, errors, rich text, as other programs than openpyxl write them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from roster.intake import Field, RowReason, Severity
from roster.intake.cells import as_text, clean_text, number_text, unescape
from roster.intake.errors import FormulaWithoutValue
from tests.roster.intake.books import HEADER, HOA, people, read, reasons, save


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Nguyễn \u00a0 Thị  Hoa ", "Nguyễn Thị Hoa"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Ho\u00ada\u200b\ufeff", "Hoa"),
        ("'001150408744", "001150408744"),
        ("０９１２", "0912"),
        (" một\r\n\r\n hai ", "một\nhai"),
        ("Ðặng ðình", "Đặng đình"),
        ("", ""),
    ],
)
def test_texts_are_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_escapes_of_workbooks_are_undone() -> None:
    assert clean_text(unescape("một_x000D_\nhai")) == "một\nhai"


@pytest.mark.parametrize(
    ("cell", "text"), [(1948.0, ("1948", True)), ("1.5E+3", ("1.5E+3", False)), (True, ("", False))]
)
def test_numbers_as_text(cell: Any, text: tuple[str, bool]) -> None:
    assert number_text(cell) == text


def _book(folder: Path, **options: Any) -> tuple[Path, Any, Any]:
    path = folder / "list.xlsx"
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, HOA)
    return path, book, sheet


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_dates_of_both_calendars(tmp_path: Path, epoch_1904: bool) -> None:
    path, book, sheet = _book(tmp_path, date_1904=epoch_1904)
    sheet.write_datetime(1, 2, datetime(1948, 5, 12), book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    [row] = people(path)
    assert row.person is not None and row.person.birth_date == date(1948, 5, 12) and row.findings == []


def test_a_year_typed_into_a_cell_formatted_as_a_date(tmp_path: Path) -> None:
    path, book, sheet = _book(tmp_path)
    sheet.write_number(1, 2, 1948, book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    [row] = people(path)
    assert row.person is not None and (row.person.birth_year, row.person.birth_date) == (1948, None)


def test_formulas_with_values_are_taken_with_a_warning(tmp_path: Path) -> None:
    path, book, sheet = _book(tmp_path)
    sheet.write_formula(1, 0, "=ROW()-1", None, 1)
    sheet.write_formula(1, 1, '=PROPER("x")', None, "Lê Thị Mai")
    sheet.write_formula(1, 7, "=A1", None, 912345678)
    book.close()
    [row] = people(path)
    assert row.person is not None
    assert (row.person.full_name, row.person.phones) == ("Lê Thị Mai", ("0912345678",))
    assert [(f.field, f.severity) for f in row.findings] == [
        (Field.FULL_NAME, Severity.WARNING),
        (Field.PHONES, Severity.WARNING),
    ]
    assert "B2" in reasons(row) and "H2" in reasons(row)


def test_formulas_without_values_are_named(tmp_path: Path) -> None:
    path = save(tmp_path, [HEADER, HOA, (2, "=B2", "=C2", *HOA[3:])], title="Danh sách")
    with pytest.raises(FormulaWithoutValue, match=r"B3, C3.*Danh sách") as raised:
        read(path)
    assert raised.value.cells == ("B3", "C3")


def test_formulas_that_do_no_harm(tmp_path: Path) -> None:
    rows = [
        (*HEADER, "Mức hưởng"),
        ("=ROW()-1", *HOA[1:], 500_000),
        ["Tổng cộng", "=COUNTA(B2:B2)", *[None] * 6, "=SUM(I2:I2)"],
    ]
    person, total = read(save(tmp_path, rows))
    assert person.findings == [] and total.reason is RowReason.TOTAL


def test_cells_that_show_an_error(tmp_path: Path) -> None:
    path, book, sheet = _book(tmp_path)
    sheet.write_formula(1, 4, "=VLOOKUP(1,2,3)", None, "#N/A")
    sheet.write_formula(1, 6, "=VLOOKUP(1,2,3)", None, "#REF!")
    book.close()
    [row] = people(path)
    assert row.errors == [Field.CITIZEN_ID, Field.WARD]


def test_rich_text_is_joined(tmp_path: Path) -> None:
    path, book, sheet = _book(tmp_path)
    sheet.write_rich_string(1, 1, "Lê ", book.add_format({"bold": True}), "Thị", " Huệ")
    book.close()
    [row] = people(path)
    assert row.person is not None and row.person.full_name == "Lê Thị Huệ"


def test_what_the_sheet_shows_is_kept_beside_the_values(tmp_path: Path) -> None:
    path, book, sheet = _book(tmp_path)
    sheet.write_datetime(1, 2, datetime(1948, 5, 12), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_number(1, 4, 1148000001)
    book.close()
    [row] = people(path)
    assert row.raw["birth"] == "12/05/1948" and row.raw["citizen_id"] == "1148000001"
    assert "deceased" not in row.raw and as_text(True) == "TRUE"


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (500_000, 500_000),
        ("500.000", 500_000),
        ("1.000.000đ", 1_000_000),
        ("1,624,000 đồng", 1_624_000),
        ("750000 VNĐ", 750_000),
        ("1,5 triệu", 1_500_000),
        ("500.000,00", 500_000),
        ("500.000đ/tháng", 500_000),
    ],
)
def test_amounts(tmp_path: Path, written: Any, amount: int) -> None:
    [row] = people(save(tmp_path, [(*HEADER, "Mức hưởng (đồng)"), (*HOA, written)]))
    assert row.person is not None and row.person.monthly_dong == amount and row.findings == []


def test_an_amount_that_is_none_is_a_warning(tmp_path: Path) -> None:
    [row] = people(save(tmp_path, [(*HEADER, "Mức hưởng"), (*HOA, "nửa triệu")]))
    assert row.person is not None and row.person.monthly_dong is None
    assert [(f.field, f.severity) for f in row.findings] == [(Field.AMOUNT, Severity.WARNING)]
