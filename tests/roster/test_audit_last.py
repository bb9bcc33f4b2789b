"""The audit log's lock is the last that a transaction takes: whoever holds it waits for nobody's row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from core import audit
from core.database import transaction
from roster.person import Person
from tests.roster.commune_office import (
    HEADER,
    NOW,
    add_person,
    all_rows,
    empty_roster,
    merge_import,
    sheet_row,
    stage_file,
)
from tests.roster.intake.books import save

_TABLES = ("person", "entitlement", "person_contact", "contact_point", "import_row", "roster_import")

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def clean(database: str) -> None:
    """An empty roster."""
    empty_roster()


@contextmanager
def no_row_after_the_audit_lock(owner_url: str) -> Iterator[None]:
    """The database refuses to touch a row of the roster in a transaction that holds the audit log's lock."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(
            "CREATE FUNCTION too_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND "
            "objid::bigint = (hashtext('audit_entry')::bigint & 4294967295)) "
            "THEN RAISE EXCEPTION 'the audit lock is held while % is written', TG_TABLE_NAME; END IF; "
            "RETURN NEW; END $$"
        )
        for table in _TABLES:
            owner.execute(
                f"CREATE TRIGGER too_late BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION too_late()"
            )
        try:
            yield
        finally:
            owner.execute("DROP FUNCTION too_late CASCADE")


def test_a_merge_writes_its_audit_entries_last(tmp_path: Path, database: str) -> None:
    for number in (1, 2):
        add_person(citizen_id=f"00114800000{number}", birth_date=None, amounts={"other": None})
    rows = [sheet_row("Nguyễn Thị Hoa", citizen_id=f"00114800000{n}", phone=f"091234567{n}") for n in (1, 2, 3)]
    import_id = stage_file(save(tmp_path, [HEADER, *rows]))
    before = all_rows("SELECT count(*) FROM audit_entry")[0][0]
    with no_row_after_the_audit_lock(database):
        assert merge_import(import_id).changed == 2
    actions = [action for (action,) in all_rows("SELECT action FROM audit_entry ORDER BY id")[before:]]
    assert actions == ["fill_from_import", "fill_from_import", "merge_import"]


def test_what_was_changed_before_is_written_before_its_entry(database: str) -> None:
    person_id = add_person()
    with no_row_after_the_audit_lock(database), transaction() as session:
        session.get_one(Person, person_id).paused_at = NOW
        audit.record(session, NOW, audit.SYSTEM, "pause_after_death_report", f"person:{person_id}")
    assert all_rows("SELECT paused_at IS NOT NULL FROM person") == [(True,)]
