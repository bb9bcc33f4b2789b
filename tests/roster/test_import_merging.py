"""The merge into the roster: whole or not at all, and the same content again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from core.database import transaction
from language.codes import is_valid
from roster.importing.errors import RowsInError
from roster.importing.merging import MergeResult, merge
from roster.importing.standing import Differs
from roster.importing.values import DIFFERENCES
from roster.people import phone_index, search
from roster.person import Person
from roster.roster_import import ImportRow
from tests.roster.commune_office import (
    ELSEWHERE,
    HEADER,
    HERE,
    NOW,
    OFFICER,
    add_person,
    add_phone,
    all_rows,
    counts,
    empty_roster,
    merge_import,
    sheet_row,
    stage_file,
)
from tests.roster.intake.books import save

SAMPLE = Path(__file__).parents[1] / "data" / "roster_sample.xlsx"
ROSTER = ("person", "entitlement", "contact_point", "person_contact")

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def clean(database: str) -> None:
    """An empty roster."""
    empty_roster()


def merge_rows(tmp_path: Path, *rows: list[object], name: str = "list.xlsx") -> MergeResult:
    """Stage and merge a file of these rows."""
    return merge_import(stage_file(save(tmp_path, [HEADER, *rows], name)))


def roster() -> list[tuple[object, ...]]:
    """Everything the roster's tables hold."""
    return [row for table in ROSTER for row in all_rows(f"SELECT '{table}', t.* FROM {table} t ORDER BY t::text")]


