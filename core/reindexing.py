"""Making blind indexes anew after their key has changed: from the encrypted values beside them.

While some rows stand under the old key and some under the new one, nobody is found surely and a phone could be put in
twice: so every process of the installation is stopped first. Done again, or after a break, it passes over what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, text
from sqlalchemy.orm import Session

from core.by_key import batches, is_row
from core.database import transaction
from core.encryption import blind_index
from core.uncaught import ForTheOperator

AT_ONCE = 500
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND usename LIKE 'loa\\_%' AND pid <> pg_backend_pid()"
)


class ProcessesRunning(ForTheOperator, RuntimeError):
    """Somebody is connected to the database who would look for people under the old key."""

    def __init__(self, connections: int) -> None:
        super().__init__(
            f"Còn {connections} kết nối của hệ thống vào cơ sở dữ liệu. Xin dừng hết các tiến trình rồi chạy lại."
        )


@dataclass(frozen=True)
class BlindIndex:
    """One indexed value. `purpose`: the index's own, or the column whose value says it."""

    table: Table
    index: Column[Any]
    value: Column[Any]
    purpose: str | Column[Any]

    def of(self, value: str | None, purpose: str | None) -> bytes | None:
        """What must stand in the index."""
        return None if value is None else blind_index(purpose or str(self.purpose), value)


def refuse_while_running(session: Session) -> None:
    """Raises ProcessesRunning."""
    connections: int = session.scalar(_OTHERS) or 0
    if connections:
        raise ProcessesRunning(connections)


def reindex(indexes: Sequence[BlindIndex], tell: Callable[[BlindIndex, int], None]) -> None:
    """Make every index of `indexes` anew, and `tell` how many rows of each were. Raises ProcessesRunning."""
    with transaction() as session:
        refuse_while_running(session)
    for one in indexes:
        tell(one, _reindex(one))


def _reindex(one: BlindIndex) -> int:
    changed = 0
    columns = [one.value, one.index, *([one.purpose] if isinstance(one.purpose, Column) else [])]
    for session, rows in batches(transaction, one.table, columns, AT_ONCE):
        for row in rows:
            value, present, *purpose = row[-len(columns) :]
            wanted = one.of(value, _text(purpose[0]) if purpose else None)
            if wanted != (None if present is None else bytes(present)):
                session.execute(one.table.update().where(is_row(one.table, row)).values({one.index: wanted}))
                changed += 1
    return changed


def _text(value: Any) -> str:
    return str(getattr(value, "value", value))
