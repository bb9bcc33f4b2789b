"""Gauges of this room whose names are made at run time (one for an account, one for a step)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.gauges import Gauge


def set_named_gauge(session: Session, name: str, value: int, at: datetime) -> None:
    """Write `value` as read at `at`."""
    row = insert(Gauge).values(name=name, value=value, read_at=at)
    session.execute(row.on_conflict_do_update(index_elements=[Gauge.name], set_={"value": value, "read_at": at}))


def named_gauge(session: Session, name: str) -> int | None:
    """The value last written; None when there is none."""
    gauge = session.get(Gauge, name, populate_existing=True)
    return None if gauge is None else gauge.value
