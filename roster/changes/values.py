"""A person's fields as texts: what a list shows, what a correction states, and back. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from language.names import same_identity
from language.text import fold, nfc
from roster.changes.change_request import ChangeField
from roster.exports.words import GENDERS, birth_text
from roster.intake import Field, IntakeSettings, Role, Severity, read_texts
from roster.person import Gender, Person

CORRECTABLE = (
    ChangeField.FULL_NAME,
    ChangeField.BIRTH,
    ChangeField.GENDER,
    ChangeField.CITIZEN_ID,
    ChangeField.ADDRESS,
    ChangeField.PAID_BY,
)
"""What a list gives back corrected, and what the police may say otherwise."""

FIELD_NAMES = {
    ChangeField.FULL_NAME: "Họ và tên",
    ChangeField.BIRTH: "Ngày sinh",
    ChangeField.GENDER: "Giới tính",
    ChangeField.CITIZEN_ID: "Số CCCD",
    ChangeField.ADDRESS: "Địa chỉ",
    ChangeField.PAID_BY: "Hình thức nhận",
    ChangeField.MOVED: "Chuyển nơi ở",
    ChangeField.DECEASED: "Còn sống hay đã mất",
}
ALIVE, DEAD = "Còn sống", "Đã mất"

_ROLES = {
    ChangeField.FULL_NAME: Role.FULL_NAME,
    ChangeField.BIRTH: Role.BIRTH,
    ChangeField.GENDER: Role.GENDER,
    ChangeField.CITIZEN_ID: Role.CITIZEN_ID,
    ChangeField.ADDRESS: Role.ADDRESS,
    ChangeField.PAID_BY: Role.PAID_BY,
}
_FOUND_AT = {
    ChangeField.FULL_NAME: Field.FULL_NAME,
    ChangeField.BIRTH: Field.BIRTH_YEAR,
    ChangeField.GENDER: Field.GENDER,
    ChangeField.CITIZEN_ID: Field.CITIZEN_ID,
}


class ValueRefused(ValueError):
    """A text that is no value of its field; `str()` is the intake's own sentence for the officer."""


def text_of(person: Person, field: ChangeField) -> str:
    """What the roster says; "" where it says nothing."""
    match field:
        case ChangeField.FULL_NAME:
            return person.full_name
        case ChangeField.BIRTH:
            return birth_text(person.birth_date, person.birth_year)
        case ChangeField.GENDER:
            return GENDERS[person.gender] if person.gender else ""
        case ChangeField.CITIZEN_ID:
            return person.citizen_id or ""
        case ChangeField.ADDRESS:
            return person.address or ""
        case ChangeField.PAID_BY:
            return person.paid_by or ""
        case ChangeField.MOVED:
            return ""
        case ChangeField.DECEASED:
            return DEAD if person.deceased_at else ALIVE


def same(field: ChangeField, one: str, other: str) -> bool:
    """Whether two texts say the same: for names the marks count, elsewhere capitals and spaces do not."""
    if field is ChangeField.FULL_NAME and one and other:
        return same_identity(one, other)
    return fold(" ".join(one.split())) == fold(" ".join(other.split()))


def read_value(field: ChangeField, text: str, today: date) -> dict[str, Any]:
    """The columns of `person` that `text` fills, read by the rules of the intake. Raises ValueRefused."""
    tidy = " ".join(nfc(text).split())
    read, findings = read_texts({_ROLES[field]: tidy}, IntakeSettings(today=today))
    for finding in findings:
        if finding.field is _FOUND_AT.get(field) and finding.severity is Severity.ERROR:
            raise ValueRefused(finding.reason)
    values = _columns(field, read)
    if any(value is None for name, value in values.items() if name != "birth_date"):
        raise ValueRefused(f"Không đọc được mục “{FIELD_NAMES[field]}”.")
    return values


def as_stated(field: ChangeField, text: str, today: date) -> str:
    """`text` as the roster would state it: "5/6/1949" becomes "05/06/1949". Raises ValueRefused."""
    values = read_value(field, text, today)
    match field:
        case ChangeField.BIRTH:
            return birth_text(values["birth_date"], values["birth_year"])
        case ChangeField.GENDER:
            return GENDERS[Gender(values["gender"])]
        case _:
            return str(values[field.value])


def _columns(field: ChangeField, read: Any) -> dict[str, Any]:
    match field:
        case ChangeField.FULL_NAME:
            return {"full_name": read.full_name}
        case ChangeField.BIRTH:
            return {"birth_date": read.birth_date, "birth_year": read.birth_year}
        case ChangeField.GENDER:
            return {"gender": read.gender.value if read.gender else None}
        case ChangeField.CITIZEN_ID:
            return {"citizen_id": read.citizen_id}
        case ChangeField.ADDRESS:
            return {"address": read.address}
        case _:
            return {"paid_by": read.paid_by}
