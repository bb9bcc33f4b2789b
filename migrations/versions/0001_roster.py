"""The ground floor and the roster"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import core.encryption

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), server_default=sa.text("''::bytea"), nullable=False),
        sa.Column("hash", sa.LargeBinary(), server_default=sa.text("''::bytea"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor", "id"], unique=False)
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"], unique=False, postgresql_using="brin")
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject", "id"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "account_details",
            sa.Enum(
                "chat", "officer", "vneid", name="accountdetails", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "running",
                "paused",
                "closed",
                name="campaignstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("pause_reason", sa.String(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ceiling_dong", sa.BigInteger(), nullable=True),
        sa.Column("sending_opens", sa.Time(), nullable=True),
        sa.Column("sending_closes", sa.Time(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    op.create_table(
        "commune",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_commune")),
        sa.UniqueConstraint("name", name=op.f("uq_commune_name")),
    )
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "phone",
                "zalo",
                "telegram",
                "web",
                name="contactkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("address", core.encryption.EncryptedText(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("mobile", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("same_as", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["same_as"], ["contact_point.id"], name=op.f("fk_contact_point_same_as_contact_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("kind", "address_index", name=op.f("uq_contact_point_kind")),
    )
    op.create_index(op.f("ix_contact_point_same_as"), "contact_point", ["same_as"], unique=False)
    op.create_index(
        "ix_contact_point_stopped",
        "contact_point",
        ["stopped_at"],
        unique=False,
        postgresql_where=sa.text("stopped_at IS NOT NULL"),
    )
    op.create_table(
        "draft_write",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "kind", name=op.f("pk_draft_write")),
    )
    op.create_index(
        "ix_draft_write_worry",
        "draft_write",
        ["written_at"],
        unique=False,
        postgresql_where=sa.text("kind = 'faq/is_this_a_scam'"),
    )
    op.create_table(
        "gauge",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_gauge")),
    )
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_digest", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "staged",
                "merged",
                "discarded",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.Column("unchanged", sa.Integer(), nullable=True),
        sa.Column("staged_by", sa.BigInteger(), nullable=True),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
        sa.UniqueConstraint("file_digest", name=op.f("uq_roster_import_file_digest")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.Column(
            "given_name_folded",
            sa.String(),
            sa.Computed("regexp_replace(folded_name, '^.* ', '')", persisted=True),
            nullable=False,
        ),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column(
            "gender",
            sa.Enum("male", "female", name="gender", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("citizen_id", core.encryption.EncryptedText(), nullable=True),
        sa.Column("citizen_id_index", sa.LargeBinary(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("address", core.encryption.EncryptedText(), nullable=True),
        sa.Column("paid_by", sa.String(), nullable=True),
        sa.Column("under_guardianship", sa.Boolean(), nullable=False),
        sa.Column("deceased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrew_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_person_commune_code_commune")),
        sa.ForeignKeyConstraint(["import_id"], ["roster_import.id"], name=op.f("fk_person_import_id_roster_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("reference", name=op.f("uq_person_reference")),
    )
    op.create_index(op.f("ix_person_citizen_id_index"), "person", ["citizen_id_index"], unique=False)
    op.create_index(op.f("ix_person_commune_code"), "person", ["commune_code"], unique=False)
    op.create_index(
        "ix_person_folded_name_prefix",
        "person",
        ["folded_name"],
        unique=False,
        postgresql_ops={"folded_name": "text_pattern_ops"},
    )
    op.create_index(
        "ix_person_list_order", "person", ["commune_code", "given_name_folded", "folded_name"], unique=False
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("bot", "phone", "visit", name="source", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("answers", core.encryption.EncryptedJson(), nullable=False),
        sa.Column("open_question", sa.String(), nullable=True),
        sa.Column("notice", core.encryption.EncryptedJson(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "declared", "closed", name="draftstate", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "closing",
            sa.Enum(
                "refused_consent",
                "wrong_number",
                "death_reported",
                "already_done",
                "started_over",
                "consent_withdrawn",
                "campaign_over",
                name="closing",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_draft_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_draft_commune_code_commune")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact_point.id"], name=op.f("fk_draft_contact_id_contact_point")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_person_id"), "draft", ["person_id"], unique=False)
    op.create_index(op.f("ix_draft_thread_id"), "draft", ["thread_id"], unique=False)
    op.create_index(
        "uq_draft_open_per_thread", "draft", ["thread_id"], unique=True, postgresql_where=sa.text("state = 'open'")
    )


def downgrade() -> None:
    for table in [
        "draft",
        "person",
        "roster_import",
        "gauge",
        "draft_write",
        "contact_point",
        "commune",
        "campaign",
        "audit_entry",
    ]:
        op.drop_table(table)
