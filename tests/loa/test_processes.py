"""What each process is told: none knows the owner of the tables, and who needs no database knows none."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import make_url

from core.database import Role, role_url
from core.settings import settings
from loa.processes import Process, all_processes, process_environment
from tests.environment import use_database

OWNERS = (
    "postgresql://tables-owner-9:its-secret@db.example:5433/loa?sslmode=require&user=tables-owner-9&password=its-secret"
)
WITHOUT_DATABASE = {"rasa", "simulator"}
"""Rasa has the address of its own role under a name of its own."""


@pytest.fixture(params=[OWNERS, "postgresql://postgres@/postgres?host=/tmp/somewhere"])
def processes(request: pytest.FixtureRequest) -> list[Process]:
    use_database(request.param)
    request.addfinalizer(lambda: use_database(None))
    return all_processes(settings())


def test_no_process_is_told_the_owner(processes: list[Process]) -> None:
    for process in processes:
        told = process_environment(process)
        assert "tables-owner-9" not in str(told)
        assert "its-secret" not in str(told)
        assert make_url(told.get("DATABASE_URL", "postgresql:///")).username is None


def test_who_needs_no_database_is_told_none(processes: list[Process]) -> None:
    without = {one.name for one in processes if "DATABASE_URL" not in process_environment(one)}
    assert without == WITHOUT_DATABASE


def test_with_what_it_is_told_a_process_finds_the_same_database_as_its_role(processes: list[Process]) -> None:
    [door] = [one for one in processes if one.name == "public"]
    before = role_url(Role.DOOR)
    use_database(process_environment(door)["DATABASE_URL"])
    after = role_url(Role.DOOR)
    assert (after.username, after.password) == (before.username, before.password)
    assert (after.host, after.port, after.database) == (before.host, before.port, before.database)
    assert after.query.get("host") == before.query.get("host")
    assert after.query.get("sslmode") == before.query.get("sslmode")
    assert "user" not in after.query
