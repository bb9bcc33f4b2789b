"""Payment lists: one payer's people, their amounts, and where the money goes or who signs for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from language.codes import group_code
from roster.exports.office_sheet import Column, ColumnKind, Heading, OfficeSheet, Totals
from roster.exports.words import category_labels
from roster.exports.workbooks import Target, new_workbook
from roster.payers import Payer
from roster.payments import PaymentRow

_PERSON = [
    Column("Mã hồ sơ", 11, ColumnKind.CODE),
    Column("Họ và tên", 25),
    Column("Số CCCD", 15, ColumnKind.CODE),
    Column("Nhóm đối tượng", 18),
    Column("Xã/Phường", 18),
]
_BY_ACCOUNT = [
    Column("Ngân hàng", 15),
    Column("Số tài khoản", 18, ColumnKind.CODE),
    Column("Tên chủ tài khoản", 24),
]
_IN_CASH = [Column("Địa chỉ", 26)]
_AMOUNT = [Column("Số tiền (đồng)", 14, ColumnKind.MONEY)]
_NOTE = [Column("Ghi chú", 20)]
_SIGNED = [Column("Ký nhận", 16)]
_RESULT = [Column("Kết quả chi trả", 13), Column("Lý do", 18)]
"""For the payer to fill in: the list comes back (`roster.payment_results`)."""


def write_payment_list(
    target: Target, payer: Payer, month: date, rows: Iterable[PaymentRow], heading: Heading
) -> Totals:
    """Write one payer's list for the month of `month`; gives how many people and đồng it holds."""
    title = f"DANH SÁCH CHI TRẢ TRỢ CẤP THÁNG {month.month:02d}/{month.year}"
    kind = _BY_ACCOUNT if payer.account else _IN_CASH
    columns = [*_PERSON, *kind, *_AMOUNT, *([] if payer.account else _SIGNED), *_NOTE, *_RESULT]
    note = " - ".join(filter(None, [payer.label, heading.note]))
    with new_workbook(target, title) as workbook:
        sheet = OfficeSheet(workbook, "Chi trả", title, replace(heading, note=note), columns)
        for row in rows:
            sheet.add(_values(payer, row))
        return sheet.finish(in_words=True)


def _values(payer: Payer, row: PaymentRow) -> list[str | int | None]:
    person = [
        group_code(row.reference),
        row.full_name,
        row.citizen_id,
        category_labels(row.categories),
        row.commune,
    ]
    account = [row.bank, row.account_number, row.holder_name]
    note = _note(row)
    if payer.account:
        return [*person, *account, row.dong, note, None, None]
    return [*person, row.address, row.dong, None, note, None, None]


def _note(row: PaymentRow) -> str:
    notes = []
    if row.dong is None:
        notes.append("Danh sách chưa ghi mức hưởng")
    if row.death_reported:
        notes.append("Có tin báo đã mất, cần kiểm tra trước khi chi")
    return "; ".join(notes)
