"""Letters that young people swap or drop on purpose: "fải" → "phải", "kó" → "có", "đúg" → "đúng", "zậy" → "dậy"."""

from collections.abc import Iterator
from functools import lru_cache

from language.syllables import is_bare_syllable

_AT_THE_START = {"f": "ph", "z": "d", "w": "qu", "k": "c", "j": "gi"}


def _spellings(word: str) -> Iterator[str]:
    """The plain spellings that `word` may stand for, the likeliest first."""
    if word.endswith("g"):
        yield word[:-1] + "ng"
    if word[0] in _AT_THE_START:
        yield _AT_THE_START[word[0]] + word[1:]
    if "j" in word[1:]:
        yield word.replace("j", "i")


@lru_cache(maxsize=4096)
def plain_spelling(word: str) -> str:
    """A lower-case word in plain spelling, where it is no Vietnamese syllable and its plain spelling is one.

    An unmarked word of two letters is left alone ("ko", "ka"): there is too little to go by.
    """
    if (len(word) < 3 and word.isascii()) or is_bare_syllable(word):
        return word
    return next((spelling for spelling in _spellings(word) if is_bare_syllable(spelling)), word)
