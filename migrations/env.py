"""Runs the migrations as the tables' owner."""

from alembic import context

import roster.campaign
import roster.claim
import roster.commune
import roster.contact
import roster.person
import roster.roster_import
import roster.survey.draft  # noqa: F401  # each import fills the metadata
from core.database import admin_engine
from core.orm import Base


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name and name.startswith(("procrastinate_", "events")))


connection = context.config.attributes.get("connection")
if connection is None:
    connection = admin_engine().connect()
context.configure(connection=connection, target_metadata=Base.metadata, include_name=_ours, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
