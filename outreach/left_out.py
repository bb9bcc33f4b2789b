"""Whom a step was meant for and did not write to, with the reason, written by the statement that seals the step."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

import outreach.step  # noqa: F401  # the table of a foreign key
from core.orm import Base


class StepLeftOut(Base):
    """One person of the step's audience who got no row, and why (`outreach.reasons.Reason`).

    With the ledger's rows and their members this makes up the whole audience. There is no foreign key to the person:
    it would cost a look-up for each of hundreds of thousands of rows, and people are never deleted.
    """

    __tablename__ = "step_left_out"

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    commune_code: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(24))
