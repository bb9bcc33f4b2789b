"""The migrations make exactly the tables that the code speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from core.database import admin_engine
from core.orm import Base
from tests.build.project import import_everything

_QUOTED = re.compile(r"'([^']*)'")


@pytest.fixture
def owner(database: str) -> Iterator[sa.Connection]:
    """The migrated database as the tables' owner sees it, all our tables known to the code."""
    import_everything("core", "roster", "outreach", "conversations", "webhooks", "console")
    engine = admin_engine()
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


def test_migrations_match_the_models(owner: sa.Connection) -> None:
    options = {"include_name": _ours, "compare_type": True, "compare_server_default": True}
    assert compare_metadata(MigrationContext.configure(owner, opts=options), Base.metadata) == []


def test_the_database_knows_every_state_and_no_other(owner: sa.Connection) -> None:
    """Alembic does not compare check constraints: a new state would be refused only when it first occurs."""
    query = (
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
    )
    checked = [(table, set(_QUOTED.findall(definition))) for table, definition in owner.execute(sa.text(query))]
    columns = [
        (table.name, column.name, set(column.type.enums))
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.Enum)
    ]
    assert len(columns) > 10
    assert [(table, name) for table, name, states in columns if (table, states) not in checked] == []
