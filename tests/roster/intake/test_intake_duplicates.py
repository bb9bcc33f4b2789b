"""The same person twice in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from roster.intake import Field, Status
from tests.roster.intake.books import HEADER, HOA, people, reasons, save


def _row(**cells: Any) -> list[Any]:
    names = ("number", "name", "birth", "gender", "citizen_id", "category", "ward", "phone")
    return list((dict(zip(names, HOA, strict=True)) | cells).values())


def _pair(folder: Path, first: dict[str, Any], second: dict[str, Any]) -> Any:
    """The second of two rows."""
    return people(save(folder, [HEADER, _row(**first), _row(**second)]))[1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"citizen_id": 1148000001}),
        ({}, {"ward": "Phường Láng", "phone": None}),
        ({}, {"citizen_id": None}),
        ({"citizen_id": None}, {}),
        ({"citizen_id": None}, {"citizen_id": None, "name": "NGUYEN THI HOA"}),
        ({"citizen_id": None}, {"citizen_id": None, "birth": 1948}),
        ({"citizen_id": "00114800001"}, {"citizen_id": "00114800001", "ward": "Phường Láng"}),
        ({"citizen_id": "148000001"}, {"citizen_id": "148000001", "ward": "Phường Láng"}),
        ({"citizen_id": None, "ward": "Láng Hạ, Đống Đa"}, {"citizen_id": None, "ward": "Láng Hạ, Đống Đa"}),
    ],
)
def test_the_same_person(tmp_path: Path, first: dict[str, Any], second: dict[str, Any]) -> None:
    row = _pair(tmp_path, first, second)
    assert row.duplicate_of == 2 and "dòng 2" in reasons(row)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"citizen_id": "001148000002"}),
        ({"citizen_id": None}, {"citizen_id": None, "birth": "13/05/1948"}),
        ({"citizen_id": None}, {"citizen_id": None, "ward": "Phường Láng"}),
        ({"citizen_id": None, "name": "Lê Thị Thúy"}, {"citizen_id": None, "name": "Lê Thị Thủy"}),
        ({"citizen_id": None, "birth": None}, {"citizen_id": None, "birth": None}),
        ({"citizen_id": "00114800001"}, {"citizen_id": "00114800001", "name": "Lê Thị Mai", "ward": "Phường Láng"}),
        ({"citizen_id": None, "name": None}, {"citizen_id": None, "name": None}),
    ],
)
def test_different_people(tmp_path: Path, first: dict[str, Any], second: dict[str, Any]) -> None:
    assert _pair(tmp_path, first, second).duplicate_of is None


def test_two_places_of_the_tone_are_one_name(tmp_path: Path) -> None:
    row = _pair(tmp_path, {"citizen_id": None, "name": "Lê Thị Thúy"}, {"citizen_id": None, "name": "Lê Thị Thuý"})
    assert row.duplicate_of == 2


def test_one_person_under_two_categories_holds_two_entitlements(tmp_path: Path) -> None:
    row = _pair(tmp_path, {}, {"category": "NCC"})
    assert (row.duplicate_of, row.status, row.errors) == (2, Status.WARNING, []) and "hai diện" in reasons(row)


def test_one_number_under_two_names_is_an_error(tmp_path: Path) -> None:
    row = _pair(tmp_path, {}, {"name": "Trần Thị Mai"})
    assert row.duplicate_of == 2 and row.errors == [Field.CITIZEN_ID] and "khác họ tên" in reasons(row)


def test_the_first_row_is_named_however_many_follow(tmp_path: Path) -> None:
    rows = people(save(tmp_path, [HEADER, *([_row()] * 4)]))
    assert [row.duplicate_of for row in rows] == [None, 2, 2, 2]
