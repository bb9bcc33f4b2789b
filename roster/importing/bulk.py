"""Many rows into one table at once: one statement whose parameters are whole columns.

A merge takes a quarter less time so than with a statement a row; COPY would be faster still, but PostgreSQL refuses
it on tables with row-level security.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Table, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.orm import Base


def insert_rows(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, ignore_conflicts: bool = False
) -> None:
    """Insert `rows`, all with the same column names, into the table of `model`.

    `ignore_conflicts`: rows that stand already by some unique key are passed over.
    """
    if not rows:
        return
    table = Base.metadata.tables[model.__tablename__]
    names = list(rows[0])
    source = func.unnest(*(_column(table, name, rows) for name in names)).table_valued(*names).render_derived()
    statement = insert(table).from_select(names, select(*(source.c[name] for name in names)))
    session.execute(statement.on_conflict_do_nothing() if ignore_conflicts else statement)


def _column(table: Table, name: str, rows: Sequence[Mapping[str, Any]]) -> Any:
    return literal([row[name] for row in rows], ARRAY(table.c[name].type))
