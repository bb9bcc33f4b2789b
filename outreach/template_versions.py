"""The texts a step has had. The database itself writes one down whenever a step's text or its approved Zalo template
changes (`migrations/versions/0003_rights.py`), and nobody can change or delete it.

A message keeps its own text besides (`outreach.message`): it can be shown as it was, whatever became of the step.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

import outreach.step  # noqa: F401  # the table of a foreign key
from core.orm import Base


class StepText(Base):
    """One version: the first has the number 1. `planned_by`: who had planned the step so; `kept_at`: by the database's
    clock."""

    __tablename__ = "step_text"

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    template: Mapped[str]
    zalo_template: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    planned_by: Mapped[int | None] = mapped_column(BigInteger)
    kept_at: Mapped[datetime]


def versions_of(session: Session, step_id: int) -> list[StepText]:
    """All versions of a step's text, the latest first."""
    wanted = select(StepText).where(StepText.step_id == step_id).order_by(StepText.number.desc())
    return list(session.scalars(wanted))
