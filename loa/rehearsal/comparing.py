"""Whether a value on the roster is the one a file expects: compared as the roster stores it. Pure."""

from __future__ import annotations

from collections.abc import Callable

from language.bank_list import bank_by_name
from language.banks import find_banks
from language.phones import normalise_phone
from language.text import fold, fold_name
from language.times import find_visit_time
from roster.survey.questions import OFFICER_WRITES, Question

CLAIM_FIELDS = frozenset(question.value for question in Question) | {"state"}
"""What `expect.claim` may name: the claim's state, and the survey's answers by question id."""

_NOTHING = frozenset({"", "none", "null", "~", "absent"})
_CASH_REASONS = {
    "no_atm_near": "no_atm",
    "does_not_trust": "distrust",
    "simply_prefers": "prefers",
    "prefers_cash": "prefers",
}
"""The words of `shared/dialogue.md` beside the stored ones."""


def same_value(field: str, expected: str, actual: str | None) -> bool:
    """Whether `actual`, as the claim has it (None: not there), is what `expected` means.

    "none", "null" and nothing at all expect that there is no value, or the stored "none" of somebody who has none.
    """
    if fold(expected) in _NOTHING:
        return actual is None or fold(actual) in _NOTHING or (field == "bank" and actual == OFFICER_WRITES)
    read = _READ_AS.get(field, fold)
    return actual is not None and read(expected) == read(actual)


def _bank(name: str) -> str:
    banks = [bank_by_name(name), *(found.value for found in find_banks(name))]
    return next((bank.code for bank in banks if bank), fold(name))


def _number(number: str) -> str:
    return "".join(letter for letter in number if letter.isalnum()).upper()


def _phone(phone: str) -> str:
    return normalise_phone(phone) or _number(phone)


def _relation(relation: str) -> str:
    """The relation alone: whether papers exist is kept behind a plus sign."""
    return fold(relation.partition("+")[0])


def _visit(text: str) -> object:
    found = find_visit_time(text)
    return found.value if found else fold(text)


def _cash_reason(reason: str) -> str:
    stored = fold(reason).replace(" ", "_")
    return _CASH_REASONS.get(stored, stored)


_READ_AS: dict[str, Callable[[str], object]] = {
    "bank": _bank,
    "account_number": _number,
    "reference": _number,
    "contact_phone": _phone,
    "holder_name": fold_name,
    "relation": _relation,
    "holder_relation": _relation,
    "visit_time": _visit,
    "cash_reason": _cash_reason,
}
