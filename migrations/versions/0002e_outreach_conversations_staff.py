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
        "money_answer",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("escalation_id", sa.BigInteger(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_money_answer_commune_code_commune")),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalation.id"], name=op.f("fk_money_answer_escalation_id_escalation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_money_answer_person_id_person")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_money_answer_step_id_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_answer")),
        sa.UniqueConstraint("message_id", "person_id", name=op.f("uq_money_answer_message_id")),
    )
    op.create_index("ix_money_answer_asked", "money_answer", ["step_id", "person_id"], unique=False)
    op.create_index(op.f("ix_money_answer_commune_code"), "money_answer", ["commune_code"], unique=False)
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
    for table in ["payment", "money_answer"]:
        op.drop_table(table)
