"""Digits that are no account, phone or identity number: money, dates, years, times, ages.

Only recognised so that finders can leave them out; nothing here says what they amount to.
"""

import re

from language.spans import Folded

# Matched on folded text. "ngan" is thousand, but "ngan hang" a bank; "dong" the currency, but "dong a" a
# bank.
_PATTERNS = (
    # 1.500.000, 500.000đ; a number that starts with 0 or does not end in 000 is left to the digit finder.
    r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3}){0,2}[.,]000(?![\d]|[.,]\d)",
    r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3}){1,3}\s?(?:d|vnd|dong(?! a\b))\b",
    r"(?<![\d.,])[1-9]\d{0,8}\s?(?:d|vnd|usd|dong(?! a\b)|ty|ti)\b",
    r"(?<![\d.,])[1-9]\d{0,6}(?:[.,]\d{1,3})?\s?(?:k|nghin|ngan(?! ?h(?:ang)?\b)|trieu|tr)\b",
    # 12/5/1948, 12.05.1948, 12-5-1948, 25/12
    r"(?<![\d./\-])(?:0?[1-9]|[12]\d|3[01])([.\-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?![\d])(?![./\-]\d)",
    r"(?<!\d)\d{1,2}/\d{1,2}(?:/\d{2,4})?(?!\d)",
    r"\b(?:sinh|ngay|sn|ngay sinh)(?: la)? \d{1,2}[ .\-]\d{1,2}[ .\-](?:19|20)?\d\d(?! ?\d)",
    # năm 1948, sinh 1948, sinh năm 48
    r"\b(?:nam|sn|sinh)(?: la)? ?(?:19|20)?\d\d(?! ?\d)",
    # 8h30, 8:30, 8 giờ 30, 78 tuổi
    r"(?<!\d)[0-2]?\d ?(?:[hg](?![a-z])|:|gio\b)(?: ?[0-5]?\d(?!\d))?",
    r"(?<!\w)\d{1,3} ?(?:t|tuoi)\b",
)
_NOT_NUMBERS = re.compile("|".join(f"(?:{p})" for p in _PATTERNS).replace(r"\1", "[.\\-]"))


def spans_of_other_figures(folded: Folded) -> list[tuple[int, int]]:
    """Spans, in the folded text, of money, dates, years, times of day and ages."""
    if not any(c.isdigit() for c in folded.text):
        return []
    return [m.span() for m in _NOT_NUMBERS.finditer(folded.text)]
