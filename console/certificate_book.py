"""The certificate as a workbook: a sheet with the sums, and for each step a sheet with everybody, one line each.

People stand there by their code and commune alone: no names, no phones. Rows are written as they are read, so a step of
hundreds of thousands takes no more memory than one of ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import xlsxwriter
from sqlalchemy.orm import Session

from console.certificate_words import matters, reason_name, state_name
from console.formats import moment, number
from console.watch_words import step_name
from console.words import channel_name
from core import audit
from language.codes import group_code
from outreach.accounted_rows import AccountedRow
from outreach.certificate import Certificate, StepAccount
from roster.exports.long_sheets import write_table
from roster.exports.workbooks import Target, new_workbook

FINAL, NOT_FINAL = "GIẤY XÁC NHẬN KẾT QUẢ GỬI TIN", "BẢN TẠM TÍNH KẾT QUẢ GỬI TIN (CHƯA PHẢI XÁC NHẬN)"
_COLUMNS = (("Mã hồ sơ", 11), ("Xã, phường", 24), ("Số tin", 12), ("Gửi chung", 10), ("Kênh", 14), ("Tài khoản", 12),
            ("Kết quả", 20), ("Lý do", 52), ("Gửi lúc", 17), ("Tới máy lúc", 17), ("Đồng", 9))  # fmt: skip
type Rows = Callable[[int], Iterable[AccountedRow]]


def title_of(certificate: Certificate) -> str:
    """What the certificate calls itself: what is not final says so."""
    return FINAL if certificate.final else NOT_FINAL


def write_certificate(target: Target, certificate: Certificate, rows: Rows) -> None:
    """Write it to `target`. rows: the people of a step."""
    with new_workbook(target, title_of(certificate)) as workbook:
        bold = workbook.add_format({"bold": True})
        _summary(workbook, certificate, bold)
        for step in (one.step for one in certificate.steps):
            write_table(workbook, f"Lượt {step.id}", _COLUMNS, map(_cells, rows(step.id)))


def note_taken(session: Session, certificate: Certificate, staff_id: int) -> None:
    """Put into the audit log who took the workbook."""
    after = {"rows": certificate.rows, "final": certificate.final}
    subject = f"campaign:{certificate.campaign.id}"
    audit.record(session, certificate.at, audit.staff_actor(staff_id), "export_certificate", subject, after=after)


def _summary(workbook: xlsxwriter.Workbook, certificate: Certificate, bold: Any) -> None:
    sheet = workbook.add_worksheet("Tổng hợp")
    for place, width in enumerate((46, 20, 58, 12, 16)):
        sheet.set_column(place, place, width)
    for line, values in enumerate(_lines(certificate)):
        head = line == 0 or (bool(values) and values[0] == "Lượt gửi")
        sheet.write_row(line, 0, values, bold if head else None)


def _lines(certificate: Certificate) -> Iterator[list[str | int]]:
    yield [title_of(certificate)]
    yield [f"Đợt: {certificate.campaign.name}"]
    yield [f"Lập lúc {moment(certificate.at)}"]
    for matter in matters(certificate.open):
        yield [f"Chưa xác nhận được: {matter}"]
    yield []
    yield ["Lượt gửi", "Kết quả", "Lý do", "Số", "Đồng"]
    for one in certificate.steps:
        yield from _of_step(one, step_name(one.step))
    yield []
    yield ["Cả đợt", "", "Tổng số tin", certificate.rows, certificate.spent_dong]
    for state, count in certificate.by_state.items():
        yield ["", state_name(state), "", count]


def _of_step(one: StepAccount, name: str) -> Iterator[list[str | int]]:
    for line in one.lines:
        channel = channel_name(line.channel)
        yield [name, state_name(line.state), f"{channel}. {reason_name(line.reason)}".strip(), line.rows, line.dong]
    for reason, count in one.together.items():
        yield [name, "Gửi chung một máy", reason_name(reason), count]
    for reason, count in one.left_out.items():
        yield [name, state_name(None), reason_name(reason), count]
    equation = f"chốt {number(one.sealed.rows)} tin, đếm được {number(one.rows)}"
    yield [name, "Khớp" if one.balanced else "KHÔNG KHỚP", equation, one.people]


def _cells(row: AccountedRow) -> list[str | int | None]:
    channel = channel_name(row.channel) if row.channel else None
    return [group_code(row.reference), row.commune, row.number, "có" if row.shares else None, channel, row.account,
            state_name(row.state), reason_name(row.reason), _at(row.accepted_at), _at(row.delivered_at),
            row.price_dong]  # fmt: skip


def _at(value: datetime | None) -> str | None:
    """As text: what spreadsheets make of times differs from one to another."""
    return None if value is None else moment(value)
