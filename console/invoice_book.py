"""A month's count as a workbook: a sheet with the sums by account, one with every day, to hold against the invoice;
and every message by the provider's own number, to find where the two differ. Nobody's name or phone stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from console.formats import day, moment
from console.invoice_words import KINDS, UNKNOWN_PRICE, account_name, month_name
from console.words import MESSAGE_STATES, channel_name
from core import audit
from outreach.invoicing import BilledMessage, MonthCount, Sum
from roster.exports.long_sheets import write_table
from roster.exports.workbooks import Target, new_workbook

_SUMS = (("Tài khoản", 26), ("Loại tin", 22), ("Số tin", 12), ("Số đoạn", 12), ("Tới máy", 12), ("Không tới", 12),
         ("Thành tiền (đồng)", 18))  # fmt: skip
_DAYS = (("Ngày", 12), ("Tài khoản", 14), ("Kênh", 16), *_SUMS[1:])
_MESSAGES = (("Số tin ở nhà cung cấp", 38), ("Lúc nhận gửi", 18), ("Tài khoản", 14), ("Kênh", 16), ("Loại tin", 14),
             ("Số đoạn", 10), ("Kết quả", 18), ("Giá đã tính (đồng)", 18))  # fmt: skip
type _Row = list[str | int]


def write_month(target: Target, counted: MonthCount, billed: Iterable[BilledMessage]) -> None:
    """Write it to `target`. billed: the messages that were counted, one by one."""
    with new_workbook(target, f"Số tin đã gửi tháng {month_name(counted.first)}") as workbook:
        write_table(workbook, "Tổng hợp", _SUMS, _sums(counted))
        write_table(workbook, "Từng ngày", _DAYS, _days(counted))
        write_table(workbook, "Từng tin", _MESSAGES, map(_message, billed))


def note_taken(session: Session, counted: MonthCount, staff_id: int, at: datetime) -> None:
    """Put into the audit log who took the workbook."""
    after = {"messages": sum(line.messages for line in counted.lines)}
    subject = f"month:{counted.first:%Y-%m}"
    audit.record(session, at, audit.staff_actor(staff_id), "export_invoice", subject, after=after)


def _sums(counted: MonthCount) -> Iterator[_Row]:
    for account, kinds in counted.by_account.items():
        whole = counted.of(account)
        for kind, one in kinds.items():
            yield [account_name(one.lines[0]), KINDS[kind], *_numbers(one)]
        yield [account_name(whole.lines[0]), "Cộng", *_numbers(whole)]
    for doubt in counted.doubts:
        yield [doubt.account, "chưa rõ đã gửi hay chưa, chưa cộng ở trên", doubt.messages, doubt.segments, "", "",
               doubt.dong]  # fmt: skip


def _days(counted: MonthCount) -> Iterator[_Row]:
    for line in counted.lines:
        yield [day(line.day), line.account, channel_name(line.channel), KINDS[line.kind], *_numbers(Sum([line]))]


def _message(one: BilledMessage) -> list[str | int | None]:
    return [one.provider_message_id, moment(one.accepted_at), one.account, channel_name(one.channel), KINDS[one.kind],
            one.segments, MESSAGE_STATES[one.state], one.price_dong]  # fmt: skip


def _numbers(one: Sum) -> _Row:
    dong = one.dong
    return [one.messages, one.segments, one.delivered, one.undelivered, UNKNOWN_PRICE if dong is None else dong]
