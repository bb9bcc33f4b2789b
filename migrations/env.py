"""Runs the migrations as the tables' owner."""

from alembic import context

import console.sign_in_rows  # fills the metadata
import console.staff  # noqa: F401  # fills the metadata
import conversations.attachment  # fills the metadata
import conversations.escalation  # fills the metadata
import conversations.hotline_call  # fills the metadata
import conversations.money_answer  # fills the metadata
import conversations.thread  # noqa: F401  # fills the metadata
import core.audit  # fills the metadata
import core.gauges  # noqa: F401  # fills the metadata
import outreach.channels.zalo.template_rows  # fills the metadata
import outreach.channels.zalo.token  # fills the metadata
import outreach.follow_up  # fills the metadata
import outreach.left_out  # fills the metadata
import outreach.loudspeaker_text  # fills the metadata
import outreach.message  # fills the metadata
import outreach.saved_audience  # fills the metadata
import outreach.spending  # fills the metadata
import outreach.step  # fills the metadata
import outreach.template_versions  # noqa: F401  # fills the metadata
import roster.campaign  # fills the metadata
import roster.changes.change_request  # fills the metadata
import roster.claim  # fills the metadata
import roster.commune  # fills the metadata
import roster.contact  # fills the metadata
import roster.matching_police.match_file  # fills the metadata
import roster.payment_results.payment  # fills the metadata
import roster.person  # fills the metadata
import roster.privacy.request  # fills the metadata
import roster.returned.returned_file  # fills the metadata
import roster.roster_import  # fills the metadata
import roster.sign_off.signed_list  # fills the metadata
import roster.survey.draft  # fills the metadata
import roster.visiting.visit_list  # noqa: F401  # fills the metadata
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
