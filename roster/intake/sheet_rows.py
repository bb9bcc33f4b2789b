"""The rows of one worksheet, streamed, with typed cells.

Written on the expat parser instead of openpyxl's read-only mode: that one is three times slower, and cannot tell a
formula that was never computed from an empty cell.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from xml.parsers.expat import XMLParserType

from openpyxl.utils import column_index_from_string

from roster.intake.cells import Cell, CellError, ExcelDate, Uncomputed, clean_text, unescape
from roster.intake.errors import BrokenWorkbook
from roster.intake.parts import SheetPart, WorkbookParts
from roster.intake.xml_stream import chunks, feed, local, new_parser

MAX_COLUMNS = 200
_NONE: frozenset[int] = frozenset()
_MOST_REMEMBERED = 5_000
_LONGEST_NUMBER = 40
_MAX_SERIAL = 2_958_465  # 31/12/9999, the last date Excel knows
_LOST_DAY = 60  # Excel counts a 29/02/1900 that never was


@dataclass(slots=True)
class SheetRow:
    """One row: `cells` by column index from 0 (empty ones absent), `formulas` the columns that hold formulas."""

    number: int
    cells: dict[int, Cell]
    formulas: frozenset[int] = frozenset()


class _RowCollector:
    """Turns the parser's events into rows. Knows nothing of what the cells mean.

    Text is gathered from wherever it stands in a cell; what stands in a formula or a phonetic help is dropped again.
    """

    def __init__(self, parts: WorkbookParts, strings: list[str]) -> None:
        self.rows: list[SheetRow] = []
        self._parts = parts
        self._strings = strings
        self._columns: dict[str, int] = {}
        self._cleaned: dict[str, str] = {}
        self._number = 0
        self._cells: dict[int, Cell] = {}
        self._formulas: set[int] = set()
        self._attributes: dict[str, str] = {}
        self._column = -1
        self._text = ""
        self._before = ""
        self._formula = False
        self._starts: dict[str, Callable[[dict[str, str]], None] | None] = {}
        self._ends: dict[str, Callable[[], None] | None] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        try:
            handler = self._starts[tag]
        except KeyError:
            handler = self._meet(tag)
        if handler is not None:
            handler(attributes)

    def text(self, data: str) -> None:
        self._text += data

    def end(self, tag: str) -> None:
        handler = self._ends[tag]
        if handler is not None:
            handler()

    def _meet(self, tag: str) -> Callable[[dict[str, str]], None] | None:
        """A tag's first time: find what is to be done for it, whatever prefix it has."""
        name = local(tag)
        starts = {"c": self._start_cell, "row": self._start_row, "rPh": self._start_phonetic}
        ends = {"c": self._end_cell, "row": self._end_row, "f": self._end_formula, "rPh": self._end_phonetic}
        self._ends[tag] = ends.get(name)
        handler = self._starts[tag] = starts.get(name)
        return handler

    def _start_phonetic(self, _attributes: dict[str, str]) -> None:
        self._before = self._text

    def _end_phonetic(self) -> None:
        self._text = self._before

    def _end_formula(self) -> None:
        self._formula = True
        self._text = ""

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        self._number = int(given) if given else self._number + 1
        self._cells = {}
        self._formulas = set()
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._text = ""
        self._formula = False
        place = attributes.get("r")
        self._column = self._column_of(place) if place else self._column + 1

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_index_from_string(letters) - 1
        return column

    def _end_row(self) -> None:
        if self._cells:
            formulas = frozenset(self._formulas) if self._formulas else _NONE
            self.rows.append(SheetRow(self._number, self._cells, formulas))

    def _end_cell(self) -> None:
        if not (self._text or self._formula) or self._column >= MAX_COLUMNS:
            return
        if self._formula:
            self._formulas.add(self._column)
        value = self._value()
        if value is not None and value != "":
            self._cells[self._column] = value

    def _value(self) -> Cell:
        text, kind = self._text, self._attributes.get("t", "n")
        if not text or text.isspace():
            return self._empty(kind)
        if kind == "s":
            return self._strings[int(text)]
        if kind in ("inlineStr", "str"):
            return self._clean(text)
        if kind == "n":
            return self._number_of(text)
        if kind == "b":
            return text == "1"
        if kind == "e":
            return CellError(text)
        if kind == "d":
            return _iso_date(text)
        return self._clean(text)

    def _empty(self, kind: str) -> Cell:
        """A formula without a value; one whose result is the text "" was computed, and is empty."""
        return Uncomputed(self._attributes.get("r", "")) if self._formula and kind != "str" else None

    def _clean(self, text: str) -> str:
        """Cleaned text; what is short comes again and again (kinds, communes, relations) and is remembered."""
        cleaned = self._cleaned.get(text)
        if cleaned is None:
            cleaned = clean_text(unescape(text))
            if len(self._cleaned) < _MOST_REMEMBERED:
                self._cleaned[text] = cleaned
        return cleaned

    def _number_of(self, text: str) -> Cell:
        if text.isdecimal() and text.isascii():
            value: int | float = int(text[:_LONGEST_NUMBER])
        else:
            value = float(text)
            if not math.isfinite(value):
                return CellError(text)
            if value.is_integer() and abs(value) < 1e18:
                value = int(value)
        style = self._attributes.get("s")
        if style is not None and int(style) in self._parts.date_styles and 1 <= value <= _MAX_SERIAL:
            return ExcelDate(_date_of(value, self._parts.epoch), value)
        return value


def _date_of(serial: float, epoch: date) -> date:
    days = int(serial)
    if epoch.year == 1899 and days < _LOST_DAY:
        days += 1
    return epoch + timedelta(days=min(days, _MAX_SERIAL - 2000))


def _iso_date(text: str) -> Cell:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return clean_text(text)
    return ExcelDate(day, float((day - date(1899, 12, 30)).days))


def stream_rows(
    archive: zipfile.ZipFile, sheet: SheetPart, parts: WorkbookParts, strings: list[str]
) -> Iterator[SheetRow]:
    """The rows that hold anything, top to bottom. Raises BrokenWorkbook, also in the middle of a sheet."""
    collector = _RowCollector(parts, strings)
    parser = new_parser(collector.start, collector.end, collector.text)
    for chunk in chunks(archive, sheet.path):
        _feed_cells(parser, chunk)
        yield from collector.rows
        collector.rows.clear()
    feed(parser, b"", final=True)
    yield from collector.rows


def _feed_cells(parser: XMLParserType, chunk: bytes) -> None:
    try:
        feed(parser, chunk)
    except (ValueError, IndexError, OverflowError, KeyError) as problem:
        # A reference to a text that is not there, a cell "1A", a number that is none.
        raise BrokenWorkbook from problem
