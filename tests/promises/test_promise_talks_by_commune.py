"""An officer sees the conversations of his or her communes only, by the database's own rule, around the application."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from core.audit import SYSTEM, record
from core.clock import now
from core.database import Role, role_url, transaction
from tests.console.ward import ELSEWHERE, HERE, citizen, escalation, says, was_told

TABLES = ("thread", "inbound_message", "message", "escalation", "audit_entry")


@pytest.fixture(scope="module")
def talks(database: str) -> None:
    """In each commune a thread with a word in, a word out, an escalation, and an entry of the audit log."""
    for commune in (HERE, ELSEWHERE):
        somebody = citizen(commune=commune)
        says(somebody, "có", commune=commune)
        was_told(somebody, "dạ", commune=commune)
        escalation(somebody, commune=commune)
        with transaction() as session:
            record(session, now(), SYSTEM, "open", f"person:{somebody.person_id}", commune_code=commune)


def connect(role: Role) -> psycopg.Connection:
    """A connection with nothing of ours between."""
    return psycopg.connect(role_url(role).set(drivername="postgresql").render_as_string(hide_password=False))


@pytest.fixture
def console(talks: None) -> Iterator[psycopg.Connection]:
    with connect(Role.CONSOLE) as connection:
        yield connection


def communes_seen(connection: psycopg.Connection, table: str, communes: str | None) -> set[str | None]:
    """The communes of the rows that are seen when `communes` are set for the transaction (None: nothing is set)."""
    if communes is not None:
        connection.execute("SELECT set_config('loa.communes', %s, true)", [communes])
    return {code for (code,) in connection.execute(f"SELECT commune_code FROM {table}".encode())}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("communes", "seen"),
    [
        (None, set()),
        ("", set()),
        ("001", set()),
        (HERE, {HERE}),
        (ELSEWHERE, {ELSEWHERE}),
        (f"{HERE},{ELSEWHERE}", {HERE, ELSEWHERE}),
        ("*", {HERE, ELSEWHERE}),
    ],
)
def test_a_commune_sees_its_own(
    console: psycopg.Connection, table: str, communes: str | None, seen: set[str | None]
) -> None:
    assert communes_seen(console, table, communes) == seen


@pytest.mark.parametrize("table", TABLES[:4])
def test_rows_of_another_commune_are_not_taken_over(console: psycopg.Connection, table: str) -> None:
    assert communes_seen(console, table, HERE) == {HERE}
    with pytest.raises(InsufficientPrivilege):
        console.execute(f"UPDATE {table} SET commune_code = '{ELSEWHERE}'".encode())


def test_an_entry_is_not_written_for_another_commune(console: psycopg.Connection) -> None:
    assert communes_seen(console, "audit_entry", HERE) == {HERE}
    with pytest.raises(InsufficientPrivilege):
        console.execute(
            "INSERT INTO audit_entry (at, actor, action, subject, commune_code, before, after, reason) "
            "VALUES (now(), 'staff:1', 'open', 'person:1', %s, '{}', '{}', '')",
            [ELSEWHERE],
        )


@pytest.mark.parametrize("table", ("escalation", "audit_entry", "draft", "claim", "person", "staff"))
def test_the_public_door_reads_none_of_it(talks: None, table: str) -> None:
    with connect(Role.DOOR) as door, pytest.raises(InsufficientPrivilege):
        door.execute(f"SELECT 1 FROM {table}".encode())


def test_the_public_door_reads_only_what_was_written_to_a_web_chat(talks: None) -> None:
    with connect(Role.DOOR) as door:
        assert door.execute("SELECT count(*) FROM message").fetchone() == (0,)
