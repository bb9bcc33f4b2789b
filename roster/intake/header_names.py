"""Which role a column has, by the name in its header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from language.text import fold
from roster.intake.roles import Role

_NOT_WORDS = re.compile(r"[\W_]+")
_PARENTHESES = re.compile(r"[(\[{][^)\]}]*[)\]}]?")


def label_words(label: str) -> str:
    """A header's label as the data file writes it: no diacritics, lower case, words apart by one space."""
    return _NOT_WORDS.sub(" ", fold(label)).strip()


def without_parentheses(label: str) -> str:
    """The label without its remarks: "Mức hưởng (đồng)" → "Mức hưởng "."""
    return _PARENTHESES.sub(" ", label)


@dataclass(frozen=True, slots=True)
class _Rule:
    role: Role
    words: tuple[str, ...]
    without: tuple[str, ...]

    def matches(self, padded: str) -> bool:
        return all(f" {w} " in padded for w in self.words) and not any(f" {w} " in padded for w in self.without)


@dataclass(frozen=True)
class HeaderNames:
    """The names of columns, read from the data file."""

    exact: dict[str, Role]
    rules: tuple[_Rule, ...]

    def role_of(self, label: str) -> Role | None:
        """The role of a column with this label, or None. "Số CCCD/ĐDCN (12 số)" → citizen_id."""
        whole, bare = label_words(label), label_words(without_parentheses(label))
        for words in (whole, bare):
            if role := self.exact.get(words):
                return role
        return self._by_rule(bare) or self._by_rule(whole)

    def _by_rule(self, words: str) -> Role | None:
        padded = f" {words} "
        return next((rule.role for rule in self.rules if rule.matches(padded)), None)


@lru_cache(maxsize=8)
def load_header_names(path: Path) -> HeaderNames:
    """Read `data/headers.yml` or an office's own file of that form."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    exact = {label_words(str(name)): Role(role) for role, names in data["exact"].items() for name in names}
    rules = tuple(
        _Rule(Role(rule["role"]), tuple(rule["words"]), tuple(rule.get("without", ()))) for rule in data["rules"]
    )
    return HeaderNames(exact, rules)
