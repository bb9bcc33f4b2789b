"""The ground floor and the roster (2)"""

import sqlalchemy as sa
from alembic import op

import core.encryption

revision = "0001b"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entitlement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("monthly_dong", sa.Integer(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_entitlement_commune_code_commune")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_entitlement_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement")),
        sa.UniqueConstraint("person_id", "category", name=op.f("uq_entitlement_person_id")),
    )
    op.create_index(op.f("ix_entitlement_commune_code"), "entitlement", ["commune_code"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column("values", core.encryption.EncryptedJson(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_import_row_import_id_roster_import"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_row_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("import_id", "sheet", "row", name=op.f("uq_import_row_import_id")),
    )
    op.create_table(
        "person_contact",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column(
            "holder",
            sa.Enum("self", "relative", "unknown", name="holder", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unlinked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_person_contact_commune_code_commune")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact_point.id"], name=op.f("fk_person_contact_contact_id_contact_point")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_contact_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "contact_id", name=op.f("pk_person_contact")),
    )
    op.create_index(op.f("ix_person_contact_commune_code"), "person_contact", ["commune_code"], unique=False)
    op.create_index(op.f("ix_person_contact_contact_id"), "person_contact", ["contact_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("commune_code", sa.String(length=8), nullable=True),
        sa.Column("reference_given", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "declared",
                "checked",
                "verified",
                "approved",
                "synced",
                "paid_confirmed",
                "needs_correction",
                "duplicate",
                "withdrawn",
                "rejected",
                "returned",
                name="claimstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("outcome_group", sa.String(length=12), nullable=False),
        sa.Column("answers", core.encryption.EncryptedJson(), nullable=False),
        sa.Column("bank", sa.String(), nullable=True),
        sa.Column("account_number", core.encryption.EncryptedText(), nullable=True),
        sa.Column("account_index", sa.LargeBinary(), nullable=True),
        sa.Column("holder_name", sa.String(), nullable=True),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("from_invited_phone", sa.Boolean(), nullable=False),
        sa.Column("beneficiary_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_by", sa.BigInteger(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> verified_by", name=op.f("ck_claim_four_eyes")),
        sa.CheckConstraint("approved_by IS NULL OR verified_by IS NOT NULL", name=op.f("ck_claim_verified_first")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_claim_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_claim_commune_code_commune")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_claim_draft_id_draft")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_claim_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_claim_draft_id")),
    )
    op.create_index(op.f("ix_claim_account_index"), "claim", ["account_index"], unique=False)
    op.create_index(op.f("ix_claim_commune_code"), "claim", ["commune_code"], unique=False)
    op.create_index("ix_claim_person_campaign", "claim", ["person_id", "campaign_id"], unique=False)


def downgrade() -> None:
    for table in ["claim", "person_contact", "import_row", "entitlement"]:
        op.drop_table(table)
