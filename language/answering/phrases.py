"""The phrases by which answers are known (`language/data/answer_phrases.csv`), and looking for them in a message.

They are written in full Vietnamese and found as `language.phrases` finds: marks may be left out, not contradicted
("lắm thế" is no "làm thẻ"). Before that abbreviations are written out and fingers taken off the keys ("rồiiii").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from language.abbreviations import expand_abbreviations
from language.phrases import Phrases
from language.reading_form import reading_form
from language.spans import Found, Word, fold_aligned, words_of
from language.tables import read_table, word_set
from language.text import fold

Table = dict[str, tuple[str, ...]]
"""Value → the phrases that say it."""

_HELD_KEY = re.compile(r"([^\W\d_])\1{2,}")
_LAST_TWICE = re.compile(r"([^\W\d_])\1(?!\w)")
_NEGATIONS = word_set("khong chua chang cha dau khoi ko")
_DONT = word_set("đừng chớ")
_REACH = 2


@lru_cache
def phrases_of(question: str) -> Table:
    """The phrases for `question` as folded words, by value; "*" holds what says yes, no and unsure to any question."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("answer_phrases.csv"):
        if row["question"] == question:
            found[row["value"]].append(fold(row["phrase"]))
    return {value: tuple(phrases) for value, phrases in found.items()}


@lru_cache
def _finder(question: str) -> Phrases[str]:
    rows = [row for row in read_table("answer_phrases.csv") if row["question"] == question]
    return Phrases(
        ((row["phrase"], row["value"]) for row in rows if not row["marked"]),
        marked=((row["phrase"], row["value"]) for row in rows if row["marked"]),
    )


@lru_cache(maxsize=256)
def said_words(text: str) -> tuple[Word, ...]:
    """The words of `text`, abbreviations written out; their spans are not those of `text`."""
    return words_of(_LAST_TWICE.sub(r"\1", expand_abbreviations(_released(text))))


def _released(text: str) -> str:
    """`text` without keys held down, whichever of the letters has the marks ("ýyyy")."""
    folded = fold_aligned(text)
    pieces, end = [], 0
    for held in _HELD_KEY.finditer(folded.text):
        run = folded.composed[held.start() : held.end()]
        pieces += [
            folded.composed[end : held.start()],
            next((letter for letter in run if not letter.isascii()), run[0]),
        ]
        end = held.end()
    return "".join(pieces) + folded.composed[end:]


@lru_cache(maxsize=256)
def words(text: str) -> tuple[str, ...]:
    """The words of `text` in the reading form: slips mended, abbreviations written out, no marks."""
    return tuple(word for word in reading_form(text).split() if any(letter.isalnum() for letter in word))


def line_of(text: str) -> str:
    """The words of `text` in one line with a space at both ends, for patterns."""
    return " " + " ".join(words(text)) + " "


def found_in(text: str, question: str) -> Iterator[tuple[str, bool]]:
    """The values whose phrases stand in `text`, in order, each with whether it is denied ("không ra phường được")."""
    said = said_words(text)
    for found in _finder(question).find_in(said):
        yield found.value, _is_denied(found, said)


def first_said(text: str, question: str, *among: str) -> str | None:
    """The first value said in `text` and not denied; of `among` only, where given."""
    return next((v for v, denied in found_in(text, question) if not denied and (not among or v in among)), None)


def says(text: str, question: str, *values: str) -> bool:
    """Whether one of `values` is said in `text` and not denied."""
    return first_said(text, question, *values) is not None


def is_all(text: str, question: str, value: str, beside: frozenset[str]) -> bool:
    """Whether `text` is one phrase for `value` and else only words of `beside`."""
    said = said_words(text)
    found = [one for one in _finder(question).find_in(said) if one.value == value]
    return bool(found) and all(_within(word, found) or word.folded in beside for word in said)


def _within(word: Word, found: Sequence[Found[str]]) -> bool:
    return any(one.start <= word.start < one.end for one in found)


def _is_denied(found: Found[str], said: Sequence[Word]) -> bool:
    """Whether one of the two words before it, in the same clause, is a negation."""
    at = next(i for i, word in enumerate(said) if word.start == found.start)
    for i in range(at - 1, max(at - 1 - _REACH, -1), -1):
        if said[i + 1].after_break:
            return False
        if (said[i].folded in _NEGATIONS and said[i].typed not in ("đầu", "đau", "cha")) or said[i].typed in _DONT:
            return True
    return False
