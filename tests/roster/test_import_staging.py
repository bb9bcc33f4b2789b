"""Staging a workbook, and what an officer does with its rows before the merge."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from core.database import transaction
from roster.importing.correcting import correct_row, correctable_texts, leave_out
from roster.importing.errors import ImportClosed, ImportNotFound, NotACorrection
from roster.importing.staging import discard, stage
from roster.importing.values import SKIPPED, findings_of, person_of
from roster.intake import Field, IntakeError, Role
from roster.roster_import import ImportRow, ImportState, RosterImport
from tests.roster.commune_office import (
    HEADER,
    NOW,
    OFFICER,
    add_person,
    all_rows,
    counts,
    empty_roster,
    merge_import,
    sheet_row,
    stage_file,
)
from tests.roster.intake.books import save

SAMPLE = Path(__file__).parents[1] / "data" / "roster_sample.xlsx"

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def clean(database: str) -> None:
    """An empty roster."""
    empty_roster()


def rows_of(import_id: UUID) -> dict[int, ImportRow]:
    """The staged rows by sheet row."""
    with transaction() as session:
        return {row.row: row for row in session.scalars(select(ImportRow).where(ImportRow.import_id == import_id))}


def correct(row: ImportRow, **changes: str) -> ImportRow:
    """Correct a row as an officer does."""
    with transaction() as session:
        return correct_row(session, row.id, {Role(name): text for name, text in changes.items()}, OFFICER, NOW)


def test_the_sample_is_staged_whole_and_touches_nobody() -> None:
    rows = rows_of(stage_file(SAMPLE))
    assert len(rows) == 403  # 400 people, two totals, one signature row; the blank row is left away
    assert sum(row.status != SKIPPED for row in rows.values()) == 400
    assert rows[5].status == "error" and rows[6].status == "ok"
    assert counts("person", "contact_point") == {"person": 0, "contact_point": 0}


def test_personal_data_is_staged_encrypted() -> None:
    stage_file(SAMPLE)
    [(stored,)] = all_rows("SELECT values FROM import_row WHERE row = 6")
    assert "Yến".encode() not in bytes(stored)
    assert b"001155104857" not in bytes(stored)


def test_the_same_bytes_are_the_same_import() -> None:
    first = stage_file(SAMPLE)
    correct(rows_of(first)[5], full_name="Nguyễn Thị Mới")
    assert stage_file(SAMPLE) == first
    assert person_of(rows_of(first)[5].values).full_name == "Nguyễn Thị Mới"
    assert counts("roster_import", "import_row") == {"roster_import": 1, "import_row": 403}


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(SAMPLE.read_bytes()[:20_000])
    with transaction() as session, pytest.raises(IntakeError):
        stage(session, broken, "hong.xlsx", b"digest", OFFICER, NOW)
    assert counts("roster_import", "import_row") == {"roster_import": 0, "import_row": 0}


def test_a_discarded_file_may_be_given_in_again(tmp_path: Path) -> None:
    path = save(tmp_path, [HEADER, sheet_row("Nguyễn Thị Hoa")])
    first = stage_file(path)
    with transaction() as session:
        discard(session, first, OFFICER, NOW)
    assert counts("import_row") == {"import_row": 0}
    with pytest.raises(ImportClosed), transaction() as session:
        discard(session, first, OFFICER, NOW)
    again = stage_file(path)
    with transaction() as session:
        assert session.get_one(RosterImport, again).state is ImportState.STAGED
    assert len(rows_of(again)) == 1


def test_people_known_already_are_recognised(tmp_path: Path) -> None:
    by_number = add_person("Nguyễn Thị Hoa", citizen_id="001148000001")
    by_name = add_person("Trần Văn Bình", citizen_id=None, birth_year=1950)
    rows = [
        sheet_row("NGUYEN THI HOA", citizen_id="001148000001", birth="12/05/1948"),
        sheet_row("Trần Văn Bình", gender="Nam", birth="1950"),
        sheet_row("Trần Văn Bình", gender="Nam", birth="1951"),
        sheet_row("Trần Văn Bính", gender="Nam", birth="1950"),
        sheet_row("Trần Văn Bình", gender="Nam", birth="1950", ward="Xã Hạ Bằng"),
    ]
    staged = rows_of(stage_file(save(tmp_path, [HEADER, *rows])))
    assert [staged[number].person_id for number in range(2, 7)] == [by_number, by_name, None, None, None]


def test_a_number_under_another_name_is_a_question(tmp_path: Path) -> None:
    add_person("Nguyễn Thị Hoa", citizen_id="001148000001")
    path = save(tmp_path, [HEADER, sheet_row("Lê Kim Oanh", citizen_id="001148000001", birth="1948")])
    row = rows_of(stage_file(path))[2]
    assert row.status == "error"
    assert [finding.field for finding in findings_of(row.values) if "một bên ghi sai số" in finding.reason] == [
        Field.CITIZEN_ID
    ]


def test_two_of_one_name_and_year_are_a_question(tmp_path: Path) -> None:
    for _ in range(2):
        add_person("Nguyễn Thị Hoa")
    row = rows_of(stage_file(save(tmp_path, [HEADER, sheet_row("Nguyễn Thị Hoa", birth="1948")])))[2]
    assert row.status == "error"
    assert "xin ghi số CCCD" in findings_of(row.values)[-1].reason


def test_a_correction_is_read_by_the_same_rules(tmp_path: Path) -> None:
    path = save(tmp_path, [HEADER, sheet_row("Nguyễn Thị Hoa", category="gì đó", phone="0912345", ward="Bồ Đề")])
    import_id = stage_file(path)
    wrong = rows_of(import_id)[2]
    assert (wrong.status, set(wrong.values["errors"])) == ("error", {"category", "phones"})
    still = correct(wrong, category="hộ nghèo", phones="09123")
    assert (still.status, still.values["errors"]) == ("error", ["phones"])
    right = correct(still, phones="0912 345 678")
    person = person_of(right.values)
    assert (person.category, person.phones, person.ward) == (
        "poor_household",
        ("0912345678",),
        "Phường Bồ Đề",
    )
    assert person.birth_date is not None and person.monthly_dong == 500_000 and person.paid_by == "Tiền mặt"
    assert right.status in ("ok", "warning") and right.values["raw"]["category"] == "gì đó"
    assert merge_import(import_id).added == 1


def test_a_commune_is_chosen_from_the_candidates(tmp_path: Path) -> None:
    row = rows_of(stage_file(save(tmp_path, [HEADER, sheet_row("Nguyễn Thị Hoa", ward="Phường Không Có")])))[2]
    assert (row.status, row.commune_code) == ("error", None)
    right = correct(row, ward="Phường Láng")
    assert right.commune_code == all_rows("SELECT code FROM commune WHERE name = 'Phường Láng'")[0][0]


def test_the_form_begins_with_what_was_read() -> None:
    rows = rows_of(stage_file(SAMPLE))
    texts = correctable_texts(rows[6], NOW)
    assert (texts[Role.FULL_NAME], texts[Role.BIRTH], texts[Role.WARD]) == (
        "Ngô Thu Yến",
        "21/09/1955",
        "Phường Bồ Đề",
    )
    in_error = next(row for row in rows.values() if row.values["errors"] == ["ward"])
    assert correctable_texts(in_error, NOW)[Role.WARD] == in_error.values["raw"]["ward"]


def test_reading_a_row_again_without_changes_finds_the_same_errors() -> None:
    for row in [row for row in rows_of(stage_file(SAMPLE)).values() if row.status == "error"][:25]:
        assert set(correct(row).values["errors"]) == set(row.values["errors"]), row.row


def test_what_is_no_person_is_not_corrected() -> None:
    rows = rows_of(stage_file(SAMPLE))
    total = next(row for row in rows.values() if row.status == SKIPPED)
    with pytest.raises(NotACorrection):
        correct(total, full_name="Nguyễn Thị Hoa")
    with pytest.raises(NotACorrection):
        correct(rows[6], stt="5")


def test_a_row_is_left_out_and_taken_in_again(tmp_path: Path) -> None:
    import_id = stage_file(save(tmp_path, [HEADER, sheet_row("Nguyễn Thị Hoa"), sheet_row("Lê Thị Mai")]))
    row = rows_of(import_id)[2]
    with transaction() as session:
        leave_out(session, row.id, OFFICER, NOW)
    assert rows_of(import_id)[2].left_out
    with transaction() as session:
        leave_out(session, row.id, OFFICER, NOW, left_out=False)
        leave_out(session, rows_of(import_id)[3].id, OFFICER, NOW)
    result = merge_import(import_id)
    assert (result.added, result.left_out) == (1, 1)
    assert all_rows("SELECT full_name FROM person") == [("Nguyễn Thị Hoa",)]


def test_a_merged_import_is_closed(tmp_path: Path) -> None:
    import_id = stage_file(save(tmp_path, [HEADER, sheet_row("Nguyễn Thị Hoa")]))
    row = rows_of(import_id)[2]
    merge_import(import_id)
    with pytest.raises(ImportClosed):
        correct(row, full_name="Lê Thị Mai")
    with pytest.raises(ImportNotFound), transaction() as session:
        leave_out(session, row.id + 1000, OFFICER, NOW)
