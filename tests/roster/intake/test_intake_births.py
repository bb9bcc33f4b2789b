"""Births in every form that lists have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roster.intake import Field, Severity
from roster.intake.birth import BirthReader
from roster.intake.cells import ExcelDate
from tests.roster.intake.books import HEADER, TODAY, people, read_one, reasons, save

READER = BirthReader(TODAY)


@pytest.mark.parametrize(
    ("cell", "year", "day"),
    [
        ("27/01/1950", 1950, date(1950, 1, 27)),
        ("7-1-1950", 1950, date(1950, 1, 7)),
        ("21.09.1955", 1955, date(1955, 9, 21)),
        ("12 / 05 / 1948", 1948, date(1948, 5, 12)),
        ("1948-05-12", 1948, date(1948, 5, 12)),
        ("1948-05-12 00:00:00", 1948, date(1948, 5, 12)),
        ("1/1/1948 12:00:00 AM", 1948, date(1948, 1, 1)),
        ("12 tháng 5 năm 1948", 1948, date(1948, 5, 12)),
        ("Ngày 12 tháng 5 năm 1948", 1948, date(1948, 5, 12)),
        ("12/5/1948 (âm lịch)", 1948, date(1948, 5, 12)),
        ("27011950", 1950, date(1950, 1, 27)),
        (1011950, 1950, date(1950, 1, 1)),
        (19500127, 1950, date(1950, 1, 27)),
        ("1949", 1949, None),
        (1961, 1961, None),
        (1948.0, 1948, None),
        ("1948.0", 1948, None),
        ("1948 (tuổi Tý)", 1948, None),
        ("Sinh năm 1948", 1948, None),
        ("SN: 1948", 1948, None),
        ("khoảng 1948", 1948, None),
        ("1948?", 1948, None),
        ("00/00/1948", 1948, None),
        ("0/0/1948", 1948, None),
        ("--/--/1948", 1948, None),
        ("../../1948", 1948, None),
        ("xx/xx/1948", 1948, None),
        ("00/05/1948", 1948, None),
        ("05/1948", 1948, None),
        ("tháng 5/1948", 1948, None),
        (ExcelDate(date(1946, 7, 7), 16990), 1946, date(1946, 7, 7)),
    ],
)
def test_forms_read_without_a_remark(cell: Any, year: int, day: date | None) -> None:
    read = READER.read(cell)
    assert (read.year, read.day, read.problem, read.remark) == (year, day, None, None)


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("6/7/65", 1965),
        ("48", 1948),
        (48, 1948),
        (16990, 1946),
        ("05/27/1948", 1948),
        (ExcelDate(date(1905, 5, 1), 1948.0), 1948),
        ("1948 - Mậu Tý", 1948),
    ],
)
def test_forms_read_with_a_remark(cell: Any, year: int) -> None:
    read = READER.read(cell)
    assert read.year == year and read.problem is None and read.remark


@pytest.mark.parametrize(
    "cell",
    ["31/02/1950", "29/02/1951", "32/01/1950", "13/1948", "abc", "Mậu Tý", "75 tuổi", "50t", "1950-1952", 1948.5, 7],
)
def test_what_is_no_birth_gives_no_year(cell: Any) -> None:
    read = READER.read(cell)
    assert read.year is None and read.problem


@pytest.mark.parametrize("cell", [None, "?", "không rõ", "...", "-"])
def test_missing_is_no_problem(cell: Any) -> None:
    read = READER.read(cell)
    assert read.missing and read.problem is None


def test_years_that_cannot_be() -> None:
    assert "tương lai" in (READER.read("01/01/2027").problem or "")
    assert "tương lai" in (READER.read(f"{TODAY.day + 1}/{TODAY.month}/{TODAY.year}").problem or "")
    assert "125 tuổi" in (READER.read("1890").problem or "")


def test_two_digits_that_fit_two_centuries_are_asked_about_unless_the_number_tells() -> None:
    assert READER.read("12/5/15").year is None
    assert "1915 hoặc 2015" in (READER.read("12/5/15").problem or "")
    assert READER.read("12/5/15", hint=2015).year == 2015
    assert READER.read("12/5/15", hint=1915).year == 1915
    assert READER.read("12/5/05").year == 2005


def test_a_birth_in_three_columns() -> None:
    assert READER.of_columns("27", 1, 1950).day == date(1950, 1, 27)
    assert READER.of_columns(None, None, "1950").year == 1950
    assert READER.of_columns(0, 0, 1950).year == 1950
    assert READER.of_columns(31, 2, 1950).year is None


def test_an_impossible_date_is_an_error_and_the_number_only_suggests(tmp_path: Path) -> None:
    row = read_one(tmp_path, birth="31/02/1950")
    assert row.person is not None and row.person.birth_year is None
    [finding] = [f for f in row.findings if f.field is Field.BIRTH_YEAR]
    assert finding.severity is Severity.ERROR and finding.suggestion == "1948"


def test_a_birth_that_contradicts_the_number_is_kept_with_a_warning(tmp_path: Path) -> None:
    row = read_one(tmp_path, birth="12/05/1949")
    assert row.person is not None and row.person.birth_year == 1949
    assert row.errors == [] and "không khớp số CCCD" in reasons(row)


def test_a_missing_birth_is_not_taken_from_the_number(tmp_path: Path) -> None:
    row = read_one(tmp_path, birth=None)
    assert row.person is not None and row.person.birth_year is None
    assert row.errors == [] and row.findings[0].suggestion == "1948"


def test_two_columns_of_births_that_differ_are_an_error(tmp_path: Path) -> None:
    header = (*HEADER, "Năm sinh")
    values = (1, "Nguyễn Thị Hoa", "12/05/1948", "Nữ", "001148000001", "BTXH", "Xã Hạ Bằng", "0912345678")
    differing, agreeing = people(save(tmp_path, [header, (*values, 1950), (*values, 1948)]))
    assert differing.errors == [Field.BIRTH_YEAR]
    assert agreeing.person is not None and agreeing.person.birth_date == date(1948, 5, 12)
