"""The police's results: the encrypted file opened, every row looked at before anything holds."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import pyzipper
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from roster.changes.change_request import ChangeField
from roster.changes.values import FIELD_NAMES, ValueRefused, as_stated, same, text_of
from roster.intake.errors import IntakeError
from roster.intake.settings import IntakeSettings
from roster.matching_police.forms import CORRECTED, Holds, MatchForm, load_forms
from roster.matching_police.match_file import MatchFile, MatchRow
from roster.matching_police.results import FOLLOWS, MatchResult
from roster.person import Person
from roster.returned.staging import Note, ReadRow
from roster.returned.table import NotOurFile, TableRow, read_table

LARGEST = 50 * 1024 * 1024


class CannotOpen(IntakeError):
    """An encrypted file that the password does not open, or that is no such file."""

    message = "Không mở được tệp nén: xin xem lại mật khẩu, và tệp nén phải có đúng một tệp Excel (.xlsx)."


def unlocked(content: bytes, password: str) -> bytes:
    """The workbook itself; of an encrypted zip the one workbook in it. Raises CannotOpen."""
    try:
        with pyzipper.AESZipFile(BytesIO(content)) as archive:
            inside = archive.infolist()
            if any(one.filename == "[Content_Types].xml" for one in inside):
                return content
            sheets = [one for one in inside if one.filename.lower().endswith(".xlsx")]
            if len(sheets) != 1 or sheets[0].file_size > LARGEST:
                raise CannotOpen
            archive.setpassword(password.strip().encode())
            with archive.open(sheets[0]) as sheet:
                return bytes(sheet.read(LARGEST))
    except zipfile.BadZipFile:
        return content  # no zip at all: the intake says what it is
    except (pyzipper.BadZipFile, RuntimeError, ValueError) as problem:
        raise CannotOpen from problem


class ResultReader:
    """Reads the rows of one file as of one moment, within what `session` sees."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self._today = at.astimezone(VIETNAM).date()
        self._met: set[int] = set()

    def read(self, content: bytes) -> list[ReadRow]:
        """The rows in which something was written. Raises `roster.intake.IntakeError`."""
        for form in load_forms():
            try:
                return self._read(content, form)
            except NotOurFile:
                continue
        raise NotOurFile

    def _read(self, content: bytes, form: MatchForm) -> list[ReadRow]:
        needed = [title for holds in (Holds.KEY, Holds.RESULT) if (title := form.title(holds))]
        titles = [column.title for column in form.columns]
        table = read_table(BytesIO(content), needed, titles, IntakeSettings(today=self._today))
        by_holds = {column.holds: column.title for column in form.columns}
        rows = [(row, {holds: row.get(title) for holds, title in by_holds.items()}) for row in table]
        return [self._row(row, said, form) for row, said in rows if said[Holds.KEY] and _filled_in(said)]

    def _row(self, row: TableRow, said: dict[Holds, str], form: MatchForm) -> ReadRow:
        read = ReadRow(row.number, said.get(Holds.FULL_NAME, ""), None, None)
        meant = self._meant(said[Holds.KEY], form)
        person = self._session.get(Person, meant.person_id) if meant else None
        if meant is None or person is None:
            read.notes.append(Note(_title(form, Holds.KEY), "Không có trong tệp đã gửi của xã, phường này.", True))
            return read
        read.commune_code, read.person_id = person.commune_code, person.id
        if meant.id in self._met:
            read.notes.append(Note(_title(form, Holds.KEY), "Dòng này đã có ở trên.", True))
        self._met.add(meant.id)
        result = form.result(said[Holds.RESULT])
        if result is None:
            words = "Không rõ kết quả này." if said[Holds.RESULT] else "Chưa ghi kết quả."
            read.notes.append(Note(_title(form, Holds.RESULT), words, True))
            return read
        note = said.get(Holds.NOTE, "")
        fields = self._fields(read, said, form, meant, person)
        read.given = {"match_row": meant.id, "result": result.value, "fields": fields, "note": note}
        self._fits(read, result, fields, note, form)
        return read

    def _meant(self, key: str, form: MatchForm) -> MatchRow | None:
        wanted = select(MatchRow).join(MatchFile, MatchFile.id == MatchRow.match_file_id)
        return self._session.scalars(wanted.where(MatchRow.key == key.upper(), MatchFile.form == form.key)).first()

    def _fields(
        self, read: ReadRow, said: dict[Holds, str], form: MatchForm, meant: MatchRow, person: Person
    ) -> dict[str, str]:
        """What they say otherwise than the file did, each as the intake reads it."""
        fields: dict[str, str] = {}
        for holds, field in CORRECTED.items():
            text = said.get(holds, "")
            text = form.read_day(text) if holds is Holds.RIGHT_BIRTH else text
            if not text or same(field, text, str(meant.sent[field.value])):
                continue
            try:
                stated = as_stated(field, text, self._today)
            except ValueRefused as refusal:
                read.notes.append(Note(_title(form, holds), str(refusal), True))
                continue
            if same(field, stated, str(meant.sent[field.value])):
                continue
            self._meanwhile(read, field, meant, person)
            fields[field.value] = stated
        return fields

    def _meanwhile(self, read: ReadRow, field: ChangeField, meant: MatchRow, person: Person) -> None:
        if not same(field, text_of(person, field), str(meant.sent[field.value])):
            read.notes.append(Note(FIELD_NAMES[field], "Danh sách đã đổi mục này từ khi gửi tệp."))

    def _fits(self, read: ReadRow, result: MatchResult, fields: dict[str, str], note: str, form: MatchForm) -> None:
        title = _title(form, Holds.RESULT)
        if fields and not FOLLOWS[result].corrects:
            read.notes.append(Note(title, "Ghi khớp mà có mục ghi khác: xin hỏi lại công an.", True))
        if result is MatchResult.MISMATCH and not fields:
            words = "Ghi sai lệch mà không ghi mục nào đúng ra sao"
            read.notes.append(Note(title, f"{words}, chỉ có ghi chú." if note else f"{words}.", not note))


def _filled_in(said: dict[Holds, str]) -> bool:
    return any(said.get(holds) for holds in (Holds.RESULT, Holds.NOTE, *CORRECTED))


def _title(form: MatchForm, holds: Holds) -> str:
    return form.title(holds) or ""
