"""Which rows of a list are persons: not totals, signatures, headings, repeated headers, column numbers, notes."""

from __future__ import annotations

import re

from language.text import fold
from roster.intake.categories import Categories
from roster.intake.cells import Cell, ExcelDate, as_text
from roster.intake.communes import CommuneIndex
from roster.intake.header import Layout
from roster.intake.header_names import label_words
from roster.intake.person_names import looks_like_name
from roster.intake.phones import read_phones
from roster.intake.roles import Role
from roster.intake.sheet_rows import SheetRow
from roster.intake.staged import RowReason
from roster.neighbourhoods import is_neighbourhood

_NUMBERING = r"(?:[ivx]{1,5}|[a-h]|\d{1,3})"
_TOTAL = re.compile(rf"^\W*(?:{_NUMBERING}[.)\s]\s*)?(?:tong|cong|luy ke|mang sang|chuyen sang|so nguoi|total)\b")
_TOTAL_WORDS = ("tổng", "cộng", "tong", "cong", "lũy", "luỹ", "luy", "mang", "chuyển", "chuyen", "số", "so", "total")
_SIGNATURE = re.compile(
    r"^\W*(?:nguoi (?:lap|duyet|kiem|ky|nhan\b)|lap (?:bieu|bang)|ke toan|thu (?:quy|truong)|(?:pho )?chu tich|"
    r"(?:truong|pho) (?:phong|ban|thon|cong an)|to truong|bi thu|giam doc|can bo|cong chuc|xac nhan|dai dien|"
    r"(?:tm|t/m|kt|k/t|tl|tuq)\W+\w|noi nhan|nhu tren|luu\W*vt|ky\s*[,(]|ky (?:ten|ghi|dong)|da ky|dong dau|"
    r"ubnd|uy ban nhan dan|phong (?:lao dong|van hoa|noi vu)|so tien|bang chu|viet bang chu|danh sach|"
    r"cong hoa xa hoi|doc lap|ngay\b.*\bthang\b|[\w\s.]{2,40},\s*ngay\b)"
)
_ORDER = re.compile(r"^(?:[IVXLC]{1,6}|[A-Z]|[a-z])\s*[.)/-]?$")
_ORDER_IN_TEXT = re.compile(r"^(?:[IVXLC]{1,6}|[A-Z])\s*[.)/-]\s*\S")
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(?:\d{1,2}|[A-Za-z])\s*[)\]]?(?:\s*=.*)?")
_DIGITS = re.compile(r"\d")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_SPARSE = 4
_LONGEST_TOTAL = 200
# Columns in which a commune or category is a value, not a heading.
_VALUE_ROLES = (Role.WARD, Role.OLD_WARD, Role.DISTRICT, Role.CATEGORY, Role.ADDRESS, Role.NEIGHBOURHOOD)
_BIRTH_ROLES = (Role.BIRTH, Role.BIRTH_YEAR, Role.MALE, Role.FEMALE)


