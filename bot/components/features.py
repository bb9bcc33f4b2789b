"""What the classifier sees of a message: blocks of features over its reading form.

Three blocks, each weighted and normalised for itself:
- words, and pairs of neighbours (the ends of the message count as words);
- pieces of words of one to four letters, which misspellings leave in common;
- any two words that stand near each other, in whatever order: people say the same with words moved about.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from language.reading_form import reading_form

LONGEST_PIECE = 4
REACH = 8
START, END = "^", "$"

Blocks = tuple[list[str], list[str], list[str]]


def blocks_of(text: str) -> Blocks:
    """The features of a citizen's message (any Unicode form), one list a block; repeats stand as often as they are."""
    words = reading_form(text).split()
    return _neighbours(words), [piece for word in words for piece in _pieces(word)], _near_pairs(words)


def _neighbours(words: list[str]) -> list[str]:
    ends = [START, *words, END]
    return words + [f"{left} {right}" for left, right in pairwise(ends)]


@lru_cache(maxsize=32768)
def _pieces(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(
        padded[start : start + length]
        for length in range(1, LONGEST_PIECE + 1)
        for start in range(len(padded) - length + 1)
        if padded[start : start + length] != " "
    )


def _near_pairs(words: list[str]) -> list[str]:
    pairs = {
        f"{first}&{second}" if first < second else f"{second}&{first}"
        for at, first in enumerate(words)
        for second in words[at + 1 : at + 1 + REACH]
    }
    return sorted(pairs)
