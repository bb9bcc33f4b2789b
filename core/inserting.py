"""Inserting a row exactly once without the right to read the table: the public door may put in and not look."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from core.orm import Base


def insert_once(session: Session, model: type[Base], **values: Any) -> bool:
    """Insert one row of `model`, unless a unique key of it is there already; whether it was inserted.

    It names no key and gives nothing back: either would need SELECT, and a policy that shows the new row.
    """
    result: CursorResult[Any] = session.connection().execute(_once(model), values)
    return result.rowcount == 1


@lru_cache
def _once(model: type[Base]) -> Insert:
    """Made once: to put the statement together anew for each row took a good part of a webhook's time."""
    row = insert(model).on_conflict_do_nothing().inline()
    return row.execution_options(preserve_rowcount=True)
