"""Bringing everything that is encrypted under the newest key, so that an old one can be thrown away.

Which columns those are, the models say (`core.encryption.ENCRYPTED`); Rasa's own table is added by hand, for Rasa makes
it. Services go on working meanwhile: they read under every key of the ring, and a value that changes while it is looked
at is left to them, for they write under the newest. Done again, or after a break, it passes over what is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    CursorResult,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    inspect,
    text,
)
from sqlalchemy import type_coerce as as_type
from sqlalchemy.orm import Session

from core.by_key import Opens, batches, is_row
from core.database import Role, role_url, transaction
from core.encryption import ENCRYPTED, rotate, under_newest_key
from core.uncaught import ForTheOperator

AT_ONCE = 200
"""Rows of one transaction: pictures are among them."""
RASAS_TURNS = Table(
    "turn", MetaData(), Column("id", BigInteger, primary_key=True), Column("events", LargeBinary), schema="rasa"
)
_NOT_OURS = ("procrastinate_", "alembic_version")


class TableUnknown(ForTheOperator, RuntimeError):
    """The database holds a table that no model speaks of: what is in it would be lost with the old key."""

    def __init__(self, names: set[str]) -> None:
        super().__init__(f"Cơ sở dữ liệu có bảng mà chương trình không biết: {', '.join(sorted(names))}.")


@dataclass
class Rotated:
    """What became of one table. `unreadable`: values under no key of the ring, as "table.column key"."""

    table: str
    seen: int = 0
    rotated: int = 0
    unreadable: list[str] = field(default_factory=list)


def encrypted_columns(table: Table) -> list[Column[Any]]:
    """The columns of `table` that are kept encrypted."""
    return [column for column in table.columns if isinstance(column.type, ENCRYPTED)]


def rotate_everything(metadata: MetaData, at_once: int = AT_ONCE) -> Iterator[Rotated]:
    """Rotate every table, the smallest names first; yields each when it is done. Raises TableUnknown."""
    _refuse_unknown(metadata)
    for table in sorted(metadata.tables.values(), key=lambda one: one.name):
        if columns := encrypted_columns(table):
            yield rotate_table(transaction, table, columns, at_once)
    yield from _rotate_rasas(at_once)


def rotate_table(opens: Opens, table: Table, columns: list[Column[Any]], at_once: int) -> Rotated:
    """Rotate `columns` of every row."""
    done = Rotated(table.fullname)
    for session, rows in batches(opens, table, [as_type(column, LargeBinary) for column in columns], at_once):
        for row in rows:
            done.seen += 1
            for column, token in zip(columns, row[-len(columns) :], strict=True):
                if token is not None:
                    _rotate(session, table, column, row, bytes(token), done)
    return done


def _rotate(
    session: Session | Connection, table: Table, column: Column[Any], row: Any, token: bytes, done: Rotated
) -> None:
    if under_newest_key(token):
        return
    try:
        renewed = rotate(token)
    except InvalidToken:
        key = "/".join(str(part) for part in row[: len(table.primary_key.columns)])
        done.unreadable.append(f"{table.fullname}.{column.name} {key}")
        return
    unchanged = as_type(column, LargeBinary) == token
    change = table.update().where(is_row(table, row), unchanged).values({column: as_type(renewed, LargeBinary)})
    changed: CursorResult[Any] = session.execute(change)  # type: ignore[assignment]  # an UPDATE gives no other
    done.rotated += changed.rowcount


def _refuse_unknown(metadata: MetaData) -> None:
    with transaction() as session:
        names = set(session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")))
    unknown = {name for name in names if name not in metadata.tables and not name.startswith(_NOT_OURS)}
    if unknown:
        raise TableUnknown(unknown)


def _rotate_rasas(at_once: int) -> Iterator[Rotated]:
    """Rasa's turns, as Rasa's role: no other may read them."""
    engine = create_engine(role_url(Role.RASA), hide_parameters=True)
    try:
        if inspect(engine).has_table("turn", schema="rasa"):
            yield rotate_table(engine.begin, RASAS_TURNS, [RASAS_TURNS.c.events], at_once)
    finally:
        engine.dispose()
