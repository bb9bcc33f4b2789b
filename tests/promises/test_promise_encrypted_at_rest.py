"""CCCD, phone, account number, answers and transcript cannot be read in the database, whatever table holds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from conversations.inbound import Word, take_in
from conversations.thread import Channel
from core.clock import now
from core.database import transaction
from tests.console.ward import campaign, citizen, claim, escalation, says, was_told
from tests.roster.commune_office import HEADER, sheet_row, stage_file
from tests.roster.intake.books import save

SECRETS = {
    "account number": "0011004998877",
    "words that came in": "chau oi ba dang nam vien",
    "words that went out": "da chau ghi lai roi a",
    "a summary for an officer": "bac hoi ve nguoi con ca",
    "an answer": "sau gio ngo buoi chieu",
    "an address": "so 7 ngo cay khe",
    "a phone that wrote first": "0912777888",
    "a phone of a staged list": "0912777889",
    "a citizen id of a staged list": "001148777888",
}


@pytest.fixture(scope="module")
def secrets(database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What somebody's way through the house left that nobody may read."""
    return {**SECRETS, **_way_through_the_house(tmp_path_factory.mktemp("list"))}


@pytest.fixture(scope="module")
def rows(database: str, secrets: dict[str, str]) -> list[tuple[str, bytes]]:
    """Every row of every table, as the database has it, after that."""
    with psycopg.connect(database) as owner:
        return list(_all_rows(owner))


def _way_through_the_house(folder: Path) -> dict[str, str]:
    """Does everything with SECRETS; gives those that were made on the way."""
    hoa = citizen(address=SECRETS["an address"])
    says(hoa, SECRETS["words that came in"])
    was_told(hoa, SECRETS["words that went out"])
    escalation(hoa, summary=SECRETS["a summary for an officer"])
    claim(hoa, campaign(), account_number=SECRETS["account number"], answers={"visit_time": SECRETS["an answer"]})
    with transaction() as session:
        take_in(session, Word(Channel.SMS, SECRETS["a phone that wrote first"], "SM1", "co"), now())
    listed = {
        "phone": SECRETS["a phone of a staged list"],
        "citizen_id": SECRETS["a citizen id of a staged list"],
    }
    stage_file(save(folder, [HEADER, sheet_row("Lê Thị Mai", **listed)]))
    return {"a citizen id": hoa.citizen_id, "a phone": hoa.phone}


def _all_rows(owner: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    """Table and row, every column as text, byte strings as the bytes they are."""
    tables = owner.execute(
        "SELECT table_schema, table_name FROM information_schema.tables "
        "WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
    ).fetchall()
    for schema, table in tables:
        with owner.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT * FROM {}.{}").format(sql.Identifier(schema), sql.Identifier(table)))
            for row in cursor:
                yield table, b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in row)


def test_the_way_left_its_traces(rows: list[tuple[str, bytes]]) -> None:
    tables = {table for table, _ in rows}
    assert {"claim", "draft", "inbound_message", "message", "escalation", "contact_point", "import_row",
            "procrastinate_jobs"} <= tables  # fmt: skip
    assert any("Nguyễn Thị Hoa".encode() in row for _, row in rows)  # names are readable: the search is a working one


def test_nothing_of_it_can_be_read(rows: list[tuple[str, bytes]], secrets: dict[str, str]) -> None:
    readable = [(what, table) for table, row in rows for what, secret in secrets.items() if secret.encode() in row]
    assert readable == []
