"""Gauges of this room whose names are made at run time (one for an account, one for a step)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core.gauges import gauge, set_gauge


def set_named_gauge(session: Session, name: str, value: int, at: datetime, note: str | None = None) -> None:
    """Write `value` as read at `at`."""
    set_gauge(session, name, value, at, note)


def named_gauge(session: Session, name: str) -> int | None:
    """The value last written; None when there is none."""
    found = gauge(session, name)
    return None if found is None else found.value
