"""The list of banks and wallets a citizen may name, and what is known of their account numbers.

The list is `data/banks.csv`; `data/banks.md` says where it comes from.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from language.tables import read_table
from language.text import fold


class BankKind(str, Enum):
    BANK = "bank"
    WALLET = "wallet"


class LengthCheck(str, Enum):
    """How an account number's length fits its bank. UNUSUAL asks for a second look; it never refuses."""

    OK = "ok"
    UNUSUAL = "unusual"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Bank:
    """One bank or wallet. `napas_bin` is "" and `account_lengths` empty where they are not known."""

    code: str
    short_name: str
    full_name: str
    napas_bin: str
    kind: BankKind
    account_lengths: frozenset[int]
    aliases: tuple[str, ...]
    everyday_names: tuple[str, ...]
    needs_bank_word: tuple[str, ...]
    old_names: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this bank and nothing else."""
        return (self.short_name, self.code, self.full_name, *self.aliases, *self.old_brands)

    @property
    def old_brands(self) -> tuple[str, ...]:
        """Former names of one word (OceanBank); the longer ones are everyday words (Đại Dương)."""
        return tuple(name for name in self.old_names if " " not in name)


def _lengths(cell: str) -> frozenset[int]:
    """ "10;13" → {10, 13}; "9-12" → {9, 10, 11, 12}."""
    lengths: set[int] = set()
    for part in filter(None, cell.split(";")):
        low, _, high = part.partition("-")
        lengths.update(range(int(low), int(high or low) + 1))
    return frozenset(lengths)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def _bank(row: dict[str, str]) -> Bank:
    return Bank(
        code=row["code"],
        short_name=row["short_name"],
        full_name=row["full_name"],
        napas_bin=row["napas_bin"],
        kind=BankKind(row["kind"]),
        account_lengths=_lengths(row["account_lengths"]),
        aliases=_listed(row["aliases"]),
        everyday_names=_listed(row["everyday_names"]),
        needs_bank_word=_listed(row["needs_bank_word"]),
        old_names=_listed(row["old_names"]),
    )


@lru_cache(maxsize=1)
def all_banks() -> tuple[Bank, ...]:
    """Every bank and wallet of the list, the most used first."""
    return tuple(_bank(row) for row in read_table("banks.csv"))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Bank]:
    names: dict[str, Bank] = {}
    for bank in all_banks():
        for name in (*bank.names, *bank.old_names, *bank.everyday_names, *bank.needs_bank_word):
            names.setdefault(fold(name), bank)
    return names


def bank_by_name(name: str) -> Bank | None:
    """The bank that bears exactly this code, name, old name or alias (case and marks do not matter), or
    None.
    """
    return _by_name().get(fold(name))


def bank_by_bin(napas_bin: str) -> Bank | None:
    """The bank with this NAPAS number (six digits), or None."""
    return next((bank for bank in all_banks() if napas_bin and bank.napas_bin == napas_bin), None)


def account_length_ok(bank: Bank, number: str) -> LengthCheck:
    """Whether a number (digits only) has one of the lengths known for `bank`."""
    if not bank.account_lengths:
        return LengthCheck.UNKNOWN
    return LengthCheck.OK if len(number) in bank.account_lengths else LengthCheck.UNUSUAL
