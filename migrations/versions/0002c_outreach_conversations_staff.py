"""Outreach, conversations and staff (3)"""

import sqlalchemy as sa
from alembic import op

import core.encryption

revision = "0002c"
down_revision = "0002b"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
    for table in ["follow_up", "attachment"]:
        op.drop_table(table)
