"""Outreach, conversations and staff (4)"""

import sqlalchemy as sa
from alembic import op

import core.encryption

revision = "0002d"
down_revision = "0002c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("visit_list_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "no_phone",
                "not_reached",
                "unfinished",
                "no_answer",
                "police",
                name="visitreason",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("token", core.encryption.EncryptedText(), nullable=False),
        sa.Column("token_index", sa.LargeBinary(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "declared",
                "begun",
                "refused",
                "not_home",
                "again",
                "moved",
                "deceased",
                "not_found",
                name="visitoutcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("note", core.encryption.EncryptedText(), nullable=True),
        sa.Column("noted_by", sa.BigInteger(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_visit_row_commune_code_commune")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_row_person_id_person")),
        sa.ForeignKeyConstraint(
            ["visit_list_id"], ["visit_list.id"], name=op.f("fk_visit_row_visit_list_id_visit_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_row")),
        sa.UniqueConstraint("token_index", name=op.f("uq_visit_row_token_index")),
        sa.UniqueConstraint("visit_list_id", "person_id", name=op.f("uq_visit_row_visit_list_id")),
    )
    op.create_index(op.f("ix_visit_row_commune_code"), "visit_row", ["commune_code"], unique=False)
    op.create_index(op.f("ix_visit_row_person_id"), "visit_row", ["person_id"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("worker", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_attempt_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_message_id"), "attempt", ["message_id"], unique=False)
    op.create_table(
        "escalation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "asked",
                "not_understood",
                "undecided",
                "death",
                "moved",
                "complaint",
                "money_missing",
                "scam",
                "codes",
                "bot_failure",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("summary", core.encryption.EncryptedText(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "priority_set",
            sa.Enum("urgent", "high", "normal", name="priority", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("handed_by", sa.BigInteger(), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hand_note", core.encryption.EncryptedText(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("closing_note", core.encryption.EncryptedText(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_escalation_person_id_person")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_escalation_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    op.create_index(op.f("ix_escalation_commune_code"), "escalation", ["commune_code"], unique=False)
    op.create_index(
        "uq_escalation_open", "escalation", ["thread_id"], unique=True, postgresql_where=sa.text("closed_at IS NULL")
    )
    op.create_table(
        "inbound_message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "sms", "zalo", "telegram", "web", name="channel", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("provider_message_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column("text", core.encryption.EncryptedText(), nullable=False),
        sa.Column("payload", sa.String(), nullable=True),
        sa.Column("media", sa.String(), nullable=True),
        sa.Column("shared_phone", core.encryption.EncryptedText(), nullable=True),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", core.encryption.EncryptedText(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "handled_by",
            sa.Enum("bot", "officer", name="owner", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_inbound_message_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_message")),
        sa.UniqueConstraint("channel", "provider_message_id", name=op.f("uq_inbound_message_channel")),
    )
    op.create_index("ix_inbound_thread", "inbound_message", ["thread_id", "id"], unique=False)
    op.create_index(
        "ix_inbound_unhandled",
        "inbound_message",
        ["thread_id", "id"],
        unique=False,
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_table(
        "message_member",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_member_message_id_message")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_message_member_step_id_step")),
        sa.PrimaryKeyConstraint("message_id", "person_id", name=op.f("pk_message_member")),
        sa.UniqueConstraint("person_id", "step_id", "rung", name=op.f("uq_message_member_person_id")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("provider_message_id", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("reference", core.encryption.EncryptedText(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "kept",
                "lost",
                "erased",
                name="attachmentstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("content", core.encryption.EncryptedBytes(), nullable=True),
        sa.Column("content_type", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["inbound_message.id"], name=op.f("fk_attachment_message_id_inbound_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("channel", "provider_message_id", name=op.f("uq_attachment_channel")),
    )
    op.create_index(op.f("ix_attachment_message_id"), "attachment", ["message_id"], unique=False)
    op.create_index(
        "ix_attachment_waiting", "attachment", ["id"], unique=False, postgresql_where=sa.text("state = 'waiting'")
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("call", "visit", name="followupkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "missed_call",
                "officer",
                "relative_yes",
                "ladder",
                "payment_returned",
                "sync_refused",
                name="followupsource",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("last_call_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "declared",
                "agreed",
                "answered",
                "undecided",
                "refused",
                "wrong_number",
                "deceased",
                "not_found",
                "no_answer",
                "needless",
                name="followupoutcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("note", core.encryption.EncryptedText(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_follow_up_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_follow_up_claim_id_claim")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact_point.id"], name=op.f("fk_follow_up_contact_id_contact_point")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_up_person_id_person")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_follow_up_step_id_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_follow_up_claim_id")),
        sa.UniqueConstraint("step_id", "person_id", "kind", name=op.f("uq_follow_up_step_id")),
    )
    op.create_index(op.f("ix_follow_up_commune_code"), "follow_up", ["commune_code"], unique=False)
    op.create_index(op.f("ix_follow_up_contact_id"), "follow_up", ["contact_id"], unique=False)
    op.create_index(op.f("ix_follow_up_person_id"), "follow_up", ["person_id"], unique=False)
    op.create_index(
        "ix_follow_up_waiting",
        "follow_up",
        ["commune_code", "due_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_follow_up_call_back",
        "follow_up",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL AND source IN ('missed_call', 'officer')"),
    )


def downgrade() -> None:
    for table in ["follow_up", "attachment", "message_member", "inbound_message", "escalation", "attempt", "visit_row"]:
        op.drop_table(table)
