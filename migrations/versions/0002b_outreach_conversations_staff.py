"""Outreach, conversations and staff (2)"""

import sqlalchemy as sa
from alembic import op

import core.encryption

revision = "0002b"
down_revision = "0002"
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
        "step_left_out",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_step_left_out_step_id_step")),
        sa.PrimaryKeyConstraint("step_id", "person_id", name=op.f("pk_step_left_out")),
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
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
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


def downgrade() -> None:
    for table in [
        "message_member",
        "inbound_message",
        "escalation",
        "attempt",
        "thread",
        "step_left_out",
        "privacy_request",
        "message",
    ]:
        op.drop_table(table)
