"""Where in a message something was found: spans that point into the text as it was typed.

Finders work on a folded copy (lower case, no marks) and must still say which characters of the
original they mean. `Folded` keeps both, aligned character by character.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from language.teen_spelling import plain_spelling
from language.text import nfc, strip_marks
from language.typing_slips import repair_word

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Found(Generic[T_co]):
    """A finding: its `value`, and the half-open span `[start, end)` of the original text it stands in."""

    value: T_co
    start: int
    end: int

    def overlaps(self, other: "Found[object]") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Word:
    """One run of letters and digits, and its span in the original.

    `typed` is the word in lower case with the marks it was given, `folded` the same without marks; Telex and
    VNI slips and the spellings of texting are read as what they mean ("khoong" is không, "đừg" đừng).
    """

    folded: str
    typed: str
    start: int
    end: int
    capital: bool = False
    after_break: bool = False  # punctuation or a new line stands before it


def _alignment_table() -> dict[int, str]:
    """One folded character for each character people type; those not in it stay as they are."""
    table = dict.fromkeys((0xA0, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x3000, 0x2007, 0x202F, 0x09), " ")
    letters = [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0xFF01, 0xFF5F)]
    for cp in letters:
        folded = strip_marks(unicodedata.normalize("NFKC", chr(cp))).lower()
        if len(folded) == 1:
            table[cp] = folded
    return table


_TABLE = _alignment_table()
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;:!?\n…]|\.(?:\s|\Z)")


class Folded:
    """A text and its folded copy: `text[i]` is the folded form of `composed[i]`.

    White space is not collapsed; tabs, no-break and zero-width spaces become a space, line breaks stay.
    """

    __slots__ = ("_offsets", "_words", "composed", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self._offsets: Sequence[int] | None = None
        self.composed = original
        if not unicodedata.is_normalized("NFC", original):
            self.composed, self._offsets = _compose_with_offsets(original)
        self.text = self.composed.translate(_TABLE)
        self._words: tuple[Word, ...] | None = None

    def position(self, index: int) -> int:
        """The place in the original of the character at `index` of the folded text (its length included)."""
        return index if self._offsets is None else self._offsets[index]

    def found(self, value: T, start: int, end: int) -> Found[T]:
        """A finding at `[start, end)` of the folded text, with its span in the original."""
        return Found(value, self.position(start), self.position(end))

    def words(self) -> tuple[Word, ...]:
        """The words of the text in order, punctuation and white space left out."""
        if self._words is None:
            self._words = tuple(self._read_words())
        return self._words

    def _read_words(self) -> Iterator[Word]:
        before = 0
        for match in _WORD.finditer(self.text):
            gap = self.text[before : match.start()]
            yield self._word(match.start(), match.end(), gap not in ("", " ") and bool(_BREAK.search(gap)))
            before = match.end()

    def _word(self, start: int, end: int, after_break: bool) -> Word:
        composed = self.composed[start:end]
        typed = composed.lower()
        repaired = plain_spelling(repair_word(typed))
        folded = self.text[start:end] if repaired == typed else strip_marks(repaired)
        first, after = self.position(start), self.position(end)
        return Word(folded, repaired, first, after, composed[0].isupper(), after_break)


def _compose_with_offsets(s: str) -> tuple[str, list[int]]:
    """The NFC form of `s`, and for each of its characters (and its end) the place in `s` it comes from."""
    composed: list[str] = []
    offsets: list[int] = []
    start = 0
    while start < len(s):
        end = start + 1
        while end < len(s) and unicodedata.combining(s[end]):
            end += 1
        cluster = nfc(s[start:end])
        composed.append(cluster)
        offsets.extend([start] * len(cluster))
        start = end
    return "".join(composed), [*offsets, len(s)]


@lru_cache(maxsize=16)
def fold_aligned(text: str) -> Folded:
    """`text` with its folded copy. The last few are kept: a dozen finders read the same message."""
    return Folded(text)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text` in order, with spans into it."""
    return fold_aligned(text).words()


def without_overlaps(findings: Iterable[Found[T]]) -> list[Found[T]]:
    """The findings in order of place; where two overlap, the longer one (then the earlier) stays."""
    kept: list[Found[T]] = []
    for finding in sorted(findings, key=lambda f: (f.start - f.end, f.start)):
        if not any(finding.overlaps(other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)
