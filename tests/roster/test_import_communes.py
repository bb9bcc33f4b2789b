"""An office's import stays within its communes: nobody else's people are read, named or written."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.database import transaction
from roster.importing.correcting import correct_row
from roster.importing.errors import RowsInError
from roster.importing.values import findings_of
from roster.intake import Role, Severity
from roster.roster_import import ImportRow
from tests.roster.commune_office import (
    ELSEWHERE,
    HEADER,
    HERE,
    NOW,
    OFFICER,
    add_person,
    all_rows,
    empty_roster,
    merge_import,
    sheet_row,
    stage_file,
)
from tests.roster.intake.books import save

NUMBER = "001148000001"
NEUTRAL = "Người này thuộc xã, phường khác; nhờ cán bộ quản lý chung xử lý"
OURS = [HERE]

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def clean(database: str) -> None:
    """An empty roster."""
    empty_roster()


@pytest.fixture
def stranger() -> UUID:
    """A woman of the other commune."""
    return add_person("Nguyễn Thị Hoa", ELSEWHERE, citizen_id=NUMBER, birth_date=None, gender=None)


def staged(tmp_path: Path, *rows: list[Any], communes: list[str] | None = OURS) -> UUID:
    """A file of these rows, staged by an office of these communes."""
    return stage_file(save(tmp_path, [HEADER, *rows]), communes)


def row_of(import_id: UUID) -> ImportRow:
    """The one staged row."""
    with transaction() as session:
        return session.scalars(select(ImportRow).where(ImportRow.import_id == import_id)).one()


def errors(row: ImportRow) -> list[str]:
    """What the officer reads as wrong with the row."""
    return [one.reason for one in findings_of(row.values) if one.severity is Severity.ERROR]


def correct(row: ImportRow, communes: list[str] | None, **changes: str) -> ImportRow:
    """Correct a row as an officer of these communes does."""
    changed = {Role(name): text for name, text in changes.items()}
    with transaction() as session:
        return correct_row(session, row.id, changed, OFFICER, NOW, communes)


@pytest.mark.parametrize("name", ["Nguyễn Thị Hoa", "Trần Văn Bình"], ids=["the same name", "another name"])
def test_anothers_number_says_one_thing_only(tmp_path: Path, stranger: UUID, name: str) -> None:
    row = row_of(staged(tmp_path, sheet_row(name, citizen_id=NUMBER, phone="0912345678")))
    assert (errors(row), row.status, row.person_id) == ([NEUTRAL], "error", None)


@pytest.mark.parametrize("on_the_roster", [True, False])
def test_a_row_of_another_commune_is_left_out_and_asks_nothing(tmp_path: Path, on_the_roster: bool) -> None:
    if on_the_roster:
        add_person("Nguyễn Thị Hoa", ELSEWHERE, citizen_id=None)
    row = row_of(staged(tmp_path, sheet_row("Nguyễn Thị Hoa", ward="Xã Hạ Bằng")))
    assert (errors(row), row.left_out, row.person_id) == ([NEUTRAL], True, None)


def test_left_out_rows_are_one_entry_in_the_audit_log(tmp_path: Path) -> None:
    before = all_rows("SELECT count(*) FROM audit_entry")[0][0]
    foreign = [sheet_row(f"Lê Thị {name}", ward="Xã Hạ Bằng") for name in ("Mai", "Lan", "Cúc")]
    import_id = staged(tmp_path, sheet_row("Nguyễn Thị Hoa"), *foreign)
    entries = all_rows("SELECT action, subject, after FROM audit_entry ORDER BY id")[before:]
    assert entries == [
        ("stage_import", f"roster_import:{import_id}", {"state": "staged", "rows": 4, "left_out": 3}),
    ]
    assert all_rows("SELECT count(*) FROM import_row WHERE left_out") == [(3,)]


def test_a_correction_cannot_reach_across_either(tmp_path: Path, stranger: UUID) -> None:
    row = row_of(staged(tmp_path, sheet_row("Nguyễn Thị Hoa")))
    assert errors(correct(row, OURS, citizen_id=NUMBER)) == [NEUTRAL]
    assert errors(correct(row, OURS, citizen_id="", ward="Xã Hạ Bằng")) == [NEUTRAL]
    assert errors(correct(row, OURS, ward="Phường Bồ Đề")) == []
    settled = correct(row, None, citizen_id=NUMBER)
    assert (errors(settled), settled.person_id) == ([], stranger), "who serves all communes settles it"


@pytest.mark.parametrize(
    "cells", [{"citizen_id": NUMBER}, {"ward": "Xã Hạ Bằng"}], ids=["their number", "their commune"]
)
def test_the_merge_itself_keeps_to_the_communes(tmp_path: Path, stranger: UUID, cells: dict[str, str]) -> None:
    """Staged by somebody who serves all, or before the person moved: the merge asks again."""
    values = {"phone": "0912345678", "paid_by": "Bưu điện", **cells}
    import_id = staged(tmp_path, sheet_row("Nguyễn Thị Hoa (đã mất)", **values), communes=None)
    before = all_rows("SELECT * FROM person")
    with pytest.raises(RowsInError):
        merge_import(import_id, communes=OURS)
    result = merge_import(import_id, communes=OURS, skip_errors=True)
    assert (result.added, result.changed, result.differences, result.left_out) == (0, 0, [], 1)
    assert all_rows("SELECT * FROM person") == before
    assert all_rows("SELECT count(*) FROM person_contact") == [(0,)]
    assert "differences" not in row_of(import_id).values


def test_the_own_people_are_met_as_ever(tmp_path: Path) -> None:
    known = add_person("Nguyễn Thị Hoa", citizen_id=NUMBER, birth_date=None)
    import_id = staged(tmp_path, sheet_row("Nguyễn Thị Hoa", citizen_id=NUMBER), sheet_row("Lê Thị Mai"))
    result = merge_import(import_id, communes=OURS)
    assert (result.added, result.changed) == (1, 1)
    assert all_rows(f"SELECT birth_date IS NOT NULL FROM person WHERE id = '{known}'") == [(True,)]
