"""One sheet in the form offices use: title block, header that repeats, numbered rows, totals, signatures.

The title block and fonts follow Decree 30/2020/NĐ-CP, Appendix I. Rows are written as they come and leave memory at
once, so a list may have any length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from roster.exports.amount_in_words import amount_in_words
from roster.exports.words import long_date

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_TABLE_SIZE = 10
_A4 = 9
_ROOM_TO_SIGN = 4
_LINE = 14.5
"""Height of a line of the table, in points."""
_LETTERS_A_WIDTH = 1.4
"""How many letters of the table's font stand on one unit of column width."""


class ColumnKind(StrEnum):
    """How a column's values stand."""

    TEXT = "text"
    CODE = "code"
    """Text in the middle: codes, numbers with leading zeros, dates."""
    MONEY = "money"
    """Whole đồng; the column is added up."""


@dataclass(frozen=True)
class Column:
    """A column's title, its width in characters, and its kind."""

    title: str
    width: float
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True)
class Heading:
    """Who writes the list, when, and who signs it. `note` stands under the title: the commune, the campaign."""

    office: str
    day: date
    superior: str = "THÀNH PHỐ HÀ NỘI"
    place: str = "Hà Nội"
    note: str = ""
    maker: str = "NGƯỜI LẬP BIỂU"
    signers: tuple[str, ...] = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


@dataclass(frozen=True)
class Totals:
    """How many people a sheet lists, and the sum of its money column in đồng."""

    people: int
    dong: int


class OfficeSheet:
    """Writes one sheet top to bottom: the head when made, then `add` per person, then `finish`."""

    def __init__(
        self,
        workbook: xlsxwriter.Workbook,
        name: str,
        title: str,
        heading: Heading,
        columns: Sequence[Column],
    ) -> None:
        self._sheet = workbook.add_worksheet(name)
        self._heading = heading
        self._columns = [Column("STT", 4.5, ColumnKind.CODE), *columns]
        self._formats = _formats(workbook)
        self._last = len(self._columns) - 1
        self._middle = self._middle_column()
        self._row = 0
        self._people = 0
        self._dong = 0
        self._set_up_page()
        self._write_title_block(title)
        self._write_header()
        self._first_person_row = self._row

    def add(self, values: Sequence[str | int | None]) -> None:
        """One numbered person; `values` in the columns' order, without the number."""
        self._people += 1
        cells = list(zip(self._columns, [str(self._people), *values], strict=True))
        self._sheet.set_row(self._row, max(_lines(column, value) for column, value in cells) * _LINE)
        for place, (column, value) in enumerate(cells):
            self._write(place, column, value)
        self._row += 1

    def finish(self, *, in_words: bool = False) -> Totals:
        """Totals and signatures; `in_words` repeats the sum as text."""
        self._write_totals()
        self._row += 1
        if in_words:
            self._merged(0, self._last, f"Bằng chữ: {amount_in_words(self._dong)}.", "italic")
            self._row += 1
        self._row += 1
        self._write_signatures()
        self._sheet.print_area(0, 0, self._row, self._last)
        return Totals(self._people, self._dong)

    def _middle_column(self) -> int:
        """The first column of the right half, by width: the title block and the signatures stand in halves."""
        reached = list(accumulate(column.width for column in self._columns))
        return next(place for place, width in enumerate(reached) if width > reached[-1] / 2)

    def _set_up_page(self) -> None:
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer('&R&"Times New Roman"&10Trang &P/&N')
        sheet.hide_gridlines(2)
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, column.width)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _write_title_block(self, title: str) -> None:
        heading = self._heading
        self._halves(heading.superior, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "middle", "bold")
        self._halves(heading.office, "Độc lập - Tự do - Hạnh phúc", "underlined", "underlined")
        self._row += 1
        self._merged(0, self._last, title, "title")
        self._row += 1
        if heading.note:
            self._merged(0, self._last, heading.note, "italic_middle")
            self._row += 1
        self._row += 1

    def _write_header(self) -> None:
        self._sheet.set_row(self._row, 2.5 * _LINE)
        for place, column in enumerate(self._columns):
            self._sheet.write_string(self._row, place, column.title, self._formats["header"])
        self._sheet.repeat_rows(self._row)
        self._row += 1
        self._sheet.freeze_panes(self._row, 0)

    def _write(self, place: int, column: Column, value: str | int | None) -> None:
        cell_format = self._formats[column.kind.value]
        if value is None or value == "":
            self._sheet.write_blank(self._row, place, None, cell_format)
        elif column.kind is ColumnKind.MONEY:
            self._dong += int(value)
            self._sheet.write_number(self._row, place, int(value), cell_format)
        else:
            self._sheet.write_string(self._row, place, str(value), cell_format)

    def _write_totals(self) -> None:
        money = [place for place, column in enumerate(self._columns) if column.kind is ColumnKind.MONEY]
        label_to = (money[0] if money else len(self._columns)) - 1
        self._merged(0, label_to, f"TỔNG CỘNG: {_grouped(self._people)} người", "total")
        for place in range(label_to + 1, len(self._columns)):
            if place in money and self._people:
                self._sheet.write_formula(self._row, place, self._sum_of(place), self._formats["sum"], self._dong)
            else:
                self._sheet.write_blank(self._row, place, None, self._formats["total"])

    def _sum_of(self, place: int) -> str:
        column = xlsxwriter.utility.xl_col_to_name(place)
        return f"=SUM({column}{self._first_person_row + 1}:{column}{self._row})"

    def _write_signatures(self) -> None:
        heading = self._heading
        self._halves("", long_date(heading.place, heading.day), "middle", "italic_middle")
        makers = [heading.maker, *[""] * (len(heading.signers) - 1)]
        for maker, signer in zip(makers, heading.signers, strict=True):
            self._halves(maker, signer, "bold", "bold")
        self._halves("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", "italic_middle", "italic_middle")
        self._row += _ROOM_TO_SIGN

    def _halves(self, left: str, right: str, left_style: str, right_style: str) -> None:
        self._merged(0, self._middle - 1, left, left_style)
        self._merged(self._middle, self._last, right, right_style)
        self._row += 1

    def _merged(self, first: int, last: int, text: str, style: str) -> None:
        if first == last:
            self._sheet.write_string(self._row, first, text, self._formats[style])
        else:
            self._sheet.merge_range(self._row, first, self._row, last, text, self._formats[style])


def _lines(column: Column, value: str | int | None) -> int:
    """How many lines a value takes: not every program fits the heights of rows by itself."""
    if not isinstance(value, str):
        return 1
    return max(1, len(wrap(value, max(1, int(column.width * _LETTERS_A_WIDTH)))))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _formats(workbook: xlsxwriter.Workbook) -> dict[str, Format]:
    bold: dict[str, Any] = {"bold": True}
    middle: dict[str, Any] = {"align": "center"}
    cell: dict[str, Any] = {"border": 1, "text_wrap": True, "font_size": _TABLE_SIZE}
    styles: dict[str, dict[str, Any]] = {
        "middle": middle,
        "bold": bold | middle,
        "underlined": bold | middle | {"underline": 1},
        "title": bold | middle | {"font_size": 14},
        "italic": {"italic": True},
        "italic_middle": {"italic": True} | middle,
        "header": bold | middle | cell,
        "text": cell | {"num_format": "@"},
        "code": cell | middle | {"num_format": "@"},
        "money": cell | {"num_format": "#,##0"},
        "total": bold | cell,
        "sum": bold | cell | {"num_format": "#,##0"},
    }
    return {name: workbook.add_format(_FONT | style) for name, style in styles.items()}
