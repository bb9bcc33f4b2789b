"""The reading form: what the classifier sees of a message.

One folding step brings the many ways to write the same thing together, so that "không", "khong",
"khoong", "kho6ng", "ko", "k" and "KHÔNGGG" all read "khong". In order: NFC, tokens, lower case,
elongated letters, typing slips, teen spelling, tone placement, abbreviations, marks off, glued words taken apart. Kept
are words, numbers with what is attached to them, emoji, "%" and one "?" for any number of them; other signs fall away.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from language.abbreviations import expand, is_abbreviation
from language.glued_words import taken_apart
from language.syllables import is_bare_syllable
from language.teen_spelling import plain_spelling
from language.text import nfc, strip_marks
from language.tokens import Token, tokens
from language.tone_marks import canonical_word
from language.typing_slips import repair_word

__all__ = ["Token", "reading_form", "tokens"]

_SPELLED_DOUBLE = frozenset(["app"])  # spelling, not a finger that stayed on the key
_ROMAN = frozenset(["iii", "viii", "xiii"])
_KEPT_SIGNS = "%?"
_LINK_STARTS = ("http://", "https://", "www.")
_EMOJI_MODIFIERS = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


def _runs(word: str) -> Iterator[str]:
    """Cut a word into runs of one letter, marks ignored: "dạaa" → "d", "ạaa"."""
    start = 0
    bare = strip_marks(word)
    for at in range(1, len(word) + 1):
        if at == len(word) or bare[at] != bare[start]:
            yield word[start:at]
            start = at


def _one_of(run: str) -> str:
    """The letter that a run stands for: the first one with marks, for the marks come once."""
    return next((c for c in run if not c.isascii()), run[0])


def _squeezed(word: str, at_least: int) -> str:
    return "".join(_one_of(run) if len(run) >= at_least else run for run in _runs(word))


def _without_elongation(word: str) -> str:
    """Shorten three and more of a letter to one; two only where that leaves a word ("okk", "dạa")."""
    if word in _ROMAN or len(strip_marks(word)) != len(word):
        return word
    word = _squeezed(word, 3)
    if is_bare_syllable(word) or is_abbreviation(word) or word in _SPELLED_DOUBLE or repair_word(word) != word:
        return word
    single = _squeezed(word, 2)
    return single if is_bare_syllable(single) or is_abbreviation(single) or single == "ok" else word


@lru_cache(maxsize=16384)
def _repaired(word: str) -> str:
    """One lower-case NFC word: elongation, typing slips and tone placement set right."""
    if word[0].isdigit() or word.startswith(_LINK_STARTS):
        return word
    word = _without_elongation(word)
    return word if is_abbreviation(word) else canonical_word(plain_spelling(repair_word(word)))


def _keeps(piece: str) -> bool:
    first = piece[0]
    return first.isalnum() or first in _KEPT_SIGNS or len(piece) > 1 or unicodedata.category(first) == "So"


def _read(piece: str) -> str:
    # A capital that stands alone may be an initial ("chị A"): its case is still needed by `expand`.
    if len(piece) == 1 and piece.isupper():
        return piece
    return _repaired(piece.lower()) if piece[0].isalnum() else _EMOJI_MODIFIERS.sub("", piece)


def reading_form(text: str) -> str:
    """Fold a citizen's message (any Unicode form) for the classifier; see the module's docstring.

    Out come tokens separated by single spaces, lower case and without marks: "Dạ,kooo có stk ạ" →
    "da khong co so tai khoan a". An empty or wordless message gives "".
    """
    composed = nfc(text)
    if composed.isupper():
        composed = composed.lower()
    words = [_read(token.text) for token in tokens(composed) if _keeps(token.text)]
    bare = strip_marks(" ".join(_once(expand(words)))).lower()
    return " ".join(taken_apart(word) for word in bare.split())


def _once(words: list[str]) -> Iterator[str]:
    """Drop a "?" that follows a "?"."""
    previous = ""
    for word in words:
        if not word == previous == "?":
            yield word
        previous = word