@contextmanager
def breaks_at_person(owner_url: str, number: int) -> Iterator[None]:
    """The database fails when the `number`-th person goes in."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF (SELECT count(*) FROM person) >= {number} THEN RAISE EXCEPTION 'the disk is full'; END IF; "
            "RETURN NEW; END $$"
        )
        owner.execute("CREATE TRIGGER fail BEFORE INSERT ON person_contact FOR EACH ROW EXECUTE FUNCTION fail()")
        yield
        owner.execute("DROP FUNCTION fail CASCADE")


def test_the_sample_goes_in_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    import_id = stage_file(SAMPLE)
    with pytest.raises(RowsInError) as refused:
        merge_import(import_id)
    assert counts(*ROSTER) == dict.fromkeys(ROSTER, 0)
    first = merge_import(import_id, skip_errors=True)
    assert first.left_out == len(refused.value.rows)
    assert first.added == counts("person")["person"] > 300
    before = roster()

    again = merge_import(stage_file(SAMPLE))
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(SAMPLE.read_bytes() + b"\0")  # other bytes, the same content
    copied = merge_import(stage_file(copy), skip_errors=True)
    assert (copied.added, copied.changed, copied.unchanged) == (0, 0, first.added)
    assert roster() == before


def test_everybody_in_the_sample_is_found_by_code_and_phone() -> None:
    merge_import(stage_file(SAMPLE), skip_errors=True)
    references = [reference for (reference,) in all_rows("SELECT reference FROM person")]
    assert all(is_valid(reference) for reference in references)
    assert len(set(references)) == len(references)
    with transaction() as session:
        assert [person.full_name for person in search(session, "0934972605")] == ["Ngô Thu Yến"]
        stored = session.scalars(select(Person).where(Person.full_name == "Nguyễn Hữu Khánh")).one()
        assert stored.citizen_id == "001046279482"


def test_a_merge_that_breaks_in_the_middle_leaves_nothing(database: str) -> None:
    import_id = stage_file(SAMPLE)
    with breaks_at_person(database, 100), pytest.raises(DBAPIError, match="disk is full"):
        merge_import(import_id, skip_errors=True)
    assert counts(*ROSTER) == dict.fromkeys(ROSTER, 0)
    assert all_rows("SELECT DISTINCT state, added FROM roster_import") == [("staged", None)]
    assert merge_import(import_id, skip_errors=True).added > 300


def test_what_became_a_question_since_staging_refuses_the_merge(tmp_path: Path) -> None:
    rows = [sheet_row("Nguyễn Thị Hoa"), sheet_row("Trần Thị Mận", citizen_id="001148000009")]
    import_id = stage_file(save(tmp_path, [HEADER, *rows]))
    add_person("Lê Kim Oanh", citizen_id="001148000009")
    with transaction() as session, pytest.raises(RowsInError) as refused:
        merge(session, import_id, OFFICER, NOW)  # a caller who goes on and commits has imported nothing
    assert [(row.row, row.fields) for row in refused.value.rows] == [(3, ("citizen_id",))]
    assert all_rows("SELECT full_name FROM person") == [("Lê Kim Oanh",)]
    skipped = merge_import(import_id, skip_errors=True)
    assert (skipped.added, skipped.left_out) == (1, 1)


def test_one_person_in_two_rows_has_two_entitlements(tmp_path: Path) -> None:
    result = merge_rows(
        tmp_path,
        sheet_row("Nguyễn Bích Hoa", citizen_id="001148361153", category="HN", amount=500000),
        sheet_row("NGUYỄN BÍCH HOA", citizen_id="001148361153", category="Thương binh", amount=2055000),
        sheet_row("Nguyễn Bích Hoa", citizen_id="001148361153", category="HN", amount=500000),
    )
    assert (result.added, result.changed, result.unchanged, result.differences) == (1, 0, 0, [])
    assert all_rows("SELECT category, monthly_dong FROM entitlement ORDER BY 1") == [
        ("meritorious", 2_055_000),
        ("poor_household", 500_000),
    ]


def test_marks_tell_people_apart_and_missing_marks_do_not(tmp_path: Path) -> None:
    rows = [sheet_row(name, birth="1948") for name in ("Nguyễn Thị Thúy", "Nguyễn Thị Thủy", "Nguyễn Thị Thuý")]
    assert merge_rows(tmp_path, *rows).added == 2
    unmarked = merge_rows(tmp_path, sheet_row("Le Van Tu", gender="Nam"), name="a.xlsx")
    marked = merge_rows(tmp_path, sheet_row("Lê Văn Tư", gender="Nam"), name="b.xlsx")
    assert (unmarked.added, marked.added) == (1, 0)
    assert [found.difference.field for found in marked.differences] == [Differs.FULL_NAME]


def test_phones_are_linked_with_whose_they_are(tmp_path: Path) -> None:
    merge_rows(
        tmp_path,
        sheet_row("Nguyễn Thị Hoa", phone="0912345678 / 0973701049", relative="con gái", relative_phone="0396047575"),
        sheet_row("Trần Văn Bình", gender="Nam", phone="0396047575"),
        sheet_row("Lê Thị Mai", phone="0912000111", relative="chồng", relative_phone="0912000111"),
    )
    links = "SELECT p.full_name, l.holder, l.relation, l.rank, c.address_index FROM person_contact l " \
            "JOIN person p ON p.id = l.person_id JOIN contact_point c ON c.id = l.contact_id ORDER BY 1, 4"  # fmt: skip
    assert all_rows(links) == [
        ("Lê Thị Mai", "unknown", None, 0, phone_index("0912000111")),
        ("Nguyễn Thị Hoa", "self", None, 0, phone_index("0912345678")),
        ("Nguyễn Thị Hoa", "self", None, 1, phone_index("0973701049")),
        ("Nguyễn Thị Hoa", "relative", "con gái", 2, phone_index("0396047575")),
        ("Trần Văn Bình", "self", None, 0, phone_index("0396047575")),
    ]
    assert counts("contact_point") == {"contact_point": 4}


def test_what_stands_is_filled_up_and_never_overwritten(tmp_path: Path) -> None:
    known = add_person(citizen_id="001148000001", address=None, amounts={"social_protection": None})
    row = sheet_row("Nguyễn Thị Hoa", citizen_id="001148000001", phone="0912345678", paid_by="Bưu điện", ward="Hạ Bằng",
                    category="Hộ nghèo", gender="Nam", address="Số 5")  # fmt: skip
    result = merge_rows(tmp_path, row)
    assert (result.added, result.changed, result.unchanged) == (0, 1, 0)
    differences = [found.difference for found in result.differences]
    assert {(one.field, one.roster, one.file) for one in differences} == {
        (Differs.PAID_BY, "Tiền mặt", "Bưu điện"),
        (Differs.COMMUNE, HERE, ELSEWHERE),
        (Differs.GENDER, "female", "male"),
    }
    with transaction() as session:
        person = session.get_one(Person, known)
        assert (person.address, person.paid_by, person.commune_code) == ("Số 5", "Tiền mặt", HERE)
        assert str(person.birth_date) == "1948-05-12"
        held = {one.category: (one.monthly_dong, one.commune_code) for one in person.entitlements}
    assert held == {"social_protection": (None, HERE), "poor_household": (500_000, HERE)}
    changed = all_rows("SELECT subject, after FROM audit_entry WHERE action = 'fill_from_import' ORDER BY id")
    assert changed[-1][0] == f"person:{known}"
    assert changed[-1][1]["fields"] == ["address", "birth_date"] and changed[-1][1]["phones"] == 1


def test_a_missing_amount_is_filled_and_another_one_is_a_difference(tmp_path: Path) -> None:
    add_person("Nguyễn Thị Hoa", citizen_id="001148000001", amounts={"social_protection": None})
    filled = merge_rows(tmp_path, sheet_row("Nguyễn Thị Hoa", citizen_id="001148000001", amount=500000))
    other = merge_rows(tmp_path, sheet_row("Nguyễn Thị Hoa", citizen_id="001148000001", amount=750000), name="b.xlsx")
    assert (filled.changed, other.changed) == (1, 0)
    assert [(found.difference.roster, found.difference.file) for found in other.differences] == [("500000", "750000")]
    assert all_rows("SELECT monthly_dong FROM entitlement") == [(500_000,)]


def test_a_wrong_number_does_not_come_back_with_the_next_list(tmp_path: Path) -> None:
    known = add_person(citizen_id="001148000001", birth_date=None)
    add_phone(known, "0912345678", unlinked_at=NOW)
    merge_rows(tmp_path, sheet_row("Nguyễn Thị Hoa", citizen_id="001148000001", phone="0912345678"))
    assert all_rows("SELECT count(*) FROM person_contact WHERE unlinked_at IS NULL") == [(0,)]


def test_the_dead_are_never_written_to(tmp_path: Path) -> None:
    living = add_person("Lê Thị Mai", citizen_id="001148000002")
    result = merge_rows(
        tmp_path,
        sheet_row("Trần Văn Bình", gender="Nam", category="Liệt sĩ", phone="0912345678"),
        sheet_row("Lê Thị Mai (đã mất)", citizen_id="001148000002"),
    )
    assert all_rows("SELECT deceased_at IS NOT NULL, paused_at IS NOT NULL FROM person ORDER BY full_name") == [
        (False, True),
        (True, False),
    ]
    assert (living, Differs.DECEASED) in {(found.person_id, found.difference.field) for found in result.differences}


def test_whoever_has_a_guardian_is_known_to_have_one(tmp_path: Path) -> None:
    merge_rows(tmp_path, sheet_row("Lê Thị Mai", relative="người giám hộ", relative_phone="0912345678"))
    assert all_rows("SELECT under_guardianship FROM person") == [(True,)]


def test_differences_stay_with_the_row_for_the_officer(tmp_path: Path) -> None:
    known = add_person(citizen_id="001148000001", birth_date=None)
    result = merge_rows(tmp_path, sheet_row("Nguyễn Thị Hoa", citizen_id="001148000001", paid_by="Bưu điện"))
    assert [(found.row, found.person_id) for found in result.differences] == [(2, known)]
    assert "Bưu điện" not in repr(result)
    with transaction() as session:
        row = session.scalars(select(ImportRow)).one()
        assert row.person_id == known
        assert row.values[DIFFERENCES] == [{"field": "paid_by", "roster": "Tiền mặt", "file": "Bưu điện"}]


def test_the_merge_is_in_the_audit_log_without_names(tmp_path: Path) -> None:
    import_id = stage_file(save(tmp_path, [HEADER, sheet_row("Nguyễn Thị Hoa", phone="0912345678")]))
    merge_import(import_id)
    [(actor, before, after)] = all_rows(
        f"SELECT actor, before, after FROM audit_entry WHERE action = 'merge_import' AND subject LIKE '%{import_id}'"
    )
    assert (actor, before) == (f"staff:{OFFICER}", {"state": "staged"})
    assert after == {
        "state": "merged",
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "left_out": 0,
        "differences": 0,
    }


def test_a_file_longer_than_a_batch_goes_in_once(tmp_path: Path) -> None:
    rows = [sheet_row("Nguyễn Thị Hoa", citizen_id=f"001148{number:06d}") for number in range(1100)]
    first = merge_rows(tmp_path, *rows, rows[0], rows[1099])
    assert (first.added, first.changed, first.unchanged) == (1100, 0, 0)
    assert counts("entitlement") == {"entitlement": 1100}
