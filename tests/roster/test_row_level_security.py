"""An officer sees only his or her communes, by the database's own rule: these tests go around the application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from core.database import Role, role_url
from tests.roster.commune_office import (
    ELSEWHERE,
    HEADER,
    HERE,
    add_campaign,
    add_claim,
    add_person,
    add_phone,
    empty_roster,
    sheet_row,
    stage_file,
)
from tests.roster.intake.books import save

TABLES = ("person", "entitlement", "person_contact", "draft", "claim", "import_row")


@pytest.fixture
def two_communes(database: str, tmp_path: Path) -> None:
    """In each commune a person with a phone, a claim and a row of a staged file."""
    empty_roster()
    campaign = add_campaign()
    for commune, phone in ((HERE, "0912345678"), (ELSEWHERE, "0912345679")):
        person = add_person(commune=commune)
        add_phone(person, phone)
        add_claim(campaign, person, commune)
    wards = ("Phường Bồ Đề", "Xã Hạ Bằng")
    stage_file(save(tmp_path, [HEADER, *(sheet_row("Lê Thị Mai", ward=ward) for ward in wards)]))


@pytest.fixture
def console(two_communes: None) -> Iterator[psycopg.Connection]:
    """A connection that signed in as the console's role, with nothing of ours between."""
    url = role_url(Role.CONSOLE).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        yield connection


def see(connection: psycopg.Connection, communes: str) -> None:
    """Set the communes for the present transaction."""
    connection.execute("SELECT set_config('loa.communes', %s, true)", [communes])


def communes_in(connection: psycopg.Connection, table: str) -> set[str | None]:
    """The communes of all the rows of a table that this connection sees."""
    return {code for (code,) in connection.execute(f"SELECT commune_code FROM {table}".encode())}


@pytest.mark.parametrize("table", TABLES)
def test_a_commune_sees_its_own_rows_only(console: psycopg.Connection, table: str) -> None:
    see(console, HERE)
    assert communes_in(console, table) == {HERE}
    see(console, f"{HERE},{ELSEWHERE}")
    assert communes_in(console, table) == {HERE, ELSEWHERE}


@pytest.mark.parametrize("table", (*TABLES, "contact_point"))
def test_unset_or_empty_sees_nothing(console: psycopg.Connection, table: str) -> None:
    count = f"SELECT count(*) FROM {table}".encode()
    assert console.execute(count).fetchone() == (0,)
    see(console, "")
    assert console.execute(count).fetchone() == (0,)
    see(console, "0011")
    assert console.execute(count).fetchone() == (0,)


def test_the_setting_ends_with_its_transaction(console: psycopg.Connection) -> None:
    see(console, "*")
    assert communes_in(console, "person") == {HERE, ELSEWHERE}
    console.commit()
    assert communes_in(console, "person") == set()


def test_phones_are_seen_through_their_people(console: psycopg.Connection) -> None:
    see(console, HERE)
    linked = console.execute("SELECT count(*) FROM contact_point WHERE kind = 'phone'").fetchone()
    assert linked == (1,)


def test_rows_of_another_commune_are_neither_changed_nor_taken_over(console: psycopg.Connection) -> None:
    see(console, HERE)
    changed = console.execute("UPDATE claim SET state = 'rejected' WHERE commune_code = %s", [ELSEWHERE])
    assert changed.rowcount == 0
    with pytest.raises(InsufficientPrivilege):
        console.execute("UPDATE person SET commune_code = %s", [ELSEWHERE])


def test_nobody_is_put_into_another_commune(console: psycopg.Connection) -> None:
    see(console, HERE)
    with pytest.raises(InsufficientPrivilege):
        console.execute(
            "INSERT INTO entitlement (person_id, category, commune_code) SELECT id, 'other', %s FROM person",
            [ELSEWHERE],
        )


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE loa_worker",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_communes ON person",
        "DELETE FROM person",
    ],
)
def test_the_console_cannot_lift_the_rule(console: psycopg.Connection, statement: str) -> None:
    see(console, "*")
    with pytest.raises(InsufficientPrivilege):
        console.execute(statement.encode())


def test_switching_row_security_off_gives_an_error_and_no_rows(console: psycopg.Connection) -> None:
    console.execute("SET row_security = off")
    with pytest.raises(InsufficientPrivilege):
        console.execute("SELECT * FROM person")


def test_the_public_door_knows_no_roster(two_communes: None) -> None:
    url = role_url(Role.DOOR).set(drivername="postgresql").render_as_string(hide_password=False)
    for table in TABLES:
        with psycopg.connect(url) as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(f"SELECT 1 FROM {table}".encode())
