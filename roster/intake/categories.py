"""Which entitlement a text names: "HCN", "Đối tượng BTXH", "thương binh 3/4"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from language.text import fold

_NOT_WORDS = re.compile(r"[\W_]+")
_ENDS = re.compile(r"^(?:\d+|[ivx]+|[a-e])(?= )|(?: (?:nam )?\d+| [ab])+$")
_PARENTHESES = re.compile(r"\([^)]*\)?")
_SEVERAL = re.compile(r"\s*(?:[;,+&/\n]|\s-\s|\bva\b)\s*")


@dataclass(frozen=True, slots=True)
class CategoryMatch:
    """The categories a text names, in its order; `fallen`: it names a fallen soldier, not a relative."""

    names: tuple[str, ...]
    fallen: bool = False


@dataclass(frozen=True)
class Categories:
    """The table of categories. Keys are the roster's own names ("poor_household")."""

    labels: dict[str, str]
    exact: dict[str, str]
    phrases: tuple[tuple[str, str], ...]
    """(phrase, category), longest first: "hộ cận nghèo" before "nghèo"."""
    fillers: tuple[str, ...]
    denials: tuple[str, ...]
    fallen: frozenset[str]
    _seen: dict[str, CategoryMatch] = field(default_factory=dict, compare=False, repr=False)

    def match(self, text: str) -> CategoryMatch:
        """The categories in a cell; none where the text names none or denies one."""
        found = self._seen.get(text)
        if found is None:
            found = self._match(fold(text))
            if len(self._seen) < 10_000:
                self._seen[text] = found
        return found

    def exactly(self, text: str) -> str | None:
        """The one category whose whole name this is: for headings and for columns named after a category."""
        words = _words(fold(text))
        return self.exact.get(words) or self.exact.get(self._core(words)) or self._whole_phrase(self._core(words))

    def within(self, text: str) -> str | None:
        """The one category a title speaks of, or None where it speaks of none or of several."""
        names = self._by_phrase(_words(fold(text)))
        return names[0] if len(names) == 1 else None

    def _match(self, folded: str) -> CategoryMatch:
        names = self._names(folded)
        core = self._core(_words(_PARENTHESES.sub(" ", folded)))
        return CategoryMatch(tuple(dict.fromkeys(names)), core in self.fallen)

    def _names(self, folded: str) -> list[str]:
        words = _words(folded)
        if self._denies(words):
            return []
        bare = _words(_PARENTHESES.sub(" ", folded))
        for text in (words, bare):
            if name := self.exact.get(text) or self.exact.get(self._core(text)):
                return [name]
        parts = [self._core(_words(part)) for part in _SEVERAL.split(folded)]
        named = [self.exact.get(part) or next(iter(self._by_phrase(part)), None) for part in parts]
        if len(parts) > 1 and all(named):
            return [name for name in named if name]
        return self._by_phrase(words)

    def _core(self, words: str) -> str:
        """Without numbers at its ends and the words that say nothing: "1 doi tuong hn 2025" → "hn"."""
        core = _ENDS.sub("", words).strip()
        stripped = True
        while stripped:
            stripped = False
            for filler in self.fillers:
                if core.startswith(filler + " "):
                    core, stripped = core[len(filler) + 1 :], True
        return core

    def _whole_phrase(self, core: str) -> str | None:
        return next((name for phrase, name in self.phrases if phrase == core), None)

    def _by_phrase(self, words: str) -> list[str]:
        found, _ = self._phrases_in(words)
        return list(dict.fromkeys(name for _, name in sorted(found)))

    def _denies(self, words: str) -> bool:
        """Whether a denial stands outside the known phrases ("trẻ em không nguồn nuôi dưỡng" denies nothing)."""
        _, rest = self._phrases_in(words)
        return any(f" {denial} " in rest for denial in self.denials)

    def _phrases_in(self, words: str) -> tuple[list[tuple[int, str]], str]:
        """Where which category's phrases stand, and the text with them blanked out."""
        rest, found = f" {words} ", []
        for phrase, name in self.phrases:
            at = rest.find(f" {phrase} ")
            if at >= 0:
                found.append((at, name))
                rest = rest.replace(f" {phrase} ", " " + "#" * len(phrase) + " ")
        return found, rest


def _words(folded: str) -> str:
    """Words apart by single spaces; letters alone are one abbreviation: "n.c.c" → "ncc"."""
    words = _NOT_WORDS.sub(" ", folded).strip()
    spelled = len(words) > 3 and all(len(word) == 1 for word in words.split())
    return words.replace(" ", "") if spelled else words


@lru_cache(maxsize=8)
def load_categories(path: Path) -> Categories:
    """Read `data/categories.yml` or an office's own file of that form."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    table = data["categories"]
    phrases = [(phrase, name) for name, entry in table.items() for phrase in entry["contains"]]
    return Categories(
        labels={name: entry["label"] for name, entry in table.items()},
        exact={alias: name for name, entry in table.items() for alias in entry["exact"]},
        phrases=tuple(sorted(phrases, key=lambda p: -len(p[0]))),
        fillers=tuple(data["fillers"]),
        denials=tuple(data["denials"]),
        fallen=frozenset(data["fallen"]),
    )
