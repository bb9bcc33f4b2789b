"""An operator's own server: the tables belong to a plain role, which may make roles and is no superuser."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import make_url

from core import audit_chain
from core.audit import SYSTEM, record
from core.clock import now
from core.database import Role, transaction
from core.migrate import migrate
from core.postgres import own_server
from tests.environment import execute, use_database


@pytest.fixture(scope="module")
def plain_owner() -> Iterator[str]:
    """The address of a database migrated by its plain owner, on a server that knew none of our roles."""
    with own_server(None) as superuser:
        execute(superuser, "CREATE ROLE plain LOGIN CREATEROLE NOSUPERUSER")
        execute(superuser, "CREATE DATABASE plain OWNER plain")
        url = make_url(superuser).set(username="plain", database="plain").render_as_string(hide_password=False)
        use_database(url)
        migrate()
        yield url
        use_database(None)


def write(number: int) -> None:
    with transaction() as session:
        record(session, now(), SYSTEM, "verify_claim", f"claim:{number}")


def test_the_owner_is_no_superuser(plain_owner: str) -> None:
    with psycopg.connect(plain_owner) as owner:
        query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert owner.execute(query).fetchone() == (False,)


def test_entries_are_chained_and_a_change_is_found(plain_owner: str) -> None:
    write(1)
    write(2)
    with transaction() as session:
        assert audit_chain.head(session).entries == 2
        assert audit_chain.verify(session) is None
    with psycopg.connect(plain_owner, autocommit=True) as owner:
        [first, second] = owner.execute("SELECT hash, previous_hash FROM audit_entry ORDER BY id").fetchall()
    assert second[1] == first[0]


def test_migrating_again_changes_nothing(plain_owner: str) -> None:
    migrate()
    with transaction(Role.WORKER) as session:
        assert audit_chain.verify(session) is None


def test_rasa_makes_its_tables_in_its_own_schema(plain_owner: str) -> None:
    url = make_url(plain_owner).set(username=Role.RASA.value).render_as_string(hide_password=False)
    with psycopg.connect(url) as rasa:
        rasa.execute("CREATE TABLE turn (id bigint)")
        assert rasa.execute("SELECT 'rasa.turn'::regclass").fetchone() is not None
