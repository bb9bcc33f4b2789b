"""Hanoi's 126 communes as they stand since 2025-07-01 (vietnam-provinces, from the statistics office's list)"""

import unicodedata

import sqlalchemy as sa
from alembic import op
from vietnam_provinces import ProvinceCode, Ward

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

HANOI = ProvinceCode(1)


def upgrade() -> None:
    commune = sa.table("commune", sa.column("code"), sa.column("name"), sa.column("folded_name"))
    rows = [
        {"code": f"{int(ward.code):05d}", "name": ward.name, "folded_name": _fold(ward.name)}
        for ward in Ward.iter_by_province(HANOI)
    ]
    op.bulk_insert(commune, rows)


def _fold(name: str) -> str:
    marks_apart = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in marks_apart if not unicodedata.combining(letter))


def downgrade() -> None:
    op.execute("DELETE FROM commune")
