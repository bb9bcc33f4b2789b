"""Bringing a database to the present schema, and the roles' passwords to the present ones."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection

from core.database import Role, admin_engine, role_password
from core.settings import ROOT


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without an .ini file: the only place is `migrations/`."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate() -> None:
    """Run what is missing of the migrations, then give every role its password. Raises RolePasswordMissing."""
    passwords = {role: role_password(role) for role in Role}
    engine = admin_engine()
    with engine.connect() as connection:
        command.upgrade(alembic_config(connection), "head")
        for role, password in passwords.items():
            _give(connection, role, password)
        connection.commit()
    engine.dispose()


def _give(connection: Connection, role: Role, password: str) -> None:
    """Only the verifier goes over the line: servers log statements that change roles."""
    driver = connection.connection.driver_connection
    assert driver is not None
    verifier = driver.pgconn.encrypt_password(password.encode(), role.value.encode(), b"scram-sha-256")
    change = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role.value), sql.Literal(verifier.decode()))
    connection.exec_driver_sql(change.as_string(driver))
