"""Whose password opens what: set ones in production, derived ones elsewhere, and each process told its own alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.database import Role, RolePasswordMissing, password_variable, role_password, role_url
from core.migrate import migrate
from core.settings import Mode, Settings, settings
from loa.processes import all_processes, process_environment
from tests.core.test_settings import SOUND

OWN = {role: f"mat-khau-rieng-cua-{role.name.lower()}-'%s" for role in Role}


@pytest.fixture
def own_passwords(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The operator's own passwords in the environment; the derived ones are put back into the roles afterwards."""
    for role, password in OWN.items():
        monkeypatch.setenv(password_variable(role), password)
    settings.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()
    migrate()


def kept_verifiers(owner_url: str) -> dict[str, str]:
    with psycopg.connect(owner_url) as owner:
        query = "SELECT rolname, rolpassword FROM pg_authid WHERE rolname LIKE 'loa\\_%'"
        return dict(owner.execute(query).fetchall())


def test_passwords_that_are_set_become_the_roles(own_passwords: pytest.MonkeyPatch, database: str) -> None:
    before = kept_verifiers(database)
    migrate()
    after = kept_verifiers(database)
    for role in Role:
        assert role_password(role) == OWN[role] == role_url(role).password
        assert before[role.value] != after[role.value]
        assert after[role.value].startswith("SCRAM-SHA-256$")
    with psycopg.connect(
        role_url(Role.DOOR).set(drivername="postgresql").render_as_string(hide_password=False)
    ) as door:
        assert door.execute("SELECT current_user").fetchone() == (Role.DOOR.value,)


def test_a_process_is_told_the_password_of_its_own_role_alone(own_passwords: pytest.MonkeyPatch) -> None:
    told = {process.name: process_environment(process) for process in all_processes(settings())}
    whose = {name: {role for role in Role if password_variable(role) in found} for name, found in told.items()}
    assert whose == {
        "rasa": set(),
        "actions": {Role.WORKER},
        "answers": {Role.WORKER},
        "waves": {Role.WORKER},
        "scheduler": {Role.WORKER},
        "public": {Role.DOOR},
        "console": {Role.CONSOLE, Role.WORKER},
        "simulator": set(),
    }
    assert all(OWN[Role.WORKER] not in str(told[name]) for name in ("public", "rasa", "simulator"))


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An installation in production whose process was told the door's password and no other."""
    for name, value in SOUND.items():
        if value is not None:
            monkeypatch.setenv(name if name.isupper() else f"LOA_{name.upper()}", str(value))
    monkeypatch.delenv("LOA_CLOCK_FILE")
    monkeypatch.setenv(password_variable(Role.DOOR), OWN[Role.DOOR])
    monkeypatch.setattr("core.settings.ROOT", tmp_path)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def test_in_production_no_password_follows_from_the_shared_key(production: None) -> None:
    assert settings().mode is Mode.PRODUCTION
    assert role_password(Role.DOOR) == OWN[Role.DOOR]
    for role in (Role.WORKER, Role.CONSOLE, Role.RASA):
        with pytest.raises(RolePasswordMissing, match=f"LOA_DB_PASSWORD_{role.name}"):
            role_url(role)
    with pytest.raises(RolePasswordMissing):
        migrate()


def test_a_short_password_is_refused_without_showing_it() -> None:
    with pytest.raises(ValueError, match="at least 16 characters") as refused:
        Settings(_env_file=None, **{**SOUND, "db_password_door": "ngan-qua"})  # type: ignore[arg-type]
    assert "ngan-qua" not in str(refused.value)
