"""What the pages of an import call fields, columns and filters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from console.formats import dong
from console.reading.import_rows import Shown
from roster.importing.standing import Differs
from roster.intake import Field, Role, RowReason

FIELD_NAMES = {
    Field.FULL_NAME: "Họ và tên",
    Field.BIRTH_YEAR: "Ngày sinh",
    Field.GENDER: "Giới tính",
    Field.CITIZEN_ID: "Số CCCD",
    Field.CATEGORY: "Diện hưởng",
    Field.WARD: "Xã, phường",
    Field.PHONES: "Điện thoại",
    Field.AMOUNT: "Mức hưởng",
    Field.RELATIVE: "Người thân",
    Field.DECEASED: "Tình trạng",
    Field.DUPLICATE: "Trùng",
}

COLUMN_NAMES = {
    Role.FULL_NAME: "Họ và tên",
    Role.BIRTH: "Ngày sinh (hoặc năm sinh)",
    Role.GENDER: "Giới tính",
    Role.CITIZEN_ID: "Số CCCD",
    Role.CATEGORY: "Diện hưởng",
    Role.WARD: "Xã, phường",
    Role.ADDRESS: "Địa chỉ",
    Role.NEIGHBOURHOOD: "Tổ dân phố, thôn",
    Role.PHONES: "Điện thoại",
    Role.RELATIVE: "Người thân",
    Role.RELATION: "Quan hệ",
    Role.RELATIVE_PHONES: "Điện thoại người thân",
    Role.AMOUNT: "Mức hưởng (đồng)",
    Role.PAID_BY: "Đang nhận bằng",
    Role.HOUSEHOLD: "Chủ hộ, mã hộ",
    Role.NOTE: "Ghi chú",
    Role.DECEASED: "Đã mất",
}

COLUMN_OF = {
    Field.FULL_NAME: Role.FULL_NAME,
    Field.BIRTH_YEAR: Role.BIRTH,
    Field.GENDER: Role.GENDER,
    Field.CITIZEN_ID: Role.CITIZEN_ID,
    Field.CATEGORY: Role.CATEGORY,
    Field.WARD: Role.WARD,
    Field.PHONES: Role.PHONES,
    Field.AMOUNT: Role.AMOUNT,
    Field.RELATIVE: Role.RELATIVE_PHONES,
    Field.DECEASED: Role.DECEASED,
    Field.DUPLICATE: Role.CITIZEN_ID,
}
"""Which column an officer corrects when a finding speaks of a field."""

FILTER_NAMES = {
    Shown.ERROR: "Có lỗi",
    Shown.WARNING: "Cần để ý",
    Shown.OK: "Không có gì",
    Shown.LEFT_OUT: "Đã bỏ ra",
    Shown.SKIPPED: "Không phải người",
}

DIFFERENCE_NAMES = {
    Differs.FULL_NAME: "Họ và tên",
    Differs.BIRTH: "Ngày sinh",
    Differs.GENDER: "Giới tính",
    Differs.CITIZEN_ID: "Số CCCD",
    Differs.COMMUNE: "Xã, phường",
    Differs.ADDRESS: "Địa chỉ",
    Differs.PAID_BY: "Đang nhận bằng",
    Differs.AMOUNT: "Mức hưởng",
    Differs.DECEASED: "Tình trạng",
}

SKIPPED_AS = {
    RowReason.HEADER: "dòng tiêu đề cột",
    RowReason.COLUMN_NUMBERS: "dòng đánh số cột",
    RowReason.TOTAL: "dòng cộng",
    RowReason.HEADING: "đề mục",
    RowReason.SIGNATURE: "chỗ ký tên",
    RowReason.NOTE: "ghi chú",
    RowReason.NUMBER_ONLY: "chỉ có số thứ tự",
    RowReason.BLANK: "dòng trống",
}

_LONG_NUMBER = re.compile(r"\d{9,}")
_GENDER_WORDS = {"male": "Nam", "female": "Nữ"}


def without_numbers(text: str) -> str:
    """A text for a list: runs of nine digits and more keep their last three alone."""
    return _LONG_NUMBER.sub(lambda run: "•" * (len(run.group()) - 3) + run.group()[-3:], text)


def difference_in_words(field: str, value: str, communes: Mapping[str, str]) -> str:
    """One side of a difference, as `roster.importing.standing.Difference` keeps it. `communes`: names by code."""
    match Differs(field):
        case Differs.COMMUNE:
            return communes.get(value, value)
        case Differs.GENDER:
            return _GENDER_WORDS.get(value, value)
        case Differs.AMOUNT:
            return dong(int(value)) if value.isdecimal() else value
        case _:
            return without_numbers(value)


def suggested(value: str) -> str:
    """A finding's suggestion as it would be typed into the form."""
    return _GENDER_WORDS.get(value, value)
