"""Steps of a campaign: one text to one audience at one time."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

import roster.campaign  # noqa: F401  # the table of a foreign key
from core.orm import Base


class StepKind(StrEnum):
    """What a step is for."""

    INVITATION = "invitation"
    REMINDER = "reminder"


class StepState(StrEnum):
    """Where a step stands. Sealed: its rows are fixed, one a person."""

    PLANNED = "planned"
    RELEASED = "released"
    SEALED = "sealed"
    DONE = "done"
    CANCELLED = "cancelled"


class Step(Base):
    """One text, due once. A second person releases it."""

    __tablename__ = "step"
    __table_args__ = (CheckConstraint("released_by IS NULL OR released_by <> planned_by", name="two_people"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[StepKind]
    channel: Mapped[str] = mapped_column(String(12))
    template: Mapped[str]
    audience: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """{"communes": [code, …] or absent for all, "categories": […]}."""
    due_at: Mapped[datetime]
    state: Mapped[StepState]
    planned_by: Mapped[int | None] = mapped_column(BigInteger)
    released_by: Mapped[int | None] = mapped_column(BigInteger)
    released_at: Mapped[datetime | None]
