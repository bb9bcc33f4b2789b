"""Bringing a database to the present schema, and the roles' passwords to the present key."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from core.database import Role, admin_engine, role_password
from core.settings import ROOT


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without an .ini file: the only place is `migrations/`."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate() -> None:
    """Run what is missing of the migrations, then give every role its password."""
    with admin_engine().connect() as connection:
        command.upgrade(alembic_config(connection), "head")
        for role in Role:
            connection.execute(text(f"ALTER ROLE {role.value} PASSWORD '{role_password(role)}'"))
        connection.commit()
