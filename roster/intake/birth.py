"""When somebody was born, from whatever a list has: a date, a year, an Excel number, "00/00/1948"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from language.text import fold
from roster.intake.cells import Cell, CellError, ExcelDate, Uncomputed, as_text, one_line
from roster.intake.wordlists import phrase_set

MAX_AGE = 125
_LONG_LIVED = 98
_CHILD_OF_LONG_LIVED = 116
_SERIAL_EPOCH = date(1899, 12, 30)
_MISSING = phrase_set(
    """?, ??, ???, -, --, ---, ..., …., …, x, 0, n/a, khong ro, k ro, ko ro, kr, khong nho, khong co, chua ro"""
)


@dataclass(frozen=True, slots=True)
class BirthRead:
    """A birth as far as it is known. `problem` means that no year may be taken; `remark` that one was, and how."""

    year: int | None = None
    day: date | None = None
    problem: str | None = None
    remark: str | None = None
    missing: bool = False


_MISSING_BIRTH = BirthRead(missing=True)
_SEP = r"\s*[/.\-–,\\ ]\s*"
_UNKNOWN = r"(?:0{1,2}|x{1,2}|\?{1,2}|_{1,2}|\*{1,2}|-{1,2}|\.{1,3}|…)"
_PART = rf"(\d{{1,2}}|{_UNKNOWN})?"
_FULL_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_DAY_MONTH_YEAR = re.compile(rf"{_PART}{_SEP}{_PART}{_SEP}(\d{{4}}|\d{{2}})")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})")
_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{4}})")
_WORDS = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*(?:thang|th|t)\.?\s*(\d{1,2})\s*,?\s*(?:nam|n)\.?\s*(\d{4})")
_MONTH_WORDS = re.compile(r"(?:thang|th)\.?\s*(\d{1,2})\s*(?:nam|[/\-. ])\s*(\d{4})")
_CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*[AaPp][Mm])?$")
_LEADING_WORDS = re.compile(r"^(?:sinh nam|sinh ngay|nam sinh|ngay sinh|sinh|sn|ns|nam|khoang|~|≈|c\.)[\s:.]*")
_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_AGE = re.compile(r"(\d{1,3})\s*(?:tuoi|t|tu)\b")
_YEARS = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


class BirthReader:
    """Reads births as of a given day, which bounds the years that can be."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._first_year = today.year - MAX_AGE

    def read(self, cell: Cell, hint: int | None = None) -> BirthRead:
        """The birth in one cell. `hint` is the year the citizen's number gives; it decides years of two digits."""
        if cell is None or isinstance(cell, bool | Uncomputed):
            return _MISSING_BIRTH
        if isinstance(cell, CellError):
            return BirthRead(problem=f"Ô báo lỗi {cell.code}")
        if isinstance(cell, ExcelDate):
            return self._of_excel_date(cell)
        if isinstance(cell, str):
            return self.read_text(cell, hint)
        return self._of_number(cell, hint)

    def read_text(self, text: str, hint: int | None = None) -> BirthRead:
        """The birth in a text."""
        if match := _FULL_DATE.fullmatch(text):
            return self._of_day(int(match[1]), int(match[2]), int(match[3]))
        folded = _CLOCK.sub("", fold(one_line(text)))
        if not folded or folded in _MISSING:
            return _MISSING_BIRTH
        plain = _LEADING_WORDS.sub("", _BRACKETS.sub(" ", folded).strip()).strip(" .,;:?~")
        if plain.isdecimal():
            return self._of_digits(plain, hint)
        if re.fullmatch(r"\d+[.,]0+", plain):
            return self._of_digits(re.split(r"[.,]", plain)[0], hint)
        return self._of_parts(plain, hint) or self._otherwise(folded)

    def of_columns(self, day: Cell, month: Cell, year: Cell, hint: int | None = None) -> BirthRead:
        """The birth in three columns; day and month may be empty."""
        read = self.read(year, hint)
        if read.year is None or read.day is not None:
            return read
        day_text, month_text = as_text(day).strip("?.-x "), as_text(month).strip("?.-x ")
        if not (day_text.isdecimal() and month_text.isdecimal()) or int(day_text) == 0 or int(month_text) == 0:
            return read
        return self._of_day(int(day_text), int(month_text), read.year)

    def _of_excel_date(self, cell: ExcelDate) -> BirthRead:
        # A year typed into a cell formatted as a date: 1948 shows as 01/05/1905.
        if cell.serial.is_integer() and self._first_year <= cell.serial <= self._today.year:
            return BirthRead(int(cell.serial), remark=f"Ô định dạng ngày nhưng gõ năm; hiểu là {int(cell.serial)}")
        return self._checked(cell.day.year, cell.day)

    def _of_number(self, number: float, hint: int | None) -> BirthRead:
        if isinstance(number, float) and not number.is_integer():
            if 4000 <= number <= 60_000:
                return self._of_serial(int(number))
            return BirthRead(problem="Không hiểu được ngày sinh này")
        return self._of_digits(str(int(number)), hint)

    def _of_digits(self, digits: str, hint: int | None) -> BirthRead:
        value = int(digits)
        if len(digits) == 4 and 1800 <= value <= 2100:
            return self._checked(value, None)
        if len(digits) in (7, 8):
            return self._of_run(digits.zfill(8))
        if 2101 <= value <= 60_000:
            return self._of_serial(value)
        if len(digits) == 2:
            return self._of_two_digits(value, None, None, hint)
        return BirthRead(problem="Không hiểu được năm sinh này")

    def _of_run(self, digits: str) -> BirthRead:
        """Eight digits without separators: 27011950, or 19500127."""
        day_first = (int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        year_first = (int(digits[6:]), int(digits[4:6]), int(digits[:4]))
        for day, month, year in (day_first, year_first):
            if self._first_year <= year <= self._today.year and _day(day, month, year):
                return self._of_day(day, month, year)
        return BirthRead(problem="Không hiểu được ngày sinh này")

    def _of_serial(self, serial: int) -> BirthRead:
        day = _SERIAL_EPOCH + timedelta(days=serial)
        read = self._checked(day.year, day)
        if read.problem:
            return BirthRead(problem="Không hiểu được năm sinh này")
        return BirthRead(read.year, day, remark=f"Số {serial} là ngày kiểu Excel; hiểu là {day:%d/%m/%Y}")

    def _of_parts(self, plain: str, hint: int | None) -> BirthRead | None:
        if match := _WORDS.fullmatch(plain):
            return self._of_day(int(match[1]), int(match[2]), int(match[3]))
        if match := _YEAR_FIRST.fullmatch(plain):
            return self._of_day(int(match[3]), int(match[2]), int(match[1]))
        if match := _DAY_MONTH_YEAR.fullmatch(plain):
            return self._of_written(match[1], match[2], match[3], hint)
        if match := _MONTH_YEAR.fullmatch(plain) or _MONTH_WORDS.fullmatch(plain):
            return self._of_month(int(match[1]), int(match[2]))
        return None

    def _of_written(self, day: str | None, month: str | None, year: str, hint: int | None) -> BirthRead:
        known_day, known_month = _known(day), _known(month)
        if len(year) == 2:
            return self._of_two_digits(int(year), known_day, known_month, hint)
        if known_day and known_month:
            return self._of_day(known_day, known_month, int(year))
        if known_month:
            return self._of_month(known_month, int(year))
        return self._checked(int(year), None)

    def _of_month(self, month: int, year: int) -> BirthRead:
        if month > 12:
            return BirthRead(problem=f"Không có tháng {month}")
        return self._checked(year, None)

    def _of_day(self, day: int, month: int, year: int) -> BirthRead:
        if day == 0 or month == 0:
            return self._of_month(month, year)
        exact = _day(day, month, year)
        if exact:
            return self._checked(year, exact)
        swapped = _day(month, day, year)
        if swapped:
            read = self._checked(year, swapped)
            return BirthRead(read.year, read.day, read.problem, f"Ghi tháng trước ngày; hiểu là {swapped:%d/%m/%Y}")
        return BirthRead(problem=f"Không có ngày {day:02}/{month:02}/{year}")

    def _of_two_digits(self, yy: int, day: int | None, month: int | None, hint: int | None) -> BirthRead:
        """A year of two digits: of the century in which the person can live, or that the citizen's number gives."""
        last, this = 1900 + yy, 2000 + yy
        year = last if this > self._today.year else None
        if year is None and hint in (last, this):
            year = hint
        if year is None and not _LONG_LIVED <= self._today.year - last < _CHILD_OF_LONG_LIVED:
            year = this
        if year is None:
            return BirthRead(problem=f"Năm sinh ghi hai chữ số, có thể là {last} hoặc {this}")
        read = self._of_day(day, month, year) if day and month else self._checked(year, None)
        return BirthRead(read.year, read.day, read.problem, f"Năm sinh ghi hai chữ số; hiểu là {year}")

    def _checked(self, year: int, day: date | None) -> BirthRead:
        if year > self._today.year or (day and day > self._today):
            return BirthRead(problem="Ngày sinh ở tương lai")
        if year < self._first_year:
            return BirthRead(problem=f"Năm sinh {year}: hơn {MAX_AGE} tuổi")
        return BirthRead(year, day)

    def _otherwise(self, folded: str) -> BirthRead:
        years = sorted(set(_YEARS.findall(folded)))
        if (
            len(years) == 1
            and not _AGE.search(folded.replace(years[0], ""))
            and not re.search(r"\d", folded.replace(years[0], ""))
        ):
            read = self._checked(int(years[0]), None)
            return BirthRead(read.year, None, read.problem, f"Chỉ lấy được năm {years[0]}")
        if len(years) > 1:
            return BirthRead(problem=f"Ghi nhiều năm: {', '.join(years)}")
        if _AGE.search(folded):
            return BirthRead(problem="Ghi tuổi, không ghi năm sinh")
        return BirthRead(problem="Không hiểu được ngày sinh này")


def _known(part: str | None) -> int | None:
    return int(part) if part and part.isdecimal() and int(part) else None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
