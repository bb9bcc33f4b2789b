"""Who pays whom: the commune's office to accounts, the post office or the commune's office in cash. Pure rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from language.text import fold

PAYERS_FILE = Path(__file__).parent / "data" / "payers.yml"


@dataclass(frozen=True)
class Payer:
    """One who pays, and whom: an empty condition fits everybody."""

    key: str
    label: str
    account: bool
    paid_by: tuple[str, ...] = ()
    communes: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()

    def pays(self, *, by_account: bool, paid_by: str | None, commune_code: str, categories: Collection[str]) -> bool:
        """Whether this is who pays such a person; `paid_by` in the roster's words."""
        words = fold(paid_by or "")
        return (
            self.account is by_account
            and (not self.paid_by or any(word in words for word in self.paid_by))
            and (not self.communes or commune_code in self.communes)
            and (not self.categories or not self.categories.isdisjoint(categories))
        )


class UnknownPayer(KeyError):
    """No payer has this key. `str()` is a Vietnamese sentence."""

    def __init__(self, key: str, known: Sequence[Payer]) -> None:
        super().__init__(key)
        self._message = f"Không có nơi chi trả “{key}”; các nơi: {', '.join(payer.key for payer in known)}."

    def __str__(self) -> str:
        return self._message


@lru_cache(maxsize=4)
def load_payers(path: Path = PAYERS_FILE) -> tuple[Payer, ...]:
    """The payers of `data/payers.yml` or of an office's own file of that form, in the order tried."""
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))["payers"]
    return tuple(
        Payer(
            rule["key"],
            rule["label"],
            rule["account"],
            tuple(rule.get("paid_by", ())),
            frozenset(rule.get("communes", ())),
            frozenset(rule.get("categories", ())),
        )
        for rule in rules
    )


def payer_named(key: str, payers: Sequence[Payer]) -> Payer:
    """The payer with this key. Raises UnknownPayer."""
    for payer in payers:
        if payer.key == key:
            return payer
    raise UnknownPayer(key, payers)
