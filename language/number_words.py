"""Digits said in words: "không chín bảy tám", "khong chin bay tam", "chín mươi hai", "0 chín 7".

Almost every number word is an everyday word without its marks (khong: no, nam: year, ba: father,
sau: after, lam: do), and several are so with them. So one alone is never a number here, two count
only where nothing speaks against it, and beside typed digits the doubtful ones at the edge are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from language.marks import could_be
from language.spans import Found, Word, fold_aligned
from language.tables import word_set
from language.text import strip_marks

# The words and their spoken variants.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "0": ("không",),
    "1": ("một", "mốt"),
    "2": ("hai",),
    "3": ("ba",),
    "4": ("bốn", "tư"),
    "5": ("năm", "lăm", "nhăm"),
    "6": ("sáu",),
    "7": ("bảy", "bẩy"),
    "8": ("tám",),
    "9": ("chín",),
}
_BY_FOLDED: dict[str, list[tuple[str, str]]] = {}
for _digit, _words in _SPELLINGS.items():
    for _word in _words:
        _BY_FOLDED.setdefault(strip_marks(_word), []).append((_word, _digit))

# What may stand between two digits of one number.
_GAP = re.compile(r"[ \n.\-]*\Z")
_ODD_ZERO = {"le": "lẻ", "linh": "linh"}
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_CUES = word_set("so cuoi dau la thu stk tk sdt dt")
_UNITS = word_set(
    "nam ngay hom thang tuan lan tuoi nguoi dua con chau gio tieng phut ky can cai chiec nghin ngan tram "
    "trieu ty dong k vo anh chi bo me ong nha suat mieng bua phan buoi hop lang"
)
# Words that mean nothing else once typed with their marks.
_CERTAIN = word_set("bốn sáu bảy bẩy tám")


@dataclass(frozen=True)
class _Item:
    """A piece of a number: the digits it stands for, and the words `[first, after)` of the message."""

    digits: str
    first: int
    after: int
    spoken: bool
    word: Word


def digit_word(word: Word) -> str | None:
    """The digit that one typed word may stand for, or None. Says nothing of whether it does here."""
    for spelling, digit in _BY_FOLDED.get(word.folded, ()):
        if could_be(word.typed, spelling):
            return digit
    return None


def find_number_words(text: str) -> list[Found[str]]:
    """Numbers with at least one spoken digit, as digit strings of two digits or more.

    Digits typed beside the words belong to the number ("0 chín 7"). Whole tens are understood
    ("chín mươi hai": 92, "mười lăm": 15), and "lẻ"/"linh" between digits is a 0.
    """
    folded = fold_aligned(text)
    words = folded.words()
    findings: list[Found[str]] = []
    at = 0
    while at < len(words):
        run = _run_from(words, at, folded.original)
        at = run[-1].after if run else at + 1
        kept = _without_doubtful_edges(run, words)
        if kept and _is_number(kept, words):
            digits = "".join(item.digits for item in kept)
            findings.append(Found(digits, words[kept[0].first].start, words[kept[-1].after - 1].end))
    return findings


def _run_from(words: Sequence[Word], at: int, text: str) -> list[_Item]:
    run: list[_Item] = []
    while at < len(words) and (not run or _GAP.match(text, words[at - 1].end, words[at].start)):
        item = _item_at(words, at, inside=bool(run))
        if item is None:
            break
        run.append(item)
        at = item.after
    return run


def _item_at(words: Sequence[Word], at: int, *, inside: bool) -> _Item | None:
    word = words[at]
    if word.folded.isascii() and word.folded.isdecimal():
        return _Item(word.folded, at, at + 1, False, word)
    # Inside a number an unmarked "muoi" is the mươi of the digit before it, and was taken with that.
    if word.folded == "muoi" and could_be(word.typed, "mười") and not (inside and word.folded == word.typed):
        following = _digit_at(words, at + 1)
        return _Item("1" + (following or "0"), at, at + (2 if following else 1), True, word)
    if inside and word.folded in ("le", "linh") and could_be(word.typed, _ODD_ZERO[word.folded]):
        return _Item("0", at, at + 1, True, word) if _digit_at(words, at + 1) else None
    digit = digit_word(word)
    if digit is None:
        return None
    if at + 1 < len(words) and words[at + 1].folded == "muoi":
        following = _digit_at(words, at + 2)
        return _Item(digit + (following or "0"), at, at + (3 if following else 2), True, word)
    return _Item(digit, at, at + 1, True, word)


def _digit_at(words: Sequence[Word], at: int) -> str | None:
    return digit_word(words[at]) if at < len(words) else None


def _without_doubtful_edges(run: list[_Item], words: Sequence[Word]) -> list[_Item]:
    """Leave out a lone everyday word before or after typed digits, and everything from a year on."""
    kept = _before_a_year(run)
    if any(not item.spoken for item in kept):
        while kept and kept[0].spoken and _is_doubtful_beside(kept[0], kept[1:2]):
            kept = kept[1:]
        while kept and kept[-1].spoken and _is_doubtful_beside(kept[-1], kept[-2:-1]):
            kept = kept[:-1]
        return kept
    while kept and kept[0].word.typed in ("tu", "lam"):
        kept = kept[1:]
    while kept and kept[-1].word.typed in ("tu", "lam") and kept[-1].after - kept[-1].first == 1:
        if len(kept) > 3:
            break
        kept = kept[:-1]
    return kept


def _before_a_year(run: list[_Item]) -> list[_Item]:
    """The run up to a "năm" that means year: "3 năm nay", "tháng 5 năm 1948", "từ năm 1972"."""
    for i in range(1, len(run)):
        before, item = run[i - 1], run[i]
        year_follows = i + 1 < len(run) and not run[i + 1].spoken and len(run[i + 1].digits) in (2, 4)
        is_year_word = item.word.folded == "nam" and not before.spoken and before.digits != "0"
        if is_year_word and (year_follows or i + 1 == len(run)):
            return run[:i]
        if item.word.folded == "nam" and i + 1 < len(run) and _YEAR.match(run[i + 1].word.folded):
            return run[:i]
    return run


def _is_doubtful_beside(item: _Item, neighbour: list[_Item]) -> bool:
    """An everyday word next to three typed digits or more ("khong 0912…", "0912… khong")."""
    beside_digits = bool(neighbour) and not neighbour[0].spoken and len(neighbour[0].digits) >= 3
    return beside_digits and item.word.typed not in _CERTAIN


def _is_number(run: list[_Item], words: Sequence[Word]) -> bool:
    if not any(item.spoken for item in run):
        return False
    spoken_words = sum(item.after - item.first for item in run)
    if spoken_words >= 3:
        return True
    if spoken_words < 2 or _unit_follows(run, words):
        return False
    if any(not item.spoken for item in run):
        return len(run[0].digits + run[-1].digits) > 3 or _cue_before(run, words)
    return _cue_before(run, words) or _stands_alone(run, words) or _is_marked_pair(run, words)


def _unit_follows(run: list[_Item], words: Sequence[Word]) -> bool:
    after = run[-1].after
    return after < len(words) and words[after].folded in _UNITS


def _cue_before(run: list[_Item], words: Sequence[Word]) -> bool:
    first = run[0].first
    return first > 0 and words[first - 1].folded in _CUES


def _stands_alone(run: list[_Item], words: Sequence[Word]) -> bool:
    """The pair is the whole message, and not "không …" (no …), "năm …" (year) or "… năm" (years)."""
    doubtful = run[0].word.folded in ("khong", "nam") or run[-1].word.folded == "nam"
    return run[0].first == 0 and run[-1].after == len(words) and not doubtful


def _is_marked_pair(run: list[_Item], words: Sequence[Word]) -> bool:
    """Two words typed with marks that are not "không …" (no …), "… năm" (years) or "hai ba" (two or
    three).
    """
    pair = words[run[0].first : run[-1].after]
    if pair[0].folded in ("khong", "nam") or pair[-1].folded in ("nam", "khong"):
        return False
    digits = "".join(item.digits for item in run)
    in_a_row = len(digits) == 2 and int(digits[1]) == int(digits[0]) + 1
    return not in_a_row and any(word.typed != word.folded for word in pair)
