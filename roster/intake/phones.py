"""The phone numbers in one cell: several, regrouped, with names beside them, with zeros lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from language.phones import normalise_phone, phone_kind
from language.text import fold
from roster.intake.cells import Cell, CellError, as_text, number_text
from roster.intake.wordlists import phrase_set

_BETWEEN = re.compile(r"[/;,\n|&+]|\bhoặc\b|\bhoac\b|\bvà\b|\bva\b|\s-\s", re.IGNORECASE)
_RUN = re.compile(r"\+?\d(?:[\d .\-()]*\d)?")
_NONE = phrase_set(
    """-, --, x, 0, ?, ..., n/a, khong, khong co, ko, ko co, k, k co, kg, chua co, khong dt, khong sdt, khong co sdt,
    khong co dt, khong co dien thoai, khong dung"""
)
_SHORT = 5
_MOBILE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class PhonesRead:
    """The numbers in their 0… form, each once, and what could not be read as one."""

    phones: tuple[str, ...]
    unread: tuple[str, ...] = ()


_NOTHING = PhonesRead(())


def read_phones(cell: Cell) -> PhonesRead:
    """All numbers of a cell, in their order. Names and remarks beside the numbers are passed over."""
    if cell is None or isinstance(cell, bool):
        return _NOTHING
    if isinstance(cell, CellError):
        return PhonesRead((), (cell.code,))
    text, was_number = number_text(cell)
    if was_number or text.isdecimal():
        as_it_stands = len(text) == _MOBILE_LENGTH and phone_kind(text) is not None
        phone = text if as_it_stands else normalise_phone(text, lenient=True)
        return PhonesRead((phone,)) if phone else _bad(text)
    return _of_text(as_text(cell))


def _bad(text: str) -> PhonesRead:
    return _NOTHING if not text.strip("0") else PhonesRead((), (text,))


def _of_text(text: str) -> PhonesRead:
    if not text or fold(text) in _NONE:
        return _NOTHING
    whole = normalise_phone(text, lenient=True)
    if whole:
        return PhonesRead((whole,))
    phones: list[str] = []
    unread: list[str] = []
    plus = text.replace("+84", "\x00").replace("+ 84", "\x00")
    for piece in _BETWEEN.split(plus):
        _of_piece(piece.replace("\x00", "+84"), phones, unread)
    if not phones and not unread:
        unread.append(text)
    return PhonesRead(tuple(dict.fromkeys(phones)), tuple(unread))


def _of_piece(piece: str, phones: list[str], unread: list[str]) -> None:
    """The numbers of a piece without separators; two side by side are told apart by their lengths."""
    for match in _RUN.finditer(piece):
        run = match.group()
        phone = normalise_phone(run, lenient=True)
        if phone:
            phones.append(phone)
            continue
        each = [normalise_phone(part, lenient=True) for part in re.split(r"[\s\-]+", run)]
        if len(each) > 1 and all(each):
            phones.extend(part for part in each if part)
        elif sum(c.isdecimal() for c in run) >= _SHORT:
            unread.append(run.strip())
