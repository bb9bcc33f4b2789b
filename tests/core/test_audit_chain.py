"""The audit log: nobody changes or deletes what stands in it, and whoever goes around that is found out."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from psycopg.errors import InsufficientPrivilege, RaiseException
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import audit_chain
from core.audit import SYSTEM, record
from core.audit_notes import notes_in
from core.clock import now
from core.database import Role, role_url, transaction
from loa.cli import main

CHANGES = (
    "UPDATE audit_entry SET reason = 'khác'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
)


def write(session: Session, number: int) -> None:
    record(
        session,
        now(),
        SYSTEM,
        "verify_claim",
        f"claim:{number}",
        commune_code="00118" if number % 2 else None,
        before={"state": "declared", "số": number},
        after={"state": "verified"},
        reason=f"lần {number}",
    )


@pytest.fixture
def entries(database: str) -> list[int]:
    """The ids of six entries, the only ones there are."""
    with psycopg.connect(database, autocommit=True) as owner:
        around_the_rules(owner, "TRUNCATE audit_entry")
    for number in range(6):
        with transaction() as session:
            write(session, number)
    return ids()


def ids() -> list[int]:
    with transaction() as session:
        return list(session.scalars(text("SELECT id FROM audit_entry ORDER BY id")))


def first_broken() -> int | None:
    with transaction() as session:
        return audit_chain.verify(session)


def around_the_rules(owner: psycopg.Connection, statement: str) -> None:
    """What somebody with the database's own superuser can do: switch the triggers off."""
    owner.execute("SET session_replication_role = replica")
    owner.execute(statement.encode())


@pytest.fixture
def intruder(database: str, entries: list[int]) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True) as owner:
        yield owner


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("statement", CHANGES)
def test_no_role_may_change_it(entries: list[int], role: Role, statement: str) -> None:
    url = role_url(role).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.replace("audit_entry", "public.audit_entry").encode())
    assert ids() == entries


@pytest.mark.parametrize("statement", CHANGES)
def test_not_even_the_owner_changes_it_by_accident(database: str, entries: list[int], statement: str) -> None:
    with psycopg.connect(database) as owner, pytest.raises(RaiseException, match="append-only"):
        owner.execute(statement.encode())


def test_a_writer_cannot_choose_its_place_or_its_hash(entries: list[int]) -> None:
    url = role_url(Role.WORKER).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as worker:
        worker.execute(
            "INSERT INTO audit_entry (id, at, actor, action, subject, before, after, reason, previous_hash, hash) "
            "OVERRIDING SYSTEM VALUE VALUES (1, now(), 'a', 'b', 'c', '{}', '{}', '', 'x', 'y')"
        )
    assert ids()[:-1] == entries
    assert first_broken() is None


def test_what_was_written_is_whole(entries: list[int]) -> None:
    assert first_broken() is None


def test_a_transaction_taken_back_leaves_the_chain_whole(entries: list[int]) -> None:
    with pytest.raises(RuntimeError), transaction() as session:
        write(session, 7)
        session.flush()
        raise RuntimeError
    with transaction() as session:
        write(session, 8)
    assert len(ids()) == len(entries) + 1
    assert first_broken() is None


def test_many_writers_at_once_make_one_chain(entries: list[int]) -> None:
    def write_three(start: int) -> None:
        with transaction() as session:
            for number in range(start, start + 3):
                write(session, number)
                session.flush()

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write_three, range(100, 160, 10)))
    assert len(ids()) == len(entries) + 18
    assert first_broken() is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entry SET actor = 'staff:99' WHERE id = {2}", 2),
        ("UPDATE audit_entry SET at = at + interval '1 second' WHERE id = {2}", 2),
        ("UPDATE audit_entry SET action = 'approve_claim' WHERE id = {0}", 0),
        ("UPDATE audit_entry SET subject = 'claim:9' WHERE id = {5}", 5),
        ("UPDATE audit_entry SET commune_code = NULL WHERE id = {3}", 3),
        ("UPDATE audit_entry SET before = '{{}}' WHERE id = {4}", 4),
        ('UPDATE audit_entry SET after = \'{{"state": "approved"}}\' WHERE id = {1}', 1),
        ("UPDATE audit_entry SET reason = '' WHERE id = {2}", 2),
        ("DELETE FROM audit_entry WHERE id = {2}", 3),
        ("DELETE FROM audit_entry WHERE id = {0}", 1),
        ("UPDATE audit_entry SET previous_hash = '' WHERE id = {3}", 3),
        # Changed, and its own hash made to fit: the next entry gives it away.
        (
            "UPDATE audit_entry SET reason = 'khác' WHERE id = {2};"
            "UPDATE audit_entry entry SET hash = audit_hash(entry) WHERE id = {2}",
            3,
        ),
        # Put in before all others, with hashes that fit: the next one does not follow it.
        (
            "INSERT INTO audit_entry SELECT ({0} - 1), at, actor, action, subject, commune_code, before, after, reason,"
            "'', '' FROM audit_entry WHERE id = {0};"
            "UPDATE audit_entry entry SET hash = audit_hash(entry) WHERE id = {0} - 1",
            0,
        ),
        # Put in behind all others, with an invented hash.
        (
            "INSERT INTO audit_entry SELECT ({5} + 1), at, actor, action, subject, commune_code, before, after, reason,"
            "hash, sha256('invented') FROM audit_entry WHERE id = {5}",
            6,
        ),
        # Two exchanged.
        (
            "UPDATE audit_entry SET id = -1 WHERE id = {2}; UPDATE audit_entry SET id = {2} WHERE id = {3};"
            "UPDATE audit_entry SET id = {3} WHERE id = -1",
            2,
        ),
    ],
)
def test_a_chain_broken_on_purpose_is_found(
    intruder: psycopg.Connection, entries: list[int], statement: str, broken: int
) -> None:
    around_the_rules(intruder, statement.format(*entries))
    assert first_broken() == [*entries, entries[-1] + 1][broken]


