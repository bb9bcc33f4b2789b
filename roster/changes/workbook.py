"""A commune's people as a workbook to be corrected: what it said when it went out stands hidden beside each field."""

from __future__ import annotations

from collections.abc import Sequence

from language.codes import group_code
from roster.changes.values import CORRECTABLE, FIELD_NAMES, text_of
from roster.exports.workbooks import Target, new_workbook
from roster.person import Person

CODE = "Mã hồ sơ"
_TITLE = "DANH SÁCH ĐỂ SỬA"
_HINT = (
    "Sửa thẳng vào ô sai, để nguyên các ô khác; xóa trống một ô không đổi gì. Không sửa cột Mã hồ sơ, không xóa cột ẩn."
)
_WIDTHS = (24, 11, 9, 15, 34, 18)


def before_title(title: str) -> str:
    """The hidden column that keeps what `title` said."""
    return f"Gốc: {title}"


def write_correction_workbook(target: Target, heading: str, people: Sequence[Person]) -> None:
    """Write the workbook of these people to `target`."""
    titles = [FIELD_NAMES[field] for field in CORRECTABLE]
    with new_workbook(target, _TITLE) as workbook:
        font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "num_format": "@"}
        known = workbook.add_format({**font, "bg_color": "#F5F6F3"})
        cell = workbook.add_format(font)
        header = workbook.add_format({**font, "bold": True, "border": 1, "align": "center", "bg_color": "#EAEEEC"})
        sheet = workbook.add_worksheet("Danh sách")
        sheet.set_column(0, 0, 11)
        for at, width in enumerate(_WIDTHS, 1):
            sheet.set_column(at, at, width, cell)
        sheet.set_column(len(titles) + 1, 2 * len(titles), 12, cell, {"hidden": True})
        bold = workbook.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
        sheet.write_string(0, 0, f"{_TITLE}: {heading}", bold)
        sheet.write_string(1, 0, _HINT, workbook.add_format({"font_name": "Times New Roman", "italic": True}))
        for at, title in enumerate([CODE, *titles, *map(before_title, titles)]):
            sheet.write_string(3, at, title, header)
        for number, person in enumerate(people, 4):
            texts = [text_of(person, field) for field in CORRECTABLE]
            sheet.write_string(number, 0, group_code(person.reference), known)
            for at, text in enumerate([*texts, *texts], 1):
                sheet.write_string(number, at, text, cell)
        sheet.freeze_panes(4, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
