"""A match file for the commune police: whom it holds, and its way out as an encrypted file on a stick.

The police's machines have no internet. What goes out names no phone, no account and no allowance; the password is made
anew each time, told once, and kept nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

import pyzipper
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import audit
from roster.changes.values import text_of
from roster.commune import Commune
from roster.exports.workbooks import new_workbook
from roster.matching_police.forms import SENT, Holds, MatchForm, form_for, form_named
from roster.matching_police.match_file import MatchFile, MatchRow
from roster.matching_police.results import MatchResult
from roster.person import Person

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_KEY_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 5, 4
_TITLE = "DANH SÁCH ĐỀ NGHỊ ĐỐI CHIẾU DỮ LIỆU DÂN CƯ"
_HINT = "Xin ghi kết quả từng dòng, mục nào sai thì ghi mục đúng. Không sửa, không xóa cột Mã dòng."


class MatchRefused(ValueError):
    """A file that cannot be made; `str()` is a Vietnamese sentence."""


def to_match(session: Session, commune_code: str, again: bool = False) -> list[Person]:
    """The commune's people by name; without `again` those alone who were never matched."""
    matched = exists().where(MatchRow.person_id == Person.id, MatchRow.result == MatchResult.MATCHED)
    wanted = select(Person).where(Person.commune_code == commune_code, Person.deceased_at.is_(None))
    if not again:
        wanted = wanted.where(~matched)
    return list(session.scalars(wanted.order_by(Person.given_name_folded, Person.folded_name, Person.id)))


def make_match_file(
    session: Session, commune_code: str, people: Sequence[Person], staff_id: int | None, at: datetime
) -> MatchFile:
    """Keep what goes out about these people. Raises MatchRefused for nobody."""
    if not people:
        raise MatchRefused("Không còn ai cần đối chiếu ở xã, phường này.")
    form = form_for(commune_code)
    made = MatchFile(commune_code=commune_code, form=form.key, people=len(people), made_by=staff_id, made_at=at)
    session.add(made)
    session.flush()
    session.add_all(
        MatchRow(
            match_file_id=made.id,
            person_id=person.id,
            commune_code=commune_code,
            key="".join(secrets.choice(_KEY_LETTERS) for _ in range(12)),
            place=place,
            sent={field.value: text_of(person, field) for field in SENT.values()},
        )
        for place, person in enumerate(people, 1)
    )
    _record(session, made, "match.made", staff_id, at)
    return made


def new_password() -> str:
    """Twenty letters in groups to be read and typed: about 99 bits, none that looks like another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def is_password(text: str) -> bool:
    """Whether it may have come from `new_password`."""
    groups = text.split("-")
    return len(groups) == _GROUPS and all(len(one) == _GROUP and set(one) <= set(_LETTERS) for one in groups)


def take_out(
    session: Session, file: MatchFile, target: BinaryIO, password: str, staff_id: int | None, at: datetime
) -> None:
    """Write the file to `target` as a zip under AES-256 (the AE-2 form that 7-Zip opens), and the audit log."""
    commune = session.get_one(Commune, file.commune_code).name
    rows = session.scalars(select(MatchRow).where(MatchRow.match_file_id == file.id).order_by(MatchRow.place)).all()
    sheet = BytesIO()
    _write_sheet(sheet, form_named(file.form), rows, commune)
    with pyzipper.AESZipFile(target, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr("doi-chieu.xlsx", sheet.getvalue())
    file.taken_out += 1
    _record(session, file, "match.taken_out", staff_id, at)


def _write_sheet(target: BinaryIO, form: MatchForm, rows: Sequence[MatchRow], commune: str) -> None:
    with new_workbook(target, _TITLE) as workbook:
        font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        cell = {"border": 1, "text_wrap": True, "num_format": "@"}
        sheet = workbook.add_worksheet("Đối chiếu")
        for at, column in enumerate(form.columns):
            sheet.set_column(at, at, column.width, workbook.add_format({**font, "num_format": "@"}))
        sheet.write_string(0, 0, f"{_TITLE}: {commune}", workbook.add_format({**font, "bold": True, "font_size": 14}))
        sheet.write_string(1, 0, _HINT, workbook.add_format({**font, "italic": True}))
        header = workbook.add_format({**font, **cell, "bold": True, "align": "center", "bg_color": "#EAEEEC"})
        known = workbook.add_format({**font, **cell})
        for at, column in enumerate(form.columns):
            sheet.write_string(3, at, column.title, header)
        for number, row in enumerate(rows, 4):
            for at, column in enumerate(form.columns):
                sheet.write_string(number, at, _cell(form, row, column.holds, commune), known)
        result = next(at for at, column in enumerate(form.columns) if column.holds is Holds.RESULT)
        offered = [words[0] for words in form.results.values()]
        sheet.data_validation(4, result, 3 + len(rows), result, {"validate": "list", "source": offered})
        sheet.freeze_panes(4, 3)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _cell(form: MatchForm, row: MatchRow, holds: Holds, commune: str) -> str:
    match holds:
        case Holds.PLACE:
            return str(row.place)
        case Holds.KEY:
            return row.key
        case Holds.COMMUNE:
            return commune
        case _ if holds in SENT:
            text = str(row.sent[SENT[holds].value])
            return form.written_day(text) if holds is Holds.BIRTH else text
        case _:
            return ""


def _record(session: Session, file: MatchFile, action: str, staff_id: int | None, at: datetime) -> None:
    actor = audit.SYSTEM if staff_id is None else audit.staff_actor(staff_id)
    audit.record(session, at, actor, action, f"match_file:{file.id}",
                 commune_code=file.commune_code, after={"people": file.people})  # fmt: skip
