"""Outreach, conversations and staff"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import core.encryption

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("provider", sa.String(length=12), nullable=False),
        sa.Column("provider_message_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("provider", "provider_message_id", "status", name=op.f("uq_receipt_provider")),
    )
    op.create_index(
        "ix_receipt_waiting", "receipt", ["id"], unique=False, postgresql_where=sa.text("applied_at IS NULL")
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("all_communes", sa.Boolean(), nullable=False),
        sa.Column("tf_primary_method", sa.String(), nullable=True),
        sa.Column("tf_totp_secret", sa.String(), nullable=True),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("current_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_ip", sa.String(), nullable=True),
        sa.Column("current_login_ip", sa.String(), nullable=True),
        sa.Column("login_count", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_staff_fs_uniquifier")),
    )
    op.create_table(
        "staff_role",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_role_name")),
    )
    op.create_table(
        "staff_communes",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_staff_communes_commune_code_commune")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_communes_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "commune_code", name=op.f("pk_staff_communes")),
    )
    op.create_table(
        "staff_roles",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["staff_role.id"], name=op.f("fk_staff_roles_role_id_staff_role")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_roles_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "role_id", name=op.f("pk_staff_roles")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("invitation", "reminder", name="stepkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("audience", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "released",
                "sealed",
                "done",
                "cancelled",
                name="stepstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("planned_by", sa.BigInteger(), nullable=True),
        sa.Column("released_by", sa.BigInteger(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("released_by IS NULL OR released_by <> planned_by", name=op.f("ck_step_two_people")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_step_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
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
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("provider", sa.String(length=12), nullable=False),
        sa.Column("body", core.encryption.EncryptedText(), nullable=False),
        sa.Column("choices", core.encryption.EncryptedText(), nullable=True),
        sa.Column("template", core.encryption.EncryptedJson(), nullable=True),
        sa.Column("segments", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_message_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact_point.id"], name=op.f("fk_message_contact_id_contact_point")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id_person")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_message_step_id_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("reply_to", "ordinal", name=op.f("uq_message_reply_to")),
        sa.UniqueConstraint("step_id", "person_id", name=op.f("uq_message_step_id")),
    )
    op.create_index("ix_message_accepted", "message", ["account", "accepted_at"], unique=False)
    op.create_index("ix_message_contact", "message", ["contact_id", "id"], unique=False)
    op.create_index(
        "ix_message_due", "message", ["account", "id"], unique=False, postgresql_where=sa.text("state = 'planned'")
    )
    op.create_index(op.f("ix_message_person_id"), "message", ["person_id"], unique=False)
    op.create_index("ix_message_provider", "message", ["provider", "provider_message_id"], unique=False)
    op.create_index("ix_message_thread", "message", ["thread_id", "id"], unique=False)
    op.create_index(
        "ix_message_unsettled",
        "message",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state IN ('claimed', 'unknown')"),
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
                "waiting", "kept", "lost", name="attachmentstate", native_enum=False, create_constraint=True, length=24
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


def downgrade() -> None:
    for table in [
        "attachment",
        "inbound_message",
        "escalation",
        "attempt",
        "thread",
        "message",
        "step",
        "staff_roles",
        "staff_communes",
        "staff_role",
        "staff",
        "receipt",
    ]:
        op.drop_table(table)
