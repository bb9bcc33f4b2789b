"""Amounts of money as lists write them, in whole đồng."""

from __future__ import annotations

import re
from functools import lru_cache

from language.text import fold
from roster.intake.cells import Cell

_UNIT = re.compile(r"\s*(?:dong|vnd|vnđ|đ|d|₫)?(?:\s*/\s*(?:thang|th|t))?\.?$")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+(?:[.,]0{1,2})?|\d+(?:[.,]0{1,2})?")
_MILLIONS = re.compile(r"(\d+)(?:[.,](\d{1,3}))?\s*(?:trieu|tr)(?:\s*dong|\s*d)?")
_MOST = 1_000_000_000


def read_amount(cell: Cell) -> int | None:
    """1624000, "1.000.000đ", "500.000", "1,5 triệu" → đồng; None for anything else or beyond reason."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return int(cell) if 0 < cell < _MOST and float(cell).is_integer() else None
    return _of_text(cell) if isinstance(cell, str) else None


@lru_cache(maxsize=4096)
def _of_text(text: str) -> int | None:
    folded = fold(text)
    if match := _MILLIONS.fullmatch(folded):
        return int(match[1]) * 1_000_000 + int((match[2] or "0").ljust(6, "0"))
    plain = _UNIT.sub("", folded)
    if not _GROUPED.fullmatch(plain):
        return None
    digits = re.sub(r"[.,]0{1,2}$", "", plain) if re.search(r"[.,]0{1,2}$", plain) else plain
    amount = int(re.sub(r"[.,\s]", "", digits))
    return amount if 0 < amount < _MOST else None
