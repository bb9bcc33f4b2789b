"""Outreach, conversations and staff (3)"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import core.encryption

revision = "0002c"
down_revision = "0002b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "wave", "reply", "officer", name="messagekind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("provider", sa.String(length=12), nullable=False),
        sa.Column("body", core.encryption.EncryptedText(), nullable=True),
        sa.Column("choices", core.encryption.EncryptedText(), nullable=True),
        sa.Column("template", core.encryption.EncryptedJson(), nullable=True),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("price_dong", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "claimed",
                "accepted",
                "delivered",
                "undelivered",
                "rejected",
                "held",
                "cancelled",
                "unknown",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("provider_message_id", sa.String(), nullable=True),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_message_step_id_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("person_id", "step_id", "rung", name=op.f("uq_message_person_id")),
    )
    op.create_index(
        "ix_message_accepted",
        "message",
        ["account", "accepted_at"],
        unique=False,
        postgresql_where=sa.text("accepted_at IS NOT NULL"),
    )
    op.create_index("ix_message_contact", "message", ["contact_id", "id"], unique=False)
    op.create_index(
        "ix_message_due",
        "message",
        ["account", "campaign_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'planned' AND kind = 'wave'"),
    )
    op.create_index(
        "ix_message_provider",
        "message",
        ["provider", "provider_message_id"],
        unique=False,
        postgresql_where=sa.text("provider_message_id IS NOT NULL"),
    )
    op.create_index(
        "ix_message_reply_due",
        "message",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'planned' AND kind <> 'wave'"),
    )
    op.create_index("ix_message_step", "message", ["step_id", "rung"], unique=False)
    op.create_index(
        "ix_message_thread",
        "message",
        ["thread_id", "id"],
        unique=False,
        postgresql_where=sa.text("thread_id IS NOT NULL"),
    )
    op.create_index(
        "ix_message_unsettled",
        "message",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state IN ('claimed', 'unknown')"),
    )
    op.create_index(
        "uq_message_reply_to",
        "message",
        ["reply_to", "ordinal"],
        unique=True,
        postgresql_where=sa.text("reply_to IS NOT NULL"),
    )
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "see",
                "correct",
                "delete",
                "withdraw",
                name="requestkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column(
            "came_by",
            sa.Enum(
                "office",
                "phone",
                "letter",
                "message",
                "visit",
                name="cameby",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("asked_by", core.encryption.EncryptedText(), nullable=False),
        sa.Column("asked", core.encryption.EncryptedText(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.BigInteger(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extended_for", core.encryption.EncryptedText(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "answered",
                "done",
                "refused",
                "dropped",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("outcome", core.encryption.EncryptedText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_privacy_request_commune_code_commune")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_privacy_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
    )
    op.create_index(op.f("ix_privacy_request_commune_code"), "privacy_request", ["commune_code"], unique=False)
    op.create_index(op.f("ix_privacy_request_person_id"), "privacy_request", ["person_id"], unique=False)
    op.create_index(
        "ix_privacy_request_waiting",
        "privacy_request",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('received', 'answered')"),
    )
    op.create_table(
        "returned_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("values", core.encryption.EncryptedJson(), nullable=False),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_returned_row_commune_code_commune")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["returned_file.id"], name=op.f("fk_returned_row_file_id_returned_file"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_returned_row_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_row")),
        sa.UniqueConstraint("file_id", "row", name=op.f("uq_returned_row_file_id")),
    )
    op.create_index(op.f("ix_returned_row_commune_code"), "returned_row", ["commune_code"], unique=False)
    op.create_table(
        "signed_sheet",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("outcome_group", sa.String(length=12), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("dong", sa.BigInteger(), nullable=False),
        sa.Column("columns", core.encryption.EncryptedJson(), nullable=False),
        sa.Column("rows", core.encryption.EncryptedJson(), nullable=False),
        sa.Column("file", core.encryption.EncryptedBytes(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_signed_sheet_commune_code_commune")),
        sa.ForeignKeyConstraint(["list_id"], ["signed_list.id"], name=op.f("fk_signed_sheet_list_id_signed_list")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_sheet")),
        sa.UniqueConstraint("list_id", "outcome_group", name=op.f("uq_signed_sheet_list_id")),
    )
    op.create_index(op.f("ix_signed_sheet_commune_code"), "signed_sheet", ["commune_code"], unique=False)
    op.create_table(
        "step_left_out",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_step_left_out_step_id_step")),
        sa.PrimaryKeyConstraint("step_id", "person_id", name=op.f("pk_step_left_out")),
    )
    op.create_table(
        "step_text",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("zalo_template", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("planned_by", sa.BigInteger(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_step_text_step_id_step")),
        sa.PrimaryKeyConstraint("step_id", "number", name=op.f("pk_step_text")),
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "sms", "zalo", "telegram", "web", name="channel", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column(
            "owner",
            sa.Enum("bot", "officer", name="owner", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("writes_marks", sa.Boolean(), nullable=True),
        sa.Column("codes_tried", sa.Integer(), nullable=False),
        sa.Column("offered", core.encryption.EncryptedText(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact_point.id"], name=op.f("fk_thread_contact_id_contact_point")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_thread_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("channel", "contact_id", name=op.f("uq_thread_channel")),
    )
    op.create_index(op.f("ix_thread_commune_code"), "thread", ["commune_code"], unique=False)
    op.create_index(op.f("ix_thread_person_id"), "thread", ["person_id"], unique=False)


def downgrade() -> None:
    for table in ["thread", "step_text", "step_left_out", "signed_sheet", "returned_row", "privacy_request", "message"]:
        op.drop_table(table)
