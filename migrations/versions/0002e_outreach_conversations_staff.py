"""Outreach, conversations and staff (5)"""

import sqlalchemy as sa
from alembic import op

import core.encryption

revision = "0002e"
down_revision = "0002d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("paid", "returned", name="paymentoutcome", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("dong", sa.Integer(), nullable=True),
        sa.Column("reason", core.encryption.EncryptedText(), nullable=True),
        sa.Column("noted_by", sa.BigInteger(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_payment_claim_id_claim")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_payment_commune_code_commune")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_payment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("person_id", "month", "payer", name=op.f("uq_payment_person_id")),
    )
    op.create_index(op.f("ix_payment_commune_code"), "payment", ["commune_code"], unique=False)
    op.create_index("ix_payment_month", "payment", ["month", "commune_code"], unique=False)


def downgrade() -> None:
    for table in ["payment"]:
        op.drop_table(table)
