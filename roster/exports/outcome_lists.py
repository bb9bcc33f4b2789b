"""The lists A-F as workbooks: common columns, and what each list is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from language.codes import group_code
from roster.claim_states import STATE_NAMES
from roster.exports.office_sheet import Column, ColumnKind, Heading, OfficeSheet, Totals
from roster.exports.words import CASH_REASONS, GENDERS, LIST_TITLES, birth_text, category_labels
from roster.exports.workbooks import Target, new_workbook
from roster.list_rows import ListRow
from roster.survey.outcome import OutcomeGroup
from roster.survey.questions import Question

type _Value = Callable[[ListRow], str | int | None]

_COMMON: list[tuple[Column, _Value]] = [
    (Column("Mã hồ sơ", 11, ColumnKind.CODE), lambda row: group_code(row.reference)),
    (Column("Họ và tên", 24), lambda row: row.full_name),
    (Column("Ngày sinh", 11.5, ColumnKind.CODE), lambda row: birth_text(row.birth_date, row.birth_year)),
    (Column("Giới tính", 7, ColumnKind.CODE), lambda row: GENDERS[row.gender] if row.gender else ""),
    (Column("Số CCCD", 15, ColumnKind.CODE), lambda row: row.citizen_id),
    (Column("Nhóm đối tượng", 17), lambda row: category_labels(row.categories)),
    (Column("Địa chỉ", 22), lambda row: row.address),
    (Column("Xã/Phường", 17), lambda row: row.commune),
    (Column("Số điện thoại", 13, ColumnKind.CODE), lambda row: row.phone),
]
_AMOUNT: list[tuple[Column, _Value]] = [
    (Column("Mức hưởng (đồng)", 13, ColumnKind.MONEY), lambda row: row.monthly_dong)
]
_ACCOUNT: list[tuple[Column, _Value]] = [
    (Column("Ngân hàng", 14), lambda row: row.bank),
    (Column("Số tài khoản", 17, ColumnKind.CODE), lambda row: row.account_number),
    (Column("Tên chủ tài khoản", 22), lambda row: row.holder_name),
]
_STATE: list[tuple[Column, _Value]] = [
    (Column("Tình trạng", 15), lambda row: STATE_NAMES[row.state] if row.state else "")
]
_NOTE: list[tuple[Column, _Value]] = [(Column("Ghi chú", 16), lambda row: "")]


def _answer(question: Question) -> _Value:
    return lambda row: row.answers.get(question, "")


def _cash_reason(row: ListRow) -> str:
    said = str(row.answers.get(Question.CASH_REASON, ""))
    return CASH_REASONS.get(said, said)


_VISIT: list[tuple[Column, _Value]] = [(Column("Thời gian hẹn", 16), _answer(Question.VISIT_TIME))]

_OWN_COLUMNS: Mapping[OutcomeGroup, list[tuple[Column, _Value]]] = {
    OutcomeGroup.OWN_ACCOUNT: [*_ACCOUNT, *_STATE],
    OutcomeGroup.OPEN_AT_HOME: [*_VISIT, *_STATE, *_NOTE],
    OutcomeGroup.OPEN_AT_WARD: [*_VISIT, *_STATE, *_NOTE],
    OutcomeGroup.OPEN_BY_ONESELF: [*_STATE, *_NOTE],
    OutcomeGroup.OPEN_AT_COUNTER: [*_STATE, *_NOTE],
    OutcomeGroup.THROUGH_RELATIVE: [
        *_ACCOUNT,
        (Column("Quan hệ của chủ tài khoản", 16), _answer(Question.HOLDER_RELATION)),
        *_STATE,
    ],
    OutcomeGroup.CASH: [(Column("Lý do nhận tiền mặt", 20), _cash_reason), *_STATE],
    OutcomeGroup.NO_ANSWER: [(Column("Kết quả đến nhà", 20), lambda row: ""), *_NOTE],
    OutcomeGroup.OFFICER: [*_STATE, *_NOTE],
}


def write_list(target: Target, group: OutcomeGroup, rows: Iterable[ListRow], heading: Heading) -> Totals:
    """Write the list of one outcome group; gives how many people and đồng a month it holds."""
    columns = [*_COMMON, *_AMOUNT, *_OWN_COLUMNS[group]]
    title = LIST_TITLES[group]
    with new_workbook(target, title) as workbook:
        sheet = OfficeSheet(
            workbook, f"Nhóm {group.value}", title, heading, [column for column, _ in columns]
        )
        for row in rows:
            sheet.add([value(row) for _, value in columns])
        return sheet.finish()
