"""Gauges that one room writes and another reads, such as the backlog of unanswered messages that paces a wave."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.orm import Base


class GaugeName(StrEnum):
    """What is gauged."""

    UNANSWERED = "unanswered_messages"
    OPEN_ESCALATIONS = "open_escalations"


class Gauge(Base):
    """One number and when it was read."""

    __tablename__ = "gauge"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
    read_at: Mapped[datetime]


def set_gauge(session: Session, name: GaugeName, value: int, at: datetime) -> None:
    """Write `value` as read at `at`."""
    row = insert(Gauge).values(name=name.value, value=value, read_at=at)
    session.execute(row.on_conflict_do_update(index_elements=[Gauge.name], set_={"value": value, "read_at": at}))