class RowSorter:
    """Tells the rows under one header apart, top to bottom: what follows a signature is read differently."""

    def __init__(self, layout: Layout, communes: CommuneIndex, categories: Categories) -> None:
        self._layout = layout
        self._communes = communes
        self._categories = categories
        self._number = layout.first(Role.STT)
        self._names = [
            column
            for role in (Role.FULL_NAME, Role.FAMILY_NAME, Role.GIVEN_NAME)
            for column in layout.columns.get(role, ())
        ]
        self._births = [column for role in _BIRTH_ROLES for column in layout.columns.get(role, ())]
        self._identities = layout.columns.get(Role.CITIZEN_ID, ())
        self._phones = layout.columns.get(Role.PHONES, ())
        self._addresses = layout.columns.get(Role.ADDRESS, ())
        self._values = {column for role in _VALUE_ROLES for column in layout.columns.get(role, ())}
        self._signed = False

    def reason(self, row: SheetRow) -> RowReason | None:
        """Why the row is no person, None where it is one."""
        if self._is_certainly_a_person(row):
            self._signed = False
            return None
        reason = self._reason(row)
        if reason is RowReason.SIGNATURE:
            self._signed = True
        elif reason is RowReason.HEADER:
            self._signed = False
        return reason

    def heading_text(self, row: SheetRow) -> str:
        """The text of a heading row: its longest one."""
        return max((as_text(cell).replace("\n", " ") for cell in row.cells.values()), key=len, default="")

    def _is_certainly_a_person(self, row: SheetRow) -> bool:
        """The common case, decided fast: a name that is no total, and a number or a birth beside it."""
        name = next((cell for column in self._names if isinstance(cell := row.cells.get(column), str)), None)
        if name is None or len(name) < 4:
            return False
        if any(_count_digits(row.cells.get(column)) >= 8 for column in self._identities):
            return True
        return self._has_birth(row) and not _is_total(name)

    def _reason(self, row: SheetRow) -> RowReason | None:
        texts = [as_text(cell).replace("\n", " ") for _, cell in sorted(row.cells.items()) if isinstance(cell, str)]
        if self._is_header(row):
            return RowReason.HEADER
        if self._is_column_numbers(row):
            return RowReason.COLUMN_NUMBERS
        identified = self._has_identity(row)
        if not identified and any(map(_is_total, texts[:2])):
            return RowReason.TOTAL
        if identified or self._has_birth(row):
            return None
        return self._reason_without_evidence(row, texts)

    def _reason_without_evidence(self, row: SheetRow, texts: list[str]) -> RowReason | None:
        name = self._name(row)
        numbered = self._number is not None and as_text(row.cells.get(self._number)).strip(".) ").isdecimal()
        sparse = len(row.cells) <= _SPARSE
        if sparse and self._is_heading(row, texts, numbered):
            return RowReason.HEADING
        if sparse and not numbered and any(_SIGNATURE.match(fold(text)) for text in texts):
            return RowReason.SIGNATURE
        if self._signed and not numbered:
            return RowReason.SIGNATURE
        if not name:
            return self._reason_without_name(row, texts)
        return RowReason.NOTE if self._is_note(row, name, numbered) else None

    def _reason_without_name(self, row: SheetRow, texts: list[str]) -> RowReason | None:
        if any(row.cells.get(column) is not None for column in self._addresses) and len(row.cells) >= 3:
            return None
        return RowReason.NOTE if texts else RowReason.NUMBER_ONLY

    def _is_note(self, row: SheetRow, name: str, numbered: bool) -> bool:
        """A sentence in the name's column, with nothing that speaks of a person beside it."""
        alone = len(row.cells) - numbered <= 1
        return alone and not looks_like_name(name) and (not numbered or len(name.split()) > 7)

    def _is_heading(self, row: SheetRow, texts: list[str], numbered: bool) -> bool:
        text = max(texts, key=len, default="")
        if any(row.cells.get(column) == text for column in self._values):
            return False
        beside = [cell for cell in row.cells.values() if isinstance(cell, str) and cell != text]
        if not text or any(len(as_text(cell)) > 6 for cell in beside):
            return False
        if self._communes.is_heading(text) or self._categories.exactly(text) or is_neighbourhood(text):
            return True
        order = self._number is not None and _ORDER.match(as_text(row.cells.get(self._number)))
        return bool(order or _ORDER_IN_TEXT.match(text)) and not numbered

    def _is_header(self, row: SheetRow) -> bool:
        """Half of the texts are the labels of their own columns, two at least."""
        labels = self._layout.labels
        texts = [(column, label_words(cell)) for column, cell in row.cells.items() if isinstance(cell, str)]
        if len(texts) < 2 or len(texts) * 2 < len(row.cells):
            return False
        same = [column for column, words in texts if words and f" {words} " in f" {labels.get(column, '')} "]
        return len(same) >= 2 and len(same) * 2 >= len(texts)

    def _is_column_numbers(self, row: SheetRow) -> bool:
        texts = [as_text(cell) for cell in row.cells.values()]
        numbers = [text for text in texts if _COLUMN_NUMBER.fullmatch(text)]
        name = self._name(row)
        return len(texts) >= 3 and len(numbers) == len(texts) and (not name or len(name) <= 4)

    def _name(self, row: SheetRow) -> str:
        return " ".join(filter(None, (as_text(row.cells.get(column)) for column in self._names)))

    def _has_identity(self, row: SheetRow) -> bool:
        if any(_count_digits(row.cells.get(column)) >= 8 for column in self._identities):
            return True
        return any(read_phones(row.cells.get(column)).phones for column in self._phones)

    def _has_birth(self, row: SheetRow) -> bool:
        return any(_is_birth(row.cells.get(column)) for column in self._births)


def _count_digits(cell: Cell) -> int:
    if cell is None:
        return 0
    if isinstance(cell, str) and cell.isdecimal():
        return len(cell)
    return len(_DIGITS.findall(as_text(cell)))


def _is_birth(cell: Cell) -> bool:
    return isinstance(cell, ExcelDate) or bool(cell is not None and _YEAR.search(as_text(cell)))


def _is_total(text: str) -> bool:
    """ "Cộng Xã Hạ Bằng", "Tổng số: 45 người"; not the families Tống and Công."""
    if len(text) > _LONGEST_TOTAL or not _TOTAL.match(fold(text)):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return any(word in _TOTAL_WORDS for word in words[:2]) and not looks_like_a_person_of_that_name(text)


def looks_like_a_person_of_that_name(text: str) -> bool:
    """Without diacritics "Tong Thi Cong" and "Cong Van Hoa" are people, "Tong cong" and "Cong xa X" are not."""
    words = fold(text).split()
    return text.isascii() and len(words) >= 3 and words[1] in {"thi", "van", "duc", "thu", "minh", "huu", "quang"}
