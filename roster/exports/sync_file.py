"""The sync file: the accounts that the police's team enters into the welfare software."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from language.codes import group_code
from roster.exports.office_sheet import Column, ColumnKind, Heading, OfficeSheet
from roster.exports.workbooks import Target, new_workbook
from roster.syncing import SyncRow

_TITLE = "DANH SÁCH TÀI KHOẢN ĐỒNG BỘ VÀO PHẦN MỀM AN SINH XÃ HỘI"
_COLUMNS = [
    Column("Mã hồ sơ", 11, ColumnKind.CODE),
    Column("Họ và tên", 27),
    Column("Số CCCD", 15, ColumnKind.CODE),
    Column("Ngân hàng", 17),
    Column("Mã NAPAS", 10, ColumnKind.CODE),
    Column("Số tài khoản", 20, ColumnKind.CODE),
    Column("Tên chủ tài khoản", 27),
    Column("Xã/Phường", 22),
]


def write_sync_file(target: Target, rows: Iterable[SyncRow], heading: Heading) -> list[UUID]:
    """Write the accounts; gives the claims in it, to be marked as synced once they really are (`mark_synced`)."""
    written: list[UUID] = []
    with new_workbook(target, _TITLE) as workbook:
        sheet = OfficeSheet(workbook, "Đồng bộ", _TITLE, heading, _COLUMNS)
        for row in rows:
            sheet.add(
                [
                    group_code(row.reference),
                    row.full_name,
                    row.citizen_id,
                    row.bank,
                    row.napas_bin,
                    row.account_number,
                    row.holder_name,
                    row.commune,
                ]
            )
            written.append(row.claim_id)
        sheet.finish()
    return written
