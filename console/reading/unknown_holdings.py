"""What stands on a person in tables that nobody has put into words yet: complete rather than pretty."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from console.reading.held_record import Field, Section
from core.orm import Base

TITLES = {
    "payment": "Kết quả chi trả từng tháng",
    "import_row": "Dòng trong danh sách đã nhập",
    "returned_row": "Dòng trong tệp đã đưa lên",
    "message_member": "Tin nhắn gửi chung cho cả nhà",
    "step_left_out": "Lượt tin không gửi, và lý do",
}
_PERSON = "person_id"


def unknown_holdings(session: Session, person_id: UUID, in_words: Collection[str]) -> list[Section]:
    """A section for every table that names the person, but for those of `in_words`; empty ones are left out."""
    tables = [
        table
        for name, table in sorted(Base.metadata.tables.items())
        if _PERSON in table.columns and name not in in_words
    ]
    found = [_section(session, table, person_id) for table in tables]
    return [section for section in found if section.records]


def _section(session: Session, table: Table, person_id: UUID) -> Section:
    shown = [column for column in table.columns if column.name != _PERSON and not column.name.endswith("_index")]
    rows = session.execute(select(*shown).where(table.c[_PERSON] == person_id))
    records = [
        [Field(column.name, column.name, value) for column, value in zip(shown, row, strict=True)] for row in rows
    ]
    return Section(table.name, TITLES.get(table.name, table.name), records)
