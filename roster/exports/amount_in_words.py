"""An amount of money in words, as payment lists end: 1.624.000 → "Một triệu sáu trăm hai mươi tư nghìn đồng". Pure."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000


def amount_in_words(dong: int) -> str:
    """`dong` (whole, not negative) in words, the first letter a capital. Raises ValueError below 0."""
    words = number_in_words(dong)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(number: int) -> str:
    """A whole number, not negative, in words. Raises ValueError below 0."""
    if number < 0:
        raise ValueError("amounts are not negative")
    return _number(number) if number else _DIGITS[0]


def _number(number: int) -> str:
    billions, rest = divmod(number, _BILLION)
    parts = [f"{_number(billions)} tỷ"] if billions else []
    begun = bool(parts)
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            parts.append(_group(group, whole=begun) + _GROUPS[power])
            begun = True
    return " ".join(parts)


def _group(number: int, *, whole: bool) -> str:
    """Three digits; `whole`: something stands before them, so that missing hundreds are said too."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    parts = [f"{_DIGITS[hundreds]} trăm"] if hundreds or whole else []
    if tens > 1:
        parts.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        parts.append("mười")
    elif ones and parts:
        parts.append("linh")
    if ones:
        parts.append(_ones(ones, tens))
    return " ".join(parts)


def _ones(ones: int, tens: int) -> str:
    """After tens: mốt for one (from twenty on), tư for four (from twenty on), lăm for five."""
    if tens > 1 and ones == 1:
        return "mốt"
    if tens > 1 and ones == 4:
        return "tư"
    return "lăm" if tens and ones == 5 else _DIGITS[ones]
