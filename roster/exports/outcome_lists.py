"""The lists A-F as workbooks: who to pay where, or who to meet where, and what each list is for."""

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

_WHO: list[tuple[Column, _Value]] = [
    (Column("Mã hồ sơ", 10, ColumnKind.CODE), lambda row: group_code(row.reference)),
    (Column("Họ và tên", 20), lambda row: row.full_name),
    (Column("Ngày sinh", 10.5, ColumnKind.CODE), lambda row: birth_text(row.birth_date, row.birth_year)),
]
_ENTITLED: list[tuple[Column, _Value]] = [
    (Column("Số CCCD", 13.5, ColumnKind.CODE), lambda row: row.citizen_id),
    (Column("Nhóm đối tượng", 13), lambda row: category_labels(row.categories)),
]
_WHERE: list[tuple[Column, _Value]] = [
    (Column("Xã/Phường", 13), lambda row: row.commune),
    (Column("Số điện thoại", 11.5, ColumnKind.CODE), lambda row: row.phone),
]
_AMOUNT: list[tuple[Column, _Value]] = [
    (Column("Mức hưởng (đồng)", 11, ColumnKind.MONEY), lambda row: row.monthly_dong)
]
_TO_MEET: list[tuple[Column, _Value]] = [
    *_WHO,
    (Column("Giới tính", 6, ColumnKind.CODE), lambda row: GENDERS[row.gender] if row.gender else ""),
    *_ENTITLED,
    (Column("Địa chỉ", 18), lambda row: row.address),
    *_WHERE,
    *_AMOUNT,
]
_TO_PAY: list[tuple[Column, _Value]] = [
    *_WHO,
    *_ENTITLED,
    *_WHERE,
    *_AMOUNT,
    (Column("Ngân hàng", 12), lambda row: row.bank),
    (Column("Số tài khoản", 15, ColumnKind.CODE), lambda row: row.account_number),
    (Column("Tên chủ tài khoản", 18), lambda row: row.holder_name),
]
_STATE: list[tuple[Column, _Value]] = [
    (Column("Tình trạng", 11), lambda row: STATE_NAMES[row.state] if row.state else "")
]
_NOTE: list[tuple[Column, _Value]] = [(Column("Ghi chú", 12), lambda row: "")]


def _answer(question: Question) -> _Value:
    return lambda row: row.answers.get(question, "")


def _cash_reason(row: ListRow) -> str:
    said = str(row.answers.get(Question.CASH_REASON, ""))
    return CASH_REASONS.get(said, said)


_VISIT: list[tuple[Column, _Value]] = [(Column("Thời gian hẹn", 13), _answer(Question.VISIT_TIME))]
_HOLDER: list[tuple[Column, _Value]] = [(Column("Quan hệ của chủ tài khoản", 12), _answer(Question.HOLDER_RELATION))]
_REASON: list[tuple[Column, _Value]] = [(Column("Lý do nhận tiền mặt", 15), _cash_reason)]
_OUTCOME: list[tuple[Column, _Value]] = [(Column("Kết quả đến nhà", 16), lambda row: "")]

_COLUMNS: Mapping[OutcomeGroup, list[tuple[Column, _Value]]] = {
    OutcomeGroup.OWN_ACCOUNT: [*_TO_PAY, *_STATE],
    OutcomeGroup.OPEN_AT_HOME: [*_TO_MEET, *_VISIT, *_STATE, *_NOTE],
    OutcomeGroup.OPEN_AT_WARD: [*_TO_MEET, *_VISIT, *_STATE, *_NOTE],
    OutcomeGroup.OPEN_BY_ONESELF: [*_TO_MEET, *_STATE, *_NOTE],
    OutcomeGroup.OPEN_AT_COUNTER: [*_TO_MEET, *_STATE, *_NOTE],
    OutcomeGroup.THROUGH_RELATIVE: [*_TO_PAY, *_HOLDER, *_STATE],
    OutcomeGroup.CASH: [*_TO_MEET, *_REASON, *_STATE],
    OutcomeGroup.NO_ANSWER: [*_TO_MEET, *_OUTCOME, *_NOTE],
    OutcomeGroup.OFFICER: [*_TO_MEET, *_STATE, *_NOTE],
}


def write_list(target: Target, group: OutcomeGroup, rows: Iterable[ListRow], heading: Heading) -> Totals:
    """Write the list of one outcome group; gives how many people and đồng a month it holds."""
    columns = _COLUMNS[group]
    title = LIST_TITLES[group]
    with new_workbook(target, title) as workbook:
        sheet = OfficeSheet(workbook, f"Nhóm {group.value}", title, heading, [column for column, _ in columns])
        for row in rows:
            sheet.add(cells_of(group, row))
        return sheet.finish()


def titles_of(group: OutcomeGroup) -> list[str]:
    """What the columns of the group's list are called, without the number."""
    return [column.title for column, _ in _COLUMNS[group]]


def cells_of(group: OutcomeGroup, row: ListRow) -> list[str | int | None]:
    """What stands under them for one person."""
    return [value(row) for _, value in _COLUMNS[group]]
