"""Every table that holds people is closed to those who do not serve them, and no role can pass by that."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from core.database import Role, role_url
from core.encryption import EncryptedBytes, EncryptedJson, EncryptedText
from core.orm import Base
from tests.build.project import import_everything

import_everything("core", "roster", "outreach", "conversations", "console")

TELLS_OF_PEOPLE = {"person_id", "contact_id", "thread_id", "commune_code"}
OF_STAFF = {"staff", "staff_communes"}
"""Who works where, and by which second factor: the console reads it before it knows whose communes to set."""
KEYS = {"zalo_token", "zalo_authorisation"}
"""The installation's own keys: encrypted like what people told us, and nobody's."""
TOKENS = {"access_token", "refresh_token"}
DOOR_MAY = {
    "contact_point": "I", "thread": "I", "inbound_message": "I", "attachment": "I", "hotline_call": "I", "receipt": "I",
}  # fmt: skip
"""Select, insert, update. All that the door facing the internet may do with whole tables."""
DOOR_READS = {
    "contact_point": {"id", "kind", "address_index"},
    "thread": {"id", "channel", "contact_id"},
    "inbound_message": {"id", "channel", "thread_id", "text", "received_at"},
    "message": {"id", "channel", "thread_id", "body", "choices", "state", "created_at"},
    "procrastinate_jobs": {"id", "status", "task_name", "lock"},
}
DOOR_QUEUES = {
    "procrastinate_jobs": {"queue_name", "task_name", "priority", "lock", "queueing_lock", "args", "scheduled_at"},
    "procrastinate_events": {"job_id", "type"},
}
_RIGHTS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE", "T": "TRUNCATE", "R": "REFERENCES"}


def _holds_people(name: str) -> bool:
    columns = Base.metadata.tables[name].columns
    kept_secret = any(isinstance(column.type, EncryptedText | EncryptedJson | EncryptedBytes) for column in columns)
    return name not in OF_STAFF | KEYS and (kept_secret or bool(TELLS_OF_PEOPLE & set(columns.keys())))


PEOPLE = sorted(name for name in Base.metadata.tables if _holds_people(name))


@pytest.fixture
def owner(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database) as connection:
        yield connection


def test_the_tables_of_people_are_found() -> None:
    assert {"person", "claim", "draft", "contact_point", "message", "inbound_message", "audit_entry"} <= set(PEOPLE)


@pytest.mark.parametrize("table", PEOPLE)
def test_row_security_is_on_and_forced(owner: psycopg.Connection, table: str) -> None:
    query = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
    assert owner.execute(query, [table]).fetchone() == (True, True)


@pytest.mark.parametrize("table", PEOPLE)
def test_the_console_is_held_to_its_communes(owner: psycopg.Connection, table: str) -> None:
    query = "SELECT cmd, qual FROM pg_policies WHERE tablename = %s AND 'loa_console' = ANY (roles)"
    policies = owner.execute(query, [table]).fetchall()
    assert policies
    assert all("loa.communes" in qual or "person_contact" in qual for _, qual in policies)


@pytest.mark.parametrize("table", PEOPLE)
def test_policies_name_their_roles(owner: psycopg.Connection, table: str) -> None:
    query = "SELECT DISTINCT unnest(roles)::text FROM pg_policies WHERE tablename = %s"
    named = {role for (role,) in owner.execute(query, [table])}
    chains = {owner.info.user} if table == "audit_entry" else set()
    assert {"loa_worker", "loa_console"} <= named <= {role.value for role in Role} | chains


def test_no_role_of_ours_can_pass_by_a_policy(owner: psycopg.Connection) -> None:
    query = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'loa\\_%' AND (rolsuper OR rolbypassrls OR rolcreaterole)"
    assert owner.execute(query).fetchall() == []
    owned = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner LIKE 'loa\\_%'"
    assert owner.execute(owned).fetchall() == []
    inherited = "SELECT 1 FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = member WHERE rolname LIKE 'loa\\_%'"
    assert owner.execute(inherited).fetchall() == []


def test_the_public_doors_rights_are_these_and_no_more(owner: psycopg.Connection) -> None:
    assert _rights(owner, Role.DOOR) == DOOR_MAY


def test_the_public_door_reads_these_columns_and_no_more(owner: psycopg.Connection) -> None:
    assert _columns(owner, Role.DOOR, "SELECT") == DOOR_READS


def test_the_public_door_changes_nothing_and_queues_plain_jobs(owner: psycopg.Connection) -> None:
    assert _columns(owner, Role.DOOR, "UPDATE") == {}
    inserts = _columns(owner, Role.DOOR, "INSERT")
    assert {table: inserts[table] for table in inserts if table not in DOOR_MAY} == DOOR_QUEUES


@pytest.fixture
def door(database: str) -> Iterator[psycopg.Connection]:
    url = role_url(Role.DOOR).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        yield connection


THREAD = "thread:0d6b7e4e-1111-4222-8333-944445555666"
_DEFERRED = (
    "INSERT INTO procrastinate_jobs (task_name, queue_name, lock, queueing_lock, priority, scheduled_at) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)


@pytest.mark.parametrize(
    ("task", "queue", "lock"),
    [
        ("conversations.answer", "answers", THREAD),
        ("conversations.call_backs", "default", "conversations.call_backs"),
        ("outreach.apply_receipts", "default", "outreach.apply_receipts"),
        ("outreach.telegram.answer_query", "replies", None),
        ("outreach.zalo.look", "default", "outreach.zalo.look"),
    ],
)
def test_the_public_door_queues_what_it_needs(
    door: psycopg.Connection, task: str, queue: str, lock: str | None
) -> None:
    door.execute(_DEFERRED.encode(), [task, queue, lock, None, 0, None])


@pytest.mark.parametrize(
    "job",
    [
        ("outreach.dispatch", "sending", "account:twilio", None, 0, None),
        ("outreach.deliver_replies", "replies", None, None, 0, None),
        ("outreach.zalo.exchange", "default", "outreach.zalo.exchange", None, 0, None),
        ("conversations.fetch_attachments", "default", "conversations.fetch_attachments", None, 0, None),
        ("builtin:procrastinate.builtin_tasks.remove_old_jobs", "builtin", None, None, 0, None),
        ("conversations.answer", "sending", THREAD, None, 0, None),
        ("conversations.answer", "answers", "account:twilio", None, 0, None),
        ("conversations.answer", "answers", THREAD, "thread", 0, None),
        ("conversations.answer", "answers", THREAD, None, 100, None),
        ("conversations.answer", "answers", THREAD, None, 0, "2030-01-01"),
    ],
)
def test_the_public_door_queues_nothing_else(door: psycopg.Connection, job: tuple[object, ...]) -> None:
    with pytest.raises(InsufficientPrivilege, match="no such job"):
        door.execute(_DEFERRED.encode(), job)


def test_what_the_door_may_queue_are_tasks_of_ours() -> None:
    import loa.working  # noqa: F401  # registers every task
    from core.jobs import jobs

    rights = importlib.import_module("migrations.versions.0003_rights")
    assert {name: jobs.tasks[name].queue for name in rights.DOOR_TASKS} == {
        name: queue for name, (queue, _) in rights.DOOR_TASKS.items()
    }


def test_the_keys_to_zalo_are_the_workers_alone(owner: psycopg.Connection) -> None:
    columns = set(Base.metadata.tables["zalo_token"].columns.keys())
    assert _columns(owner, Role.CONSOLE, "SELECT")["zalo_token"] == columns - TOKENS
    assert not {"zalo_token", "zalo_template"} & set(_columns(owner, Role.CONSOLE, "UPDATE"))
    for right in ("SELECT", "INSERT", "UPDATE"):
        assert not (KEYS | {"zalo_template"}) & set(_columns(owner, Role.DOOR, right))


@pytest.mark.parametrize("table", ["inbound_message", "message"])
def test_the_public_door_sees_the_web_chat_and_no_other_channel(owner: psycopg.Connection, table: str) -> None:
    query = "SELECT qual FROM pg_policies WHERE tablename = %s AND 'loa_door' = ANY (roles) AND cmd <> 'INSERT'"
    [(seen,)] = owner.execute(query, [table]).fetchall()
    assert "'web'" in seen and "channel" in seen


def test_the_public_door_uses_no_sequence_but_the_job_queues(owner: psycopg.Connection) -> None:
    query = (
        "SELECT sequencename FROM pg_sequences WHERE has_sequence_privilege('loa_door', 'public.'||sequencename, %s)"
    )
    usable = {name for (name,) in owner.execute(query, ["USAGE"])}
    assert usable == {"procrastinate_jobs_id_seq", "procrastinate_events_id_seq"}


def test_functions_with_the_owners_rights_look_last_into_what_others_may_write(owner: psycopg.Connection) -> None:
    query = "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    found: dict[str, list[str]] = dict(owner.execute(query).fetchall())
    safe = ["search_path=pg_catalog, public, pg_temp"]
    assert found == {"audit_chain": safe, "keep_step_text": safe}


@pytest.mark.parametrize("role", list(Role))
def test_no_role_makes_temporary_tables(owner: psycopg.Connection, role: Role) -> None:
    # Of the database that was migrated: a copy does not take over the rights on its template.
    query = "SELECT has_database_privilege(%s, 'loa_template', 'TEMP')"
    assert owner.execute(query, [role.value]).fetchone() == (False,)


def test_rasas_role_has_no_right_to_any_table_of_ours(owner: psycopg.Connection) -> None:
    assert _rights(owner, Role.RASA) == {}


def _rights(owner: psycopg.Connection, role: Role) -> dict[str, str]:
    """Table → the letters of what `role` may do with it; tables of which it may nothing are left out."""
    tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    found = {table: _rights_on(owner, role, table) for (table,) in tables}
    return {table: letters for table, letters in found.items() if letters}


def _rights_on(owner: psycopg.Connection, role: Role, table: str) -> str:
    query = "SELECT has_table_privilege(%s, %s, %s)"
    return "".join(
        letter
        for letter, right in _RIGHTS.items()
        if owner.execute(query, [role.value, table, right]).fetchone() == (True,)
    )


def _columns(owner: psycopg.Connection, role: Role, right: str) -> dict[str, set[str]]:
    """Table → the columns with which `role` may do that; tables with none are left out."""
    query = (
        "SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
        "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped "
        "AND has_column_privilege(%s, attrelid, attnum, %s)"
    )
    found: dict[str, set[str]] = {}
    for table, column in owner.execute(query, [role.value, right]):
        found.setdefault(table, set()).add(column)
    return found
