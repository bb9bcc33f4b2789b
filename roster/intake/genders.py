"""The gender as a list writes it."""

from __future__ import annotations

from functools import lru_cache

from language.text import fold
from roster.intake.cells import Cell, as_text
from roster.intake.staged import Gender

_MALE = frozenset({"nam", "male", "m", "trai", "nam gioi", "ong", "be trai", "con trai", "boy"})
_FEMALE = frozenset({"nu", "female", "f", "gai", "nu gioi", "ba", "be gai", "con gai", "girl", "nư", "n ữ", "n u"})
_CROSSES = frozenset({"x", "X", "✓", "✔", "√", "v", "V", "+", "*", "1", "●", "ü", "a", "có", "Có", "TRUE"})


def read_gender(cell: Cell) -> Gender | None:
    """Nam, Nữ and their variants; None for anything else ("x", blank): it is never guessed."""
    return _of_text(as_text(cell)) if cell is not None else None


@lru_cache(maxsize=1024)
def _of_text(text: str) -> Gender | None:
    text = fold(text).strip(" .")
    if text in _MALE:
        return Gender.MALE
    return Gender.FEMALE if text in _FEMALE else None


def is_cross(cell: Cell) -> bool:
    """Whether a cell is ticked. "ü" and "a" are how tick marks of symbol fonts are stored."""
    return as_text(cell) in _CROSSES
