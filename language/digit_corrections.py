"""Corrections of single digits: "2 số cuối là 34", "số đầu là 9", "số thứ 5 phải là 8", "thiếu số 0 ở
đầu".
"""

import re
from dataclasses import dataclass
from enum import Enum

from language.number_words import digit_word
from language.spans import words_of
from language.tables import word_set


class DigitChangeKind(str, Enum):
    LAST_DIGITS = "last_digits"
    FIRST_DIGITS = "first_digits"
    NTH_DIGIT = "nth_digit"
    PREPEND = "prepend"
    APPEND = "append"
    DROP_LAST = "drop_last"
    DROP_FIRST = "drop_first"


@dataclass(frozen=True)
class DigitChange:
    """`digits` to put there ("" for DROP); `position` from 1, or from the end when negative (NTH_DIGIT),
    or how many digits to drop."""

    kind: DigitChangeKind
    digits: str
    position: int | None = None

    def apply(self, number: str) -> str | None:
        """`number` changed, or None where it is too short for that."""
        count = len(self.digits)
        if self.kind is DigitChangeKind.PREPEND:
            return self.digits + number
        if self.kind is DigitChangeKind.APPEND:
            return number + self.digits
        if self.kind is DigitChangeKind.LAST_DIGITS:
            return number[:-count] + self.digits if 0 < count < len(number) else None
        if self.kind is DigitChangeKind.FIRST_DIGITS:
            return self.digits + number[count:] if 0 < count < len(number) else None
        return self._apply_at_position(number)

    def _apply_at_position(self, number: str) -> str | None:
        position = self.position or 0
        if not 1 <= abs(position) <= len(number):
            return None
        if self.kind is DigitChangeKind.NTH_DIGIT:
            at = position - 1 if position > 0 else len(number) + position
            return number[:at] + self.digits + number[at + 1 :]
        return number[:-position] if self.kind is DigitChangeKind.DROP_LAST else number[position:]


_COUNT_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6}
_PLACE_WORDS = {**_COUNT_WORDS, "nhat": 1, "tu": 4, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_COUNT = r"(?:(?P<count>[1-9]|mot|hai|ba|bon|nam|sau) )?"
_DIGIT_NOUN = r"(?:chu so|con so|so|chu)"
_LAST = r"(?:cuoi cung|cuoi|sau cung|duoi cung|chot)"
_FIRST = r"(?:dau tien|dau)"
_IS = r"(?: (?:(?:phai |moi |moi dung |chinh |se |moi phai |sua lai |sua )?la|(?:sua |doi )?thanh))?(?: so)?"
_DIGITS = r" (?P<digits>\d[\d ]*)\b"
# Where no word "số" says that digits are meant, nothing else may follow: "cuối cùng là 5 người".
_ONLY = r"(?=\W*\Z| (?:nhe|nha|a|chu|co|moi dung|day|do)\b)"
_ENDS = (
    (DigitChangeKind.LAST_DIGITS, re.compile(rf"\b{_COUNT}{_DIGIT_NOUN} (?:o )?{_LAST}{_IS}{_DIGITS}")),
    (
        DigitChangeKind.LAST_DIGITS,
        re.compile(rf"\b(?:{_LAST} (?:phai )?la|(?:so )?duoi(?: la)?){_DIGITS}{_ONLY}"),
    ),
    (DigitChangeKind.FIRST_DIGITS, re.compile(rf"\b{_COUNT}{_DIGIT_NOUN} (?:o )?{_FIRST}{_IS}{_DIGITS}")),
    (DigitChangeKind.FIRST_DIGITS, re.compile(rf"\b(?:dau so(?: la)?|dau la){_DIGITS}{_ONLY}")),
)
_NTH = re.compile(
    rf"\b{_DIGIT_NOUN} thu (?P<place>\d\d?|{'|'.join(_PLACE_WORDS)})"
    r"(?P<from_end> (?:tinh )?tu (?:cuoi|duoi|sau|phai)(?: len| lai| sang| ve)?)?"
    r"(?: (?:tinh )?tu (?:dau|trai)(?: sang)?)?"
    rf"{_IS} (?P<digit>\d)\b(?! \d)"
)
_MISSING = re.compile(
    rf"\b(?:thieu|them|con thieu|bo sot|sot)(?: (?:\d|mot))?(?: {_DIGIT_NOUN})?{_DIGITS}"
    r"(?: (?:o|vao))?(?: dang)? (?P<where>dau|truoc|cuoi|sau|duoi)\b"
)
_SURPLUS = re.compile(
    rf"\b(?:thua|du|bo|xoa)(?: di)? {_COUNT}{_DIGIT_NOUN} (?:\d )?(?:o )?(?P<where>dau|truoc|cuoi|sau)\b"
)

_NUMBER_CUES = word_set("la so thu phai thanh cuoi dau duoi thieu them cung tien")

# "không phải", "hai số cuối", "thứ 3 từ cuối": the word before these is no digit.
_NO_DIGIT_BEFORE = word_set("phai so chu con cuoi dau duoi trai")


def _in_digits(text: str) -> str:
    """The folded words of `text`, spoken digits after a cue as figures, and what is denied left out."""
    said: list[str] = []
    words = words_of(text)
    for i, word in enumerate(words):
        following = words[i + 1].folded if i + 1 < len(words) else ""
        after_cue = bool(said) and (said[-1] in _NUMBER_CUES or said[-1].isdigit())
        digit = digit_word(word) if after_cue and following not in _NO_DIGIT_BEFORE else None
        said.append(digit or word.folded)
    plain = " ".join(said)
    plain = re.sub(r"(?:khong|ko|k) phai (?:la )?(?:so )?\d+ (?:ma )?(?=(?:phai )?la )", "", plain)
    return re.sub(r" (?:chu )?(?:khong|ko|k) phai (?:la )?(?:so )?\d+", "", plain)


def find_digit_change(text: str) -> DigitChange | None:
    """Which digits `text` corrects, or None."""
    said = _in_digits(text)
    if not any(c.isdigit() for c in said) and "thua" not in said and "bo" not in said:
        return None
    return _at_either_end(said) or _nth(said) or _ends(said)


def _at_either_end(said: str) -> DigitChange | None:
    missing = _MISSING.search(said)
    if missing:
        at_start = missing["where"] in ("dau", "truoc")
        kind = DigitChangeKind.PREPEND if at_start else DigitChangeKind.APPEND
        return DigitChange(kind, missing["digits"].replace(" ", ""))
    surplus = _SURPLUS.search(said)
    if surplus:
        at_start = surplus["where"] in ("dau", "truoc")
        kind = DigitChangeKind.DROP_FIRST if at_start else DigitChangeKind.DROP_LAST
        return DigitChange(kind, "", _count(surplus["count"]) or 1)
    return None


def _count(typed: str | None) -> int | None:
    if not typed:
        return None
    return int(typed) if typed.isdigit() else _COUNT_WORDS[typed]


def _nth(said: str) -> DigitChange | None:
    match = _NTH.search(said)
    if match is None:
        return None
    place = int(match["place"]) if match["place"].isdigit() else _PLACE_WORDS[match["place"]]
    return DigitChange(DigitChangeKind.NTH_DIGIT, match["digit"], -place if match["from_end"] else place)


def _ends(said: str) -> DigitChange | None:
    for kind, pattern in _ENDS:
        match = pattern.search(said)
        if match is None:
            continue
        digits = match["digits"].replace(" ", "")
        count = _count(match.groupdict().get("count"))
        # "3 số cuối là 45": it cannot be told which of the three is wrong.
        return DigitChange(kind, digits) if count in (None, len(digits)) else None
    return None
