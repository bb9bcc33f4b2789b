"""Phones in a cell: one, several, with words between, with zeros lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from roster.intake import Field, Status
from roster.intake.phones import read_phones
from tests.roster.intake.books import HEADER, HOA, people, read_one, reasons, save

ONE = ("0912345678",)
TWO = ("0912345678", "0987654321")


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        (912345678, ONE),
        (912345678.0, ONE),
        ("912345678", ONE),
        ("912345678.0", ONE),
        (84912345678, ONE),
        ("+84 912 345 678", ONE),
        ("(+84)912345678", ONE),
        ("84 912345678", ONE),
        ("0084912345678", ONE),
        ("0912.345.678", ONE),
        ("912.345.678", ONE),
        ("0912-345-678", ONE),
        ("Lan: 0912345678", ONE),
        ("0912345678 (con gái)", ONE),
        ("zalo 0912345678", ONE),
        ("0912345678, 0912345678", ONE),
        ("0912345678 / 0987654321", TWO),
        ("0912345678/0987654321", TWO),
        ("0912345678; 0987654321", TWO),
        ("0912345678\n0987654321", TWO),
        ("0912345678 0987654321", TWO),
        ("0912 345 678 - 0987 654 321", TWO),
        ("0912 345 678 hoặc 0987654321", TWO),
        ("01688123456", ("0388123456",)),
        (1688123456, ("0388123456",)),
        ("024.38251234", ("02438251234",)),
        ("04 38251234", ("02438251234",)),
        (2438251234, ("02438251234",)),
    ],
)
def test_numbers_are_found(cell: Any, phones: tuple[str, ...]) -> None:
    read = read_phones(cell)
    assert (read.phones, read.unread) == (phones, ())


@pytest.mark.parametrize("cell", [None, "-", "không có", "0", 0, "K", "chưa có"])
def test_no_phone_is_no_finding(cell: Any) -> None:
    assert read_phones(cell) == read_phones(None)


@pytest.mark.parametrize("cell", ["09123456", 9123456, "38251234", "091234567x", "19001234", "abc"])
def test_what_is_no_phone_is_kept_for_the_officer(cell: Any) -> None:
    read = read_phones(cell)
    assert read.phones == () and read.unread


def test_a_bad_number_alone_is_an_error_and_beside_a_good_one_a_warning(tmp_path: Path) -> None:
    assert read_one(tmp_path, phone="09123456").errors == [Field.PHONES]
    beside = read_one(tmp_path, phone="0912345678 / 09123456")
    assert beside.person is not None and beside.person.phones == ONE
    assert beside.status is Status.WARNING and "09123456" in reasons(beside)


def test_a_missing_phone_is_no_finding(tmp_path: Path) -> None:
    assert read_one(tmp_path, phone=None).findings == []


def test_the_relatives_phone_is_not_the_persons(tmp_path: Path) -> None:
    header = (*HEADER, "Người thân", "SĐT người thân")
    [row] = people(save(tmp_path, [header, (*HOA[:7], None, "con gái", 387654321)]))
    assert row.person is not None
    assert row.person.phones == () and row.person.relative_phones == ("0387654321",)
    assert row.person.relation == "con gái" and row.findings == []


def test_one_phone_may_serve_many(tmp_path: Path) -> None:
    second = (2, "Lê Văn Tám", 1950, "Nam", "001050000002", "HN", "Xã Hạ Bằng", "0912345678")
    first, other = people(save(tmp_path, [HEADER, HOA, second]))
    assert first.person is not None and other.person is not None
    assert first.person.phones == other.person.phones == ONE
    assert first.findings == other.findings == []
