"""A list that went out, corrected and brought back: every edited field becomes a request, nothing is overwritten.

Besides the workbook made for it, any list with a column "Mã hồ sơ" is read: there, what differs from the roster is
what was edited, for it does not say what it once said.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core import audit
from core.clock import VIETNAM
from language.codes import LENGTH, is_valid, read_code
from roster.changes.asking import ask
from roster.changes.change_request import ChangeField, ChangeSource
from roster.changes.values import CORRECTABLE, FIELD_NAMES, ValueRefused, as_stated, same, text_of
from roster.changes.workbook import CODE, before_title
from roster.intake.package import Source
from roster.intake.settings import IntakeSettings
from roster.people import find_by_reference
from roster.person import Person
from roster.returned.returned_file import ReturnedRow
from roster.returned.staging import Apply, Note, ReadRow, ReturnRefused
from roster.returned.table import TableRow, read_table

_NAME = FIELD_NAMES[ChangeField.FULL_NAME]
_GONE_BLANK = "Ô để trống: không xóa giá trị đang có."


class CorrectionReader:
    """Reads the rows of one corrected list as of one moment, within what `session` sees."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self._today = at.astimezone(VIETNAM).date()
        self._met: set[str] = set()

    def read(self, source: Source) -> list[ReadRow]:
        """The rows in which something was edited. Raises `roster.intake.IntakeError`, and ReturnRefused where the list
        says all that the roster says."""
        titles = [FIELD_NAMES[field] for field in CORRECTABLE]
        known = [CODE, *titles, *map(before_title, titles)]
        table = read_table(source, (CODE, _NAME), known, IntakeSettings(today=self._today))
        rows = [self._row(row) for row in table if row.get(CODE)]
        edited = [row for row in rows if row.given or row.notes]
        if rows and not edited:
            raise ReturnRefused("Tệp này không có ô nào khác với danh sách.")
        return edited

    def _row(self, row: TableRow) -> ReadRow:
        read = ReadRow(row.number, row.get(_NAME), None, None)
        code = "".join(row.get(CODE).split())
        reference = read_code(code) if len(code) == LENGTH else ""
        person = find_by_reference(self._session, reference) if is_valid(reference) else None
        if person is None:
            read.notes.append(Note(CODE, "Không có hồ sơ này ở xã, phường của anh/chị.", True))
            return read
        read.commune_code, read.person_id = person.commune_code, person.id
        if reference in self._met:
            read.notes.append(Note(CODE, "Người này đã có ở một dòng trên.", True))
        self._met.add(reference)
        fields = {}
        for field in CORRECTABLE:
            if change := self._change(read, row, field, person):
                fields[field.value] = change
        if fields:
            read.given = {"fields": fields}
        return read

    def _change(self, read: ReadRow, row: TableRow, field: ChangeField, person: Person) -> dict[str, str] | None:
        """The field's new and old text, where it was edited."""
        title, now = FIELD_NAMES[field], text_of(person, field)
        typed, before = row.get(title), self._before(row, field, now)
        if not typed:
            if before and row.get(before_title(title)):
                read.notes.append(Note(title, _GONE_BLANK))
            return None
        if same(field, typed, before) or same(field, typed, now):
            return None
        try:
            stated = as_stated(field, typed, self._today)
        except ValueRefused as refusal:
            read.notes.append(Note(title, str(refusal), True))
            return None
        if same(field, stated, before) or same(field, stated, now):
            return None
        if not same(field, before, now):
            read.notes.append(Note(title, "Danh sách đã đổi mục này từ khi tải tệp."))
        return {"new": stated, "old": before}

    def _before(self, row: TableRow, field: ChangeField, now: str) -> str:
        """What the list said when it went out; of a list that does not keep it, what the roster says."""
        keeps = bool(row.get(before_title(_NAME)))
        return row.get(before_title(FIELD_NAMES[field])) if keeps else now


def apply_corrections(session: Session, staff_id: int, at: datetime) -> Apply:
    """Asks for the changes of one file, for `roster.returned.staging.merge_returned`."""
    actor = audit.staff_actor(staff_id)

    def apply(row: ReturnedRow, person: Person) -> bool:
        fields: dict[str, Any] = row.values["given"].get("fields", {})
        asked = [
            ask(session, person, ChangeField(name), change["new"], ChangeSource.WORKBOOK, actor, staff_id, at,
                old=change["old"])
            for name, change in fields.items()
        ]  # fmt: skip
        told = [one for one in asked if one]
        if told:
            audit.record_all(session, told)
        return bool(told)

    return apply
