"""Walking through a whole table in batches, in the order of its primary key: restartable, and held in little memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, literal, select, tuple_
from sqlalchemy.orm import Session


class Opens(Protocol):
    """Gives a transaction, committed at its end."""

    def __call__(self) -> AbstractContextManager[Session | Connection]: ...


def batches(
    opens: Opens, table: Table, columns: Sequence[ColumnElement[Any]], size: int
) -> Iterator[tuple[Session | Connection, list[Row[Any]]]]:
    """`size` rows at a time, each batch in a transaction of its own, which the caller may write in.

    A row begins with its key (`key_of`), then come `columns`.
    """
    key = list(table.primary_key.columns)
    last: Sequence[Any] | None = None
    while True:
        with opens() as transaction:
            query = select(*key, *columns).order_by(*key).limit(size)
            if last is not None:
                query = query.where(_after(key, last))
            rows = list(transaction.execute(query))
            if rows:
                yield transaction, rows
        if len(rows) < size:
            return
        last = rows[-1][: len(key)]


def is_row(table: Table, row: Row[Any]) -> ColumnElement[bool]:
    """SQL: this very row."""
    return and_(*(column == value for column, value in zip(table.primary_key.columns, row, strict=False)))


def _after(key: Sequence[ColumnElement[Any]], last: Sequence[Any]) -> ColumnElement[bool]:
    values = [literal(value, column.type) for column, value in zip(key, last, strict=True)]
    return tuple_(*key) > tuple_(*values)
