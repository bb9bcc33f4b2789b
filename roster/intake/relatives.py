"""The relative of a person: "con trai", "Nguyễn Văn B (con trai) 0912 345 678"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from language.names import display_name
from language.text import fold
from roster.intake.phones import read_phones
from roster.intake.wordlists import phrase_set

_RELATIONS = phrase_set(
    """con, con trai, con gai, con dau, con re, con nuoi, con ruot, vo, chong, chau, chau noi, chau ngoai, chau ruot,
    chau trai, chau gai, anh, chi, em, anh trai, chi gai, em trai, em gai, anh ruot, chi ruot, em ruot, anh re, chi dau,
    em dau, em re, bo, cha, me, me de, bo de, ong, ba, ong noi, ba noi, ong ngoai, ba ngoai, co, chu, bac, di, cau, mo,
    thim, giam ho, nguoi giam ho, hang xom, nguoi cham soc, than nhan, nguoi than, ban, bo me, cha me, chinh chu,
    ban than, nguoi quen, khac"""
)
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_PHONE = re.compile(r"\+?\d[\d .\-]{7,}\d")
_SPLIT = re.compile(r"\s*[:;,\-–/]\s*")


@dataclass(frozen=True, slots=True)
class RelativeRead:
    """What a list says about a relative; `relation` in its own words."""

    name: str | None = None
    relation: str | None = None
    phones: tuple[str, ...] = ()


_NOBODY = RelativeRead()


@lru_cache(maxsize=4096)
def read_relative(texts: tuple[str, ...], relation: str) -> RelativeRead:
    """The relative in one or more cells, `relation` being the cell of a column of its own."""
    if not any(texts):
        return RelativeRead(relation=relation or None) if relation else _NOBODY
    name: str | None = None
    phones: list[str] = []
    for text in texts:
        phones += [phone for match in _PHONE.finditer(text) for phone in read_phones(match.group()).phones]
        for piece in _pieces(_PHONE.sub(" ", text)):
            if fold(piece) in _RELATIONS:
                relation = relation or piece
            elif len(piece.split()) >= 2 and not any(c.isdigit() for c in piece):
                name = name or display_name(piece)
    return RelativeRead(name, relation or None, tuple(phones))


def _pieces(text: str) -> list[str]:
    if fold(text) in _RELATIONS:
        return [text]
    inside = [match.group(1) for match in _BRACKETS.finditer(text)]
    outside = _BRACKETS.sub(" ", text)
    return [piece.strip() for part in (outside, *inside) for piece in _SPLIT.split(part) if piece.strip()]
