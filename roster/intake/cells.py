"""What a cell can hold, and its text in the one form the rest of the intake works on."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from language.text import collapse_spaces, nfc


class ExcelDate(NamedTuple):
    """A number shown as a date. `serial` is the number itself: a year typed into such a cell is found by it."""

    day: date
    serial: float


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error such as #N/A."""

    code: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula whose result was never saved in the file."""

    place: str


type Cell = str | int | float | bool | ExcelDate | CellError | Uncomputed | None
"""Strings are cleaned by `clean_text` and never empty; a whole number is an int."""

# Invisible characters that come along when text is pasted from web pages, PDF files and chat programs.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        0xFEFF,
        *range(0, 9),
        11,
        12,
        *range(14, 32),
    ]
)
# The Icelandic and African letters that look like Đ and come from wrong keyboards.
_LOOK_ALIKES = {0x00D0: "Đ", 0x00F0: "đ", 0x0189: "Đ", 0x0256: "đ"}
# Digits of full width, from East Asian keyboards.
_WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_CLEAN = {**_INVISIBLE, **_LOOK_ALIKES, **_WIDE_DIGITS}
_ANY_LOOK_ALIKE = re.compile("[ÐðƉɖ０-９]")
_APOSTROPHES = ("'", "’", "`")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Undo the `_x000D_` escapes that workbooks use for characters XML does not allow."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text)


def clean_text(text: str) -> str:
    """NFC, no invisible characters, single spaces, line breaks as one "\\n", no apostrophe in front."""
    if not text.isprintable() or (not text.isascii() and _ANY_LOOK_ALIKE.search(text)):
        text = text.translate(_CLEAN)
    text = nfc(text)
    if "\n" in text or "\r" in text:
        text = "\n".join(filter(None, map(collapse_spaces, text.splitlines())))
    elif "  " in text or not text.isprintable() or text[:1] == " " or text[-1:] == " ":
        text = collapse_spaces(text)
    return text.lstrip("'’`").lstrip() if text.startswith(_APOSTROPHES) else text


def one_line(text: str) -> str:
    """Line breaks inside a cell become spaces."""
    return text.replace("\n", " ") if "\n" in text else text


def as_text(cell: Cell) -> str:
    """The cell as an officer sees it: dates as dd/mm/yyyy, numbers without a decimal point where whole."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, ExcelDate):
        return cell.day.strftime("%d/%m/%Y")
    if isinstance(cell, CellError):
        return cell.code
    if isinstance(cell, Uncomputed):
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return str(cell)


_WITH_DECIMALS = re.compile(r"(\d+)[.,]0{1,2}")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")


def number_text(cell: Cell) -> tuple[str, bool]:
    """The digits of a cell that should hold a number, and whether Excel held it as a number (zeros lost).

    Text such as "1.150408744E9" or "001150408744.0" was a number once; "1.15E+09" has lost digits for good and
    is returned as it stands.
    """
    if isinstance(cell, bool) or cell is None:
        return "", False
    if isinstance(cell, int | float):
        return (str(int(cell)) if float(cell).is_integer() else str(cell)), True
    text = one_line(as_text(cell))
    if match := _SCIENTIFIC.fullmatch(text):
        digits, exponent = match.group(1) + (match.group(2) or ""), int(match.group(3))
        return (digits, True) if len(digits) == exponent + 1 else (text, False)
    if match := _WITH_DECIMALS.fullmatch(text):
        return match.group(1), False
    return text, False


# Marks by which a list says "the same as above".
_DITTO = frozenset(
    form
    for mark in ('"', "''", '""', "〃", "″", "“", "”", "nt", "-nt-", "- nt -", "n.t", "như trên", "nhu tren")
    for form in (mark, mark.upper(), mark.capitalize())
)


def has_ditto(cells: Collection[Cell]) -> bool:
    """Whether any of these cells repeats the one above."""
    return not _DITTO.isdisjoint(cells)


def is_ditto(cell: Cell) -> bool:
    """Whether the cell repeats the one above: `"`, `-nt-`, "như trên"."""
    return cell in _DITTO
