"""Citizens' numbers: zeros that Excel dropped come back, mistyped numbers do not pass."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roster.intake import Field, Gender, Severity
from roster.intake.identity import choose_identity, read_identity
from tests.roster.intake.books import HEADER, HOA, TODAY, people, read_one, reasons, save


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("001150408744", "001150408744"),
        (1150408744, "001150408744"),
        (1150408744.0, "001150408744"),
        ("001150408744.0", "001150408744"),
        ("1.150408744E9", "001150408744"),
        ("1,150408744E+09", "001150408744"),
        (36149012345, "036149012345"),
        ("001 150 408 744", "001150408744"),
        ("001.150.408.744", "001150408744"),
        ("001-150-408-744", "001150408744"),
        ("CCCD: 001150408744", "001150408744"),
        ("001150408744 (cấp 2021)", "001150408744"),
        ("012345678 / 001150408744", "001150408744"),
        ("001150408744/001150408744", "001150408744"),
    ],
)
def test_numbers_found_without_a_remark(cell: Any, number: str) -> None:
    read = read_identity(cell, TODAY)
    assert (read.number, read.findings) == (number, ())


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("123456789", "123456789"),
        (123456789, "123456789"),
        (12345678, "012345678"),
        ("OO1150408744", "001150408744"),
        ("1150408744", "001150408744"),
    ],
)
def test_numbers_taken_with_a_warning(cell: Any, number: str) -> None:
    read = read_identity(cell, TODAY)
    assert read.number == number
    assert [f.severity for f in read.findings] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("00115040874", "11 chữ số"),
        ("0011504087444", "13 chữ số"),
        ("12345678", "8 chữ số"),
        ("1.15E+09", "làm tròn"),
        ("B1234567", "Không đọc được"),
        ("001150408744/001150408745", "nhiều số"),
        ("013150408744", "mã tỉnh 013"),
        ("001950408744", "2350"),
    ],
)
def test_numbers_refused(cell: Any, reason: str) -> None:
    read = read_identity(cell, TODAY)
    assert read.number is None
    [finding] = read.findings
    assert finding.severity is Severity.ERROR and reason in finding.reason


@pytest.mark.parametrize("cell", [None, "", "chưa có", "0", 0, "không", "GKS"])
def test_a_missing_number_is_a_warning(cell: Any) -> None:
    [finding] = read_identity(cell, TODAY).findings
    assert finding.severity is Severity.WARNING and finding.reason == "Thiếu số CCCD"


def test_text_without_its_zeros_must_fit_the_birth(tmp_path: Path) -> None:
    fitting = read_one(tmp_path, citizen_id="1148000001", birth=1948)
    assert fitting.person is not None and fitting.person.citizen_id == "001148000001"
    assert "thiếu số 0" in reasons(fitting)
    assert read_identity("1150408744", date(2026, 1, 1), birth_year=1948).number is None


def test_a_new_number_is_preferred_to_an_old_one() -> None:
    old, new, none = (read_identity(cell, TODAY) for cell in ("123456789", "001150408744", None))
    assert choose_identity([old, new]).number == "001150408744"
    assert choose_identity([none, old]).number == "123456789"


def test_two_columns_of_numbers(tmp_path: Path) -> None:
    header = (*HEADER[:4], "CMND", "CCCD", *HEADER[5:])
    [row] = people(save(tmp_path, [header, (*HOA[:4], "123456789", 1148000001, *HOA[5:])]))
    assert row.person is not None and row.person.citizen_id == "001148000001" and row.findings == []


def test_a_gender_that_contradicts_the_number_is_kept_with_a_warning(tmp_path: Path) -> None:
    row = read_one(tmp_path, gender="Nam")
    assert row.person is not None and row.person.gender is Gender.MALE
    assert row.errors == [] and "không khớp số CCCD" in reasons(row)


@pytest.mark.parametrize("gender", [None, "x", "N", "?"])
def test_a_gender_is_suggested_by_the_number_and_never_guessed(tmp_path: Path, gender: str | None) -> None:
    row = read_one(tmp_path, gender=gender)
    assert row.person is not None and row.person.gender is None
    [finding] = row.findings
    assert (finding.field, finding.severity, finding.suggestion) == (Field.GENDER, Severity.WARNING, "female")


@pytest.mark.parametrize(
    ("written", "gender"),
    [
        ("Nữ", "female"),
        ("NỮ", "female"),
        ("nu", "female"),
        ("F", "female"),
        ("nam", "male"),
        ("Nam.", "male"),
        ("M", "male"),
    ],
)
def test_genders_as_written(tmp_path: Path, written: str, gender: str) -> None:
    row = read_one(tmp_path, gender=written)
    assert row.person is not None and row.person.gender == gender
