"""Steps of a campaign: one text to one audience at one time, over one ladder of channels."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, or_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

import roster.campaign  # noqa: F401  # the table of a foreign key
from core.orm import Base
from outreach.rungs import Rung, ladder_from_json
from outreach.timing import FromOwnStep, FromPayday, Timing, timing_from_json


class StepKind(StrEnum):
    """What a step is for; `outreach.meant_for` says to whom each goes."""

    INVITATION = "invitation"
    REMINDER_UNANSWERED = "reminder_unanswered"
    """To those who were invited and have not answered."""
    REMINDER_UNFINISHED = "reminder_unfinished"
    """To those whose survey was begun and lies idle."""
    FINAL = "final"
    """The last word before the deadline, to everybody invited who has declared nothing."""
    MONEY_CAME = "money_came"
    """After payday, to those whose account was handed on: did the money come?"""


OVER_THE_SURVEYS_PHONE = (StepKind.REMINDER_UNFINISHED, StepKind.FINAL)
"""These follow a person to the phone on which the survey was begun, also where the roster does not know it."""


AFTER_AN_INVITATION = (StepKind.REMINDER_UNANSWERED, StepKind.FINAL)
"""These go to people who were written to before."""


class StepState(StrEnum):
    """Where a step stands. Sealed: its rows are fixed, one a person."""

    PLANNED = "planned"
    RELEASED = "released"
    SEALED = "sealed"
    DONE = "done"
    CANCELLED = "cancelled"


class Step(Base):
    """One text, due once. A second person releases it; from then on the database refuses changes to what goes out."""

    __tablename__ = "step"
    __table_args__ = (CheckConstraint("released_by IS NULL OR released_by <> planned_by", name="two_people"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[StepKind]
    template: Mapped[str]
    audience: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """`outreach.audience.Audience.as_json`."""
    ladder: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """`outreach.rungs.ladder_as_json`: the channels that are tried one after the other."""
    timing: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """`outreach.timing.as_json`: what the moment is reckoned from."""
    zalo_template: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """The approved template as it was mapped when the step was released (`outreach.channels.zalo.templates`)."""
    due_at: Mapped[datetime]
    """When it begins, reckoned from `timing`."""
    communes_sealed: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """Where the moment differs by commune: those whose people have their rows."""
    state: Mapped[StepState]
    planned_by: Mapped[int | None] = mapped_column(BigInteger)
    released_by: Mapped[int | None] = mapped_column(BigInteger)
    released_at: Mapped[datetime | None]

    @property
    def moment(self) -> Timing:
        """What its time is reckoned from. Raises TimingRefused for one that was written by hand and cannot be."""
        return timing_from_json(self.timing)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The ladder. Raises LadderRefused for one that was written by hand and cannot be."""
        return ladder_from_json(self.ladder)

    @property
    def channel(self) -> str:
        """The channel of the first rung."""
        return self.rungs[0].channel


def is_rolling(step: Step) -> bool:
    """Whether people get their rows as each one's own moment comes; the step stays released meanwhile."""
    return step.kind is StepKind.REMINDER_UNFINISHED or isinstance(step.moment, FromOwnStep | FromPayday)


ROLLING = or_(Step.kind == StepKind.REMINDER_UNFINISHED, Step.timing.has_key("own_step"), Step.timing.has_key("payday"))
"""SQL: the same."""