def test_a_log_that_was_cut_off_misses_the_hash_that_was_noted(
    intruder: psycopg.Connection, entries: list[int]
) -> None:
    with transaction() as session:
        noted = audit_chain.head(session)
        assert audit_chain.holds(session, noted.hash)
    assert noted.entries == 6
    around_the_rules(intruder, f"DELETE FROM audit_entry WHERE id = {entries[-1]}")
    with transaction() as session:
        assert audit_chain.verify(session) is None
        assert not audit_chain.holds(session, noted.hash)


def test_an_entry_put_in_between_two_is_found(intruder: psycopg.Connection, entries: list[int]) -> None:
    before, after = entries[2:4]
    assert after > before + 1, "the database leaves numbers out, so there is room"
    around_the_rules(
        intruder,
        f"INSERT INTO audit_entry SELECT {before + 1}, at, actor, action, 'claim:99', commune_code, before, after,"
        f"reason, hash, '' FROM audit_entry WHERE id = {before};"
        f"UPDATE audit_entry entry SET hash = audit_hash(entry) WHERE id = {before + 1}",
    )
    assert first_broken() == after


REWRITTEN = """
    UPDATE audit_entry SET reason = 'khác' WHERE id = {0};
    DO $$ DECLARE one audit_entry; last bytea := ''; BEGIN
        FOR one IN SELECT * FROM audit_entry ORDER BY id LOOP
            one.previous_hash := last;
            last := audit_hash(one);
            UPDATE audit_entry SET previous_hash = one.previous_hash, hash = last WHERE id = one.id;
        END LOOP;
    END $$"""


@pytest.mark.parametrize("change", ["DELETE FROM audit_entry WHERE id = {5}", REWRITTEN], ids=["cut off", "rewritten"])
def test_a_chain_made_whole_again_differs_from_what_was_noted_outside(
    intruder: psycopg.Connection, entries: list[int], tmp_path: Path, change: str
) -> None:
    notes = tmp_path / "notes"
    for number in range(2):
        assert CliRunner().invoke(main, ["audit", "note", str(notes)]).exit_code == 0
        with transaction() as session:
            write(session, 10 + number)
    whole = CliRunner().invoke(main, ["audit", "verify", "--notes", str(notes)])
    assert whole.exit_code == 0 and "Khớp với các mã" in whole.output
    around_the_rules(intruder, f"DELETE FROM audit_entry WHERE id > {entries[-1]}")
    around_the_rules(intruder, change.format(*entries))
    assert first_broken() is None
    found = CliRunner().invoke(main, ["audit", "verify", "--notes", str(notes)])
    assert found.exit_code == 1 and f"dòng {entries[-1]}" in found.output


def test_notes_grow_by_one_line_an_end(entries: list[int], tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for _ in range(3):
        CliRunner().invoke(main, ["audit", "note", str(notes)])
    assert [note.entry_id for note in notes_in(notes)] == [entries[-1]]
    notes.write_text("không phải\n")
    assert "dòng 1 không phải mã" in CliRunner().invoke(main, ["audit", "verify", "--notes", str(notes)]).output


def test_an_empty_log_is_whole(intruder: psycopg.Connection) -> None:
    around_the_rules(intruder, "TRUNCATE audit_entry")
    with transaction() as session:
        assert audit_chain.verify(session) is None
        assert audit_chain.head(session) == audit_chain.Head(0, b"")


def test_the_command_tells_a_whole_log_from_a_broken_one(intruder: psycopg.Connection, entries: list[int]) -> None:
    whole = CliRunner().invoke(main, ["audit", "verify"])
    assert whole.exit_code == 0
    assert "6 dòng" in whole.output
    noted = whole.output.split()[-1]
    assert CliRunner().invoke(main, ["audit", "verify", "--noted", noted]).exit_code == 0
    assert CliRunner().invoke(main, ["audit", "verify", "--noted", "00" * 32]).exit_code == 1
    assert CliRunner().invoke(main, ["audit", "verify", "--noted", "không phải mã"]).exit_code == 2
    around_the_rules(intruder, f"DELETE FROM audit_entry WHERE id = {entries[1]}")
    broken = CliRunner().invoke(main, ["audit", "verify"])
    assert broken.exit_code == 1
    assert str(entries[2]) in broken.output
