"""Comparing the entities found in an utterance with those that a file of utterances expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from language.banks import bank_by_name, find_banks
from language.phones import normalise_phone
from language.text import fold, fold_name
from language.wards import find_wards

Expected = Mapping[str, "str | list[str]"]
Found = Sequence[tuple[str, str]]
_IN_DIGITS = frozenset(("account_number", "citizen_id"))


@dataclass(frozen=True)
class EntityScore:
    """How many entities were expected and found with the right value; how many were found with a wrong one."""

    expected: int
    hits: int
    wrong: int


def score_entities(expected: Expected, found: Found) -> EntityScore:
    """A hit: the kind was found with the expected value. Wrong: an expected kind was found with another value."""
    wanted = {(kind, comparable(kind, value)) for kind, values in expected.items() for value in _listed(values)}
    got = {(kind, comparable(kind, value)) for kind, value in found}
    kinds = {kind for kind, _ in wanted}
    wrong = sum(1 for kind, value in got - wanted if kind in kinds)
    return EntityScore(len(wanted), len(wanted & got), wrong)


def comparable(kind: str, value: str) -> str:
    """A value as it is compared.

    Numbers and phones in bare digits, codes in capitals, banks by the list's name, wards by their full name where it
    is known, all else as typed without marks, case and signs.
    """
    if kind == "phone":
        return normalise_phone(value) or _digits(value)
    if kind in _IN_DIGITS:
        return _digits(value)
    if kind == "reference":
        return "".join(letter for letter in value.upper() if letter.isalnum())
    if kind == "bank":
        return _bank(value)
    if kind == "ward":
        return fold(next((ward.value for ward in find_wards(value)), value))
    if kind == "person_name":
        return fold_name(value)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(value)).split())


def _bank(value: str) -> str:
    bank = bank_by_name(value)
    if bank is None:
        named = find_banks(value)
        bank = named[0].value if named else None
    return bank.short_name if bank else fold(value)


def _digits(value: str) -> str:
    return "".join(letter for letter in value if letter.isdigit())


def _listed(values: str | list[str]) -> Iterable[str]:
    return [values] if isinstance(values, str) else values
