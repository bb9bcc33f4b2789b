"""Comparing and writing people's names.

Two questions that must not be mixed up: is the account holder the person on the roster, as a bank writes
names (no marks, no case: `compare_holder`), and do two records bear the same name (marks count, only
equal spellings of one sound are alike: `same_identity`; design.md, "A claim is verified").
"""

import re
from collections import Counter
from enum import Enum
from typing import NamedTuple

from language.syllables import parse
from language.text import collapse_spaces, fold_name, nfc
from language.tone_marks import canonical_tones, spell

_LETTERS = re.compile(r"[^\W\d_]+")
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")


class NameMatch(str, Enum):
    """How well the holder's name agrees: CLOSE is for an officer to look at."""

    FULL = "full"
    CLOSE = "close"
    MISMATCH = "mismatch"


class NameComparison(NamedTuple):
    """The outcome and, in Vietnamese for the officer, why. The reason repeats neither name."""

    match: NameMatch
    reason: str


def _without_yi(name: str) -> str:
    return name.replace("y", "i")


def _differ_in_place(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    return [(x, y) for x, y in zip(a, b, strict=True) if x != y]


def _is_subsequence(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter added, left out, changed or swapped with its neighbour makes `a` into `b`."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) < 3:  # "An" and "Am" are two names, not one name and a slip
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    swapped = a[start : start + 2][::-1] == b[start : start + 2]
    return a[start + 1 :] == b[start + 1 :] or (swapped and a[start + 2 :] == b[start + 2 :])


def _has_initials_of(short: list[str], full: list[str]) -> bool:
    """Whether words of one letter stand for the words of the other name, the given name written out."""
    differences = _differ_in_place(short, full)
    initials = all(len(x) == 1 and y.startswith(x) for x, y in differences)
    return bool(differences) and initials and short[-1] == full[-1]


def _lacks_middle_name(a: list[str], b: list[str]) -> bool:
    short, long = sorted((a, b), key=len)
    ends_agree = len(short) >= 2 and (short[0], short[-1]) == (long[0], long[-1])
    return len(short) < len(long) and ends_agree and _is_subsequence(short, long)


def _one_typo(a: list[str], b: list[str]) -> bool:
    differences = _differ_in_place(a, b) if len(a) == len(b) else []
    return len(a) > 1 and len(differences) == 1 and _one_slip(*differences[0])


def _close_reason(a: list[str], b: list[str]) -> str | None:
    if "".join(a) == "".join(b):
        return "Giống nhau, chỉ khác chỗ cách chữ."
    if _without_yi(" ".join(a)) == _without_yi(" ".join(b)):
        return "Giống nhau, chỉ khác i và y."
    if Counter(a) == Counter(b):
        return "Đủ các chữ nhưng khác thứ tự."
    if len(a) == len(b) and (_has_initials_of(a, b) or _has_initials_of(b, a)):
        return "Họ hoặc tên đệm viết tắt chữ cái đầu."
    if _lacks_middle_name(a, b):
        return "Giống họ và tên, thiếu tên đệm."
    if _one_typo(a, b):
        return "Chỉ khác nhau một chữ cái."
    return None


def compare_holder(a: str, b: str) -> NameComparison:
    """Compare the holder's name with the roster's, in either order, without marks and case.

    FULL: the same words in the same order. CLOSE: exactly one kind of difference: spacing, i/y, word order,
    initials, a missing middle name, or one letter. MISMATCH: anything else, and an empty or one-word
    name against a longer one.
    """
    first, second = fold_name(a).split(), fold_name(b).split()
    if not first or not second:
        return NameComparison(NameMatch.MISMATCH, "Thiếu tên để so.")
    if first == second:
        return NameComparison(NameMatch.FULL, "Giống nhau (không xét dấu và chữ hoa).")
    reason = _close_reason(first, second)
    if reason is not None:
        return NameComparison(NameMatch.CLOSE, reason)
    if min(len(first), len(second)) == 1:
        return NameComparison(NameMatch.MISMATCH, "Một bên không ghi đủ họ tên.")
    return NameComparison(NameMatch.MISMATCH, "Khác tên.")


def _same_sound(word: str) -> str:
    """One lower-case canonical word with a lone final y written i: mỹ → mĩ, quý → quí; thúy stays."""
    syllable = parse(word)
    if syllable is None or syllable.rime != "y" or not syllable.onset:
        return word
    return spell(syllable._replace(rime="i"))


def same_identity(a: str, b: str) -> bool:
    """Whether two records bear one name: marks count; case, spacing, place of the tone and i/y do not."""
    return _identity(a) == _identity(b) != ""


def _identity(name: str) -> str:
    words = canonical_tones(name).lower().translate(_APOSTROPHES).split()
    return " ".join(_same_sound(word) for word in words)


def _title_cased(word: str) -> str:
    """Capitals after apostrophes and hyphens too ("H'Hen"); a word in mixed case knows better."""
    if word.isupper() or word.islower():
        return _LETTERS.sub(lambda match: match.group().capitalize(), word)
    return word


def display_name(s: str) -> str:
    """A name as people write it: "NGUYỄN  THỊ HOA" → "Nguyễn Thị Hoa"; NFC, its spelling untouched."""
    return " ".join(_title_cased(word) for word in collapse_spaces(nfc(s)).split())


def given_name(s: str) -> str:
    """The last word of a Vietnamese name, by which one is addressed: "Hoa"; "" of an empty name."""
    words = display_name(s).split()
    return words[-1] if words else ""


def bank_name_form(s: str) -> str:
    """A name as banks write it: "NGUYEN THI HOA", letters and single spaces only."""
    return fold_name(s).upper()
