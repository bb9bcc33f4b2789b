"""Finding fixed phrases in what people type, with or without marks.

A table is written in full Vietnamese ("con gái"); a message may leave marks out ("con gai") but not
contradict them ("con gà"). Phrases that mean something else without their marks ("tối", typed "toi", is
mostly tôi) are given apart and found only when typed with all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from language.marks import could_be, is_marked_as
from language.spans import Found, Word, words_of
from language.text import fold

T = TypeVar("T")


@dataclass(frozen=True)
class _Entry(Generic[T]):
    words: tuple[str, ...]
    marked: bool
    value: T

    def could_be(self, typed: Sequence[Word]) -> bool:
        """Whether the marks that were typed allow this phrase, and no punctuation cuts it; the letters
        fit.
        """
        check = is_marked_as if self.marked else could_be
        if any(word.after_break for word in typed[1:]):
            return False
        return all(check(word.typed, meant) for word, meant in zip(typed, self.words, strict=True))


class Phrases(Generic[T]):
    """A table of phrases and what each means.

    `table` may be typed with marks left out; `marked` counts only with every mark typed.
    """

    def __init__(self, table: Iterable[tuple[str, T]], marked: Iterable[tuple[str, T]] = ()) -> None:
        self._entries: dict[tuple[str, ...], list[_Entry[T]]] = {}
        for phrase, value in table:
            self._add(phrase, value, marked=False)
        for phrase, value in marked:
            self._add(phrase, value, marked=True)
        lengths: dict[str, set[int]] = {}
        for folded in self._entries:
            lengths.setdefault(folded[0], set()).add(len(folded))
        self._lengths = {first: sorted(known, reverse=True) for first, known in lengths.items()}

    def _add(self, phrase: str, value: T, *, marked: bool) -> None:
        entry = _Entry(tuple(phrase.lower().split()), marked, value)
        self._entries.setdefault(tuple(fold(phrase).split()), []).append(entry)

    def match_at(self, words: Sequence[Word], at: int) -> tuple[T, int] | None:
        """What the longest phrase that starts at word `at` means, and the index of the word after it."""
        for length in self._lengths.get(words[at].folded, ()):
            typed = words[at : at + length]
            if len(typed) < length:
                continue
            for entry in self._entries.get(tuple([word.folded for word in typed]), ()):
                if entry.could_be(typed):
                    return entry.value, at + length
        return None

    def find_in(self, words: Sequence[Word]) -> list[Found[T]]:
        """Every phrase in `words`, left to right, the longest at each place, without overlaps."""
        findings: list[Found[T]] = []
        at = 0
        while at < len(words):
            match = self.match_at(words, at)
            if match is None:
                at += 1
                continue
            value, after = match
            findings.append(Found(value, words[at].start, words[after - 1].end))
            at = after
        return findings

    def find(self, text: str) -> list[Found[T]]:
        """Every phrase in `text`, with spans into it."""
        return self.find_in(words_of(text))

    def first(self, text: str) -> T | None:
        """What the first phrase in `text` means, or None."""
        words = words_of(text)
        return next((m[0] for at in range(len(words)) if (m := self.match_at(words, at))), None)

    def __contains__(self, text: str) -> bool:
        return self.first(text) is not None


def phrase_set(*phrases: str) -> Phrases[bool]:
    """A table of phrases that only says whether one of them is there."""
    return Phrases((phrase, True) for phrase in phrases)
