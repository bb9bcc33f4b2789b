"""Outreach, conversations and staff (2)"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import core.encryption

revision = "0002b"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "returned_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "visits",
                "match",
                "changes",
                "payments",
                "sync",
                name="returnedkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "staged",
                "merged",
                "discarded",
                name="returnedstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.Column("unchanged", sa.Integer(), nullable=True),
        sa.Column("staged_by", sa.BigInteger(), nullable=True),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.BigInteger(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_returned_file_commune_code_commune")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_file")),
        sa.UniqueConstraint("kind", "digest", name=op.f("uq_returned_file_kind")),
    )
    op.create_index(op.f("ix_returned_file_commune_code"), "returned_file", ["commune_code"], unique=False)
    op.create_table(
        "signed_list",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("signed_by", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_signed_list_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_signed_list_commune_code_commune")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_list")),
        sa.UniqueConstraint("campaign_id", "commune_code", "version", name=op.f("uq_signed_list_campaign_id")),
    )
    op.create_index(op.f("ix_signed_list_commune_code"), "signed_list", ["commune_code"], unique=False)
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
        "staff_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ended_by",
            sa.Enum(
                "signed_out",
                "idle",
                "too_long",
                "new_password",
                "administrator",
                name="sessionend",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "reminder_unanswered",
                "reminder_unfinished",
                "final",
                "money_came",
                name="stepkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("audience", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ladder", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("timing", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("zalo_template", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("communes_sealed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
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
        "visit_list",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("neighbourhood", sa.String(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_visit_list_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_visit_list_commune_code_commune")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_list")),
    )
    op.create_index(op.f("ix_visit_list_commune_code"), "visit_list", ["commune_code"], unique=False)
    op.create_table(
        "change_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "full_name",
                "birth",
                "gender",
                "citizen_id",
                "address",
                "paid_by",
                "moved",
                "deceased",
                name="changefield",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("old", core.encryption.EncryptedText(), nullable=True),
        sa.Column("new", core.encryption.EncryptedText(), nullable=False),
        sa.Column("new_index", sa.LargeBinary(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "workbook", "police", "visit", name="changesource", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "accepted", "refused", name="changestate", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", core.encryption.EncryptedText(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_change_request_decided_once")),
        sa.CheckConstraint(
            "decided_by IS NULL OR asked_by IS NULL OR decided_by <> asked_by", name=op.f("ck_change_request_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_change_request_commune_code_commune")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_change_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
    )
    op.create_index(op.f("ix_change_request_commune_code"), "change_request", ["commune_code"], unique=False)
    op.create_index(op.f("ix_change_request_person_id"), "change_request", ["person_id"], unique=False)
    op.create_index(
        "ix_change_request_waiting",
        "change_request",
        ["commune_code", "asked_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_change_request_open",
        "change_request",
        ["person_id", "field", "new_index"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "loudspeaker_text",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_loudspeaker_text_step_id_step")),
        sa.PrimaryKeyConstraint("step_id", "commune_code", name=op.f("pk_loudspeaker_text")),
    )
    op.create_table(
        "match_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("match_file_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sent", core.encryption.EncryptedJson(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "matched",
                "mismatch",
                "not_found",
                "no_id",
                "deceased",
                "moved",
                "absent",
                "temporary_residence",
                name="matchresult",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("answer", core.encryption.EncryptedJson(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_match_row_commune_code_commune")),
        sa.ForeignKeyConstraint(
            ["match_file_id"], ["match_file.id"], name=op.f("fk_match_row_match_file_id_match_file")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_match_row_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_row")),
        sa.UniqueConstraint("key", name=op.f("uq_match_row_key")),
        sa.UniqueConstraint("match_file_id", "person_id", name=op.f("uq_match_row_match_file_id")),
    )
    op.create_index(op.f("ix_match_row_commune_code"), "match_row", ["commune_code"], unique=False)
    op.create_index(op.f("ix_match_row_person_id"), "match_row", ["person_id"], unique=False)


def downgrade() -> None:
    for table in [
        "match_row",
        "loudspeaker_text",
        "change_request",
        "visit_list",
        "step",
        "staff_session",
        "staff_roles",
        "staff_communes",
        "signed_list",
        "returned_file",
    ]:
        op.drop_table(table)
