"""The phrases by which answers are known (`language/data/answer_phrases.csv`), and lining up a message with them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from language.reading_form import reading_form
from language.tables import read_table

Table = dict[str, tuple[str, ...]]
"""Value → the phrases that say it."""


@lru_cache
def phrases_of(question: str) -> Table:
    """The phrases for `question`, by value; "*" holds what says yes, no and unsure to any question."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("answer_phrases.csv"):
        if row["question"] == question:
            found[row["value"]].append(row["phrase"])
    return {value: tuple(phrases) for value, phrases in found.items()}


def words(text: str) -> list[str]:
    """The words of `text` in the reading form: slips mended, abbreviations written out, no marks."""
    return [word for word in reading_form(text).split() if any(letter.isalnum() for letter in word)]


def line_of(text: str) -> str:
    """The words of `text` in one line with a space at both ends, for phrase look-ups."""
    return " " + " ".join(words(text)) + " "


def says(line: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of `phrases` stands in `line` as whole words."""
    return any(f" {phrase} " in line for phrase in phrases)


def first_match(line: str, table: Table) -> str | None:
    """The value whose phrase stands earliest in `line`; the longer phrase where two begin together."""
    hits = [
        (line.find(f" {phrase} "), -len(phrase), value)
        for value, phrases in table.items()
        for phrase in phrases
        if f" {phrase} " in line
    ]
    return min(hits)[2] if hits else None
