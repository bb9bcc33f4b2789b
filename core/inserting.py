"""Inserting a row exactly once without the right to read the table: the public door may put in and not look."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.orm import Session


def insert_once(session: Session, row: Insert) -> bool:
    """Run `row`, an insert of one row, unless a unique key of it is there already; whether it was inserted.

    It names no key and gives nothing back: either would need SELECT, and a policy that shows the new row.
    """
    once = row.on_conflict_do_nothing().inline().execution_options(preserve_rowcount=True)
    result: CursorResult[Any] = session.connection().execute(once)
    return result.rowcount == 1
