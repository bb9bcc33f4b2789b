"""Gauges that one room writes and another reads, such as the backlog of unanswered messages that paces a wave."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.orm import Base


class GaugeName(StrEnum):
    """What is gauged by one room for another."""

    UNANSWERED = "unanswered_messages"
    OPEN_ESCALATIONS = "open_escalations"
    FAILED_JOBS = "failed_jobs"
    WAVE_PACE = "wave_pace_percent"
    """How much of their pace waves are given; `note` says why it is less than all (Vietnamese, for managers)."""


class Gauge(Base):
    """One number and when it was read."""

    __tablename__ = "gauge"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str | None]
    """What stands behind the number, where a person reads it."""
    read_at: Mapped[datetime]


def set_gauge(session: Session, name: str, value: int, at: datetime, note: str | None = None) -> None:
    """Write `value` as read at `at`. `name`: a GaugeName, or one that is made at run time."""
    read = {"value": value, "read_at": at, "note": note}
    row = insert(Gauge).values(name=str(name), **read)
    session.execute(row.on_conflict_do_update(index_elements=[Gauge.name], set_=read))


def gauge(session: Session, name: str) -> Gauge | None:
    """What was last written under `name`; None when nothing was."""
    return session.get(Gauge, str(name), populate_existing=True)
