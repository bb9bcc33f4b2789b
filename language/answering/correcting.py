"""Corrections as answers: a whole new value is an answer, a part of one travels as it was said."""

from __future__ import annotations

import json
import re

from language.answering.account import prefers_account
from language.answering.clauses import clauses_of
from language.answering.elsewhere import is_elsewhere
from language.answering.new_values import OF_AN_ACCOUNT, new_values
from language.answering.phrases import found_in, line_of, says
from language.answering.reading import Answer, Open
from language.answering.yes_no import Short, short_answer
from language.corrections import Correction, CorrectionKind, Field, find_correction
from language.names import bank_name_form

CORRECTABLE = frozenset({"account_number", "contact_phone", "holder_name"})
"""Answers of which a part can be corrected."""
_OF_DIGITS = frozenset(
    {
        CorrectionKind.LAST_DIGITS,
        CorrectionKind.FIRST_DIGITS,
        CorrectionKind.NTH_DIGIT,
        CorrectionKind.PREPEND,
        CorrectionKind.APPEND,
        CorrectionKind.DROP_LAST,
        CorrectionKind.DROP_FIRST,
    }
)
_WRONG = re.compile(r" (?:nham|sai|lon|sua|doi|thay|chinh|dinh chinh|khong dung|chua dung) ")
_FEARED = re.compile(r" (?:ngai|lo|so (?:chon|bam|ghi|go|khai|viet|lai|bi|lam)) (?:\S+ )?(?:nham|sai) ")
_WISHES = re.compile(r" (?:cho toi|muon|doi|chuyen|dang ky|lay|vay|di) ")
_FEW_WORDS = 4


def corrections_said(text: str, open_: Open) -> list[Answer]:
    """What `text` corrects: role "correction" for a part of a value, "correct" for a field named without a new value,
    and a plain answer where the whole new value is given. Empty where it corrects nothing that is there."""
    told = _told(text)
    if not open_.answered or not told:
        return []
    return _part(told, open_) or _whole(told, open_) or _field_only(told, open_)


def announces_change(text: str, open_: Open) -> bool:
    """Whether `text` says that something given before is to change."""
    return says(text, "change", "sure") and not _FEARED.search(line_of(text))


def _told(text: str) -> str:
    """What does not ask; a wrong person or a death corrects nothing, "nhầm số" may."""
    kept = [clause for clause in clauses_of(text) if not clause.asks]
    if any(clause.elsewhere and not _WRONG.search(line_of(clause.text)) for clause in kept):
        return ""
    return ", ".join(clause.text.rstrip(" ,.;:!") for clause in kept)


def _part(told: str, open_: Open) -> list[Answer]:
    """A digit or a word of a value."""
    found = find_correction(told)
    if found is None or not open_.answered & CORRECTABLE:
        return []
    if found.kind in _OF_DIGITS and open_.answered & {"account_number", "contact_phone"}:
        return [Answer("correction", encode(found), 0, len(told))]
    if found.kind is CorrectionKind.REPLACE and _is_part_of_a_value(found, open_):
        return [Answer("correction", encode(found), 0, len(told))]
    return []


def _is_part_of_a_value(found: Correction, open_: Open) -> bool:
    """A few digits for as many others, or a word of the name for another: no bank, time, place or relation."""
    old, new = found.old or "", found.new or ""
    if old.isdigit() and new.isdigit():
        return len(old) == len(new)
    named = found.field is Field.HOLDER_NAME
    return "holder_name" in open_.answered and (named or not new_values(new, _all_open(), cued=True)) and new.isalpha()


def _all_open() -> Open:
    every = "bank visit_time opening wants_account relation respondent cash_reason holder_relation has_account"
    return Open("confirm", answered=frozenset(every.split()))


def _whole(told: str, open_: Open) -> list[Answer]:
    cued = announces_change(told, open_)
    if open_.question == "confirm":
        agreed = any(short_answer(clause.text) is Short.YES for clause in clauses_of(told))
        return [] if agreed and not cued else new_values(told, open_, cued=cued)
    return new_values(told, open_, cued=True) if cued else []


def maybe_changed(text: str, open_: Open) -> list[Answer]:
    """New values after a mere "thôi …", or where the open question rests on a wish that is no longer there.

    Asked only where the message is no answer to the open question.
    """
    told = _told(text)
    if not told or is_elsewhere(told) or not (_wants_otherwise(told, open_) or says(told, "change", "maybe")):
        return []
    return new_values(told, open_, cued=True)


def _wants_otherwise(told: str, open_: Open) -> bool:
    """ "tôi muốn mở tài khoản" to why cash, "tiền mặt" where the account's details are asked."""
    wish = prefers_account(told)
    if open_.question == "cash_reason":
        return wish == "yes" and bool(_WISHES.search(line_of(told)))
    return wish == "no" and open_.question in OF_AN_ACCOUNT


def _field_only(told: str, open_: Open) -> list[Answer]:
    """ "nhầm số tài khoản rồi": the question to open again."""
    if _FEARED.search(line_of(told)):
        return []
    clauses = clauses_of(told)
    for clause in clauses:
        line = line_of(clause.text)
        alone = open_.question == "confirm" and len(clauses) == 1 and len(line.split()) <= _FEW_WORDS
        field = next((value for value, _ in found_in(clause.text, "correct")), None)
        if field in open_.answered and field != open_.question and field and (alone or _WRONG.search(line)):
            return [Answer("correct", field, 0, len(told))]
    return []


def encode(correction: Correction) -> str:
    """`correction` as JSON, for an entity's value; words of a name as banks write them."""
    return json.dumps(
        {
            "kind": correction.kind.value,
            "new": _bank_form(correction.new),
            "old": _bank_form(correction.old),
            "position": correction.position,
            "field": correction.field.value if correction.field else None,
        },
        ensure_ascii=False,
    )


def _bank_form(said: str | None) -> str | None:
    return bank_name_form(said) if said and not any(letter.isdigit() for letter in said) else said


def decode(said: str) -> Correction:
    """What `encode` wrote."""
    parts = json.loads(said)
    field = Field(parts["field"]) if parts["field"] else None
    return Correction(CorrectionKind(parts["kind"]), parts["new"], parts["old"], parts["position"], field)
