"""The hamlet's workbook: a visit list with a column for every answer, to be filled in where there is no network.

It names nobody's category of allowance, and no account: what is written into it on the way is the visitor's to keep.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format

from language.codes import group_code
from roster.exports.words import birth_text
from roster.exports.workbooks import Target, new_workbook
from roster.person import Person
from roster.survey.answers import AnswerRefused
from roster.survey.questions import Question
from roster.visiting.visit_list import VisitOutcome, VisitReason, VisitRow

ASKED = tuple(
    question for question in Question if question not in (Question.CONSENT, Question.REFERENCE, Question.CONFIRM)
)
"""The questions that have a column; consent and the reading back have their own."""

NUMBER, ROW_CODE, NAME, BORN, ADDRESS, WHY = "STT", "Mã dòng", "Họ và tên", "Ngày sinh", "Địa chỉ", "Vì sao đến"
DAY, OUTCOME, CONSENT = "Ngày đến", "Kết quả", "Đồng ý cho hỏi"
WITH_PAPERS = "Có giấy ủy quyền, giám hộ"
MINOR, READ_BACK, NOTE = "Dưới 18 tuổi hoặc giám hộ", "Đã đọc lại, nói đúng", "Ghi chú"
YES, NO = "Có", "Không"

_TITLE = "PHIẾU ĐẾN THĂM"
_CHOICES = "LuaChon"
_HINT = (
    "Chọn trong danh sách ở từng ô, hoặc gõ. Không xóa cột, không sửa cột Mã dòng (đang ẩn). "
    "Người dân không đồng ý thì không hỏi, không ghi gì thêm. Không bao giờ hỏi mật khẩu, mã PIN, mã OTP."
)
_WIDTHS = {NUMBER: 5, NAME: 22, BORN: 11, ADDRESS: 26, WHY: 18, NOTE: 26}


@dataclass(frozen=True)
class Wording:
    """The words of the survey as officers read them; they belong to the console.

    titles: a column's title by question. choices: (value, words) of the questions that have some.
    """

    titles: Mapping[Question, str]
    choices: Mapping[Question, Sequence[tuple[str, str]]]
    outcomes: Mapping[VisitOutcome, str]
    reasons: Mapping[VisitReason, str]
    problem: Callable[[AnswerRefused], str]
    time_unclear: str

    def columns(self) -> list[str]:
        """Every column's title, left to right."""
        answers = [self.titles[question] for question in ASKED]
        told = [DAY, OUTCOME, CONSENT, *answers, WITH_PAPERS, MINOR, READ_BACK, NOTE]
        return [NUMBER, ROW_CODE, NAME, BORN, ADDRESS, WHY, *told]


def write_workbook(
    target: Target, heading: str, rows: Sequence[tuple[VisitRow, Person]], wording: Wording, outcomes: Sequence[str]
) -> None:
    """Write the workbook of these rows to `target`. `heading`: the commune and the list; `outcomes`: what may be chosen
    as the result."""
    with new_workbook(target, _TITLE) as workbook:
        sheet, choices = workbook.add_worksheet("Phiếu đến thăm"), workbook.add_worksheet(_CHOICES)
        choices.hide()
        columns = wording.columns()
        formats = _formats(workbook)
        sheet.write_string(0, 0, f"{_TITLE}: {heading}", formats["title"])
        sheet.write_string(1, 0, _HINT, formats["hint"])
        for at, title in enumerate(columns):
            sheet.write_string(3, at, title, formats["header"])
            hidden = {"hidden": True} if title == ROW_CODE else {}
            sheet.set_column(at, at, _WIDTHS.get(title, 15), formats["cell"], hidden)
        for number, (row, person) in enumerate(rows, 4):
            for at, text in enumerate(_known(row, person, wording)):
                sheet.write_string(number, at, text, formats["known"])
        _drop_downs(sheet, choices, columns, _lists(wording, outcomes), 4, 3 + len(rows))
        sheet.freeze_panes(4, columns.index(NAME) + 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _known(row: VisitRow, person: Person, wording: Wording) -> list[str]:
    born = birth_text(person.birth_date, person.birth_year)
    name = f"{person.full_name} ({group_code(person.reference)})"
    return [str(row.place), row.token, name, born, person.address or "", wording.reasons[row.reason]]


def _lists(wording: Wording, outcomes: Sequence[str]) -> dict[str, list[str]]:
    lists = {wording.titles[question]: [words for _, words in choices] for question, choices in wording.choices.items()}
    return {OUTCOME: list(outcomes), CONSENT: [YES, NO], WITH_PAPERS: [YES, NO], MINOR: [YES],
            READ_BACK: [YES, NO], **lists}  # fmt: skip


def _drop_downs(
    sheet: xlsxwriter.worksheet.Worksheet,
    choices: xlsxwriter.worksheet.Worksheet,
    columns: Sequence[str],
    lists: Mapping[str, Sequence[str]],
    first: int,
    last: int,
) -> None:
    """The lists stand on a hidden sheet, one a column: a list within the rule may hold 255 letters only."""
    named = {title: words for title, words in lists.items() if title in columns}
    for line in range(max(map(len, named.values()))):
        for at, words in enumerate(named.values()):
            if line < len(words):
                choices.write_string(line, at, words[line])
    for at, (title, words) in enumerate(named.items()):
        letter = xlsxwriter.utility.xl_col_to_name(at)
        rule = {"validate": "list", "source": f"={_CHOICES}!${letter}$1:${letter}${len(words)}",
                "error_title": "Chưa đúng", "error_message": "Xin chọn một ý trong danh sách."}  # fmt: skip
        column = columns.index(title)
        sheet.data_validation(first, column, last, column, rule)


def _formats(workbook: xlsxwriter.Workbook) -> dict[str, Format]:
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    cell = {"border": 1, "text_wrap": True, "num_format": "@"}
    return {
        "title": workbook.add_format({**font, "bold": True, "font_size": 14}),
        "hint": workbook.add_format({**font, "italic": True}),
        "header": workbook.add_format({**font, **cell, "bold": True, "align": "center", "bg_color": "#EAEEEC"}),
        "known": workbook.add_format({**font, **cell, "bg_color": "#F5F6F3"}),
        "cell": workbook.add_format({**font, "text_wrap": True, "num_format": "@"}),
    }
