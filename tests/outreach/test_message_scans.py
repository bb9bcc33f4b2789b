"""What looks through the ledger every few seconds or for every citizen finds its rows by an index."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text

from core.clock import now
from core.database import transaction
from outreach.dispatch import due_accounts
from tests.outreach.office import Office, new_phone

ROWS = 20_000
NOBODY = "00000000-0000-0000-0000-000000000000"
FILL = f"""
INSERT INTO message (kind, contact_id, rung, ordinal, channel, account, provider, body, segments, state, due_at,
                     created_at, changed_at, accepted_at)
SELECT 'wave', gen_random_uuid(), 0, 0, 'sms', 'twilio', 'twilio', '', 1, 'delivered', now(), now(), now(),
       now() - number * interval '1 minute'
  FROM generate_series(1, {ROWS}) number
"""


@pytest.fixture
def ledger(database: str) -> Iterator[psycopg.Connection]:
    """The owner's connection to a ledger of some size, delivered long ago."""
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")  # the messages' contacts are none of the matter
        owner.execute(FILL.encode())
        owner.execute("ANALYZE message")
        yield owner
        owner.execute("TRUNCATE message CASCADE")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM message WHERE account = 'twilio' AND accepted_at >= now() - interval '1 hour'",
        f"SELECT max(id) FROM message WHERE contact_id = '{NOBODY}'",
        f"SELECT id FROM message WHERE contact_id = '{NOBODY}' ORDER BY id DESC LIMIT 1",
    ],
)
def test_no_scan_of_the_whole_ledger(ledger: psycopg.Connection, query: str) -> None:
    plan = "\n".join(line for (line,) in ledger.execute(f"EXPLAIN {query}".encode()))
    assert "Seq Scan" not in plan, plan
    assert "pk_message" not in plan, plan


def test_what_is_due_is_found_account_by_account(office: Office) -> None:
    office.person(new_phone())
    office.campaign()
    office.seal()
    with transaction() as session:
        session.execute(text("UPDATE message SET account = 'gone'"))
        assert due_accounts(session, now()) == []
        session.execute(text("UPDATE message SET account = 'web'"))
        assert due_accounts(session, now()) == ["web"]
