"""Reading a message as the answer to the question that is open."""

from __future__ import annotations

import re
from collections.abc import Callable

from language.answering.names_said import name_said
from language.answering.phrases import first_match, line_of, phrases_of, says
from language.answering.yes_no import Short, is_question, leading_answer, short_answer
from language.banks import find_banks
from language.codes import find_codes
from language.digits import find_digit_runs
from language.phones import find_phones
from language.relations import Relation, find_relation
from language.times import describe, find_visit_time

Reader = Callable[[str], "str | None"]
"""Takes the message; gives the value for the question, or None when the message is no answer to it."""

ANY_TIME = "lúc nào cũng được"

_LEAVES_TO_OFFICER = re.compile(
    r"\b(de|nho|cho|phien|gap|doi)?\s*(can bo|cac chau|co chu|nguoi ta|phuong|xa|to cong tac)\b.{0,30}"
    r"\b(ghi|viet|lay|den|xuong|ve)\b|\bden noi (toi )?dua\b|\bdua tan tay\b"
)


def leaves_to_officer(text: str) -> bool:
    """Whether the details are left to the team's visit ("để cán bộ ghi")."""
    return bool(_LEAVES_TO_OFFICER.search(line_of(text)))


def _yes_no(text: str) -> str | None:
    short = leading_answer(text) or short_answer(text)
    return short.value if short else None


def _consent(text: str) -> str | None:
    if is_question(text):
        return None
    return first_match(line_of(text), phrases_of("consent")) or _yes_no(text)


_ALONE_SELF = ("toi", "minh", "ba", "ong", "bac", "cu", "to", "chinh chu")


def _respondent(text: str) -> str | None:
    line = line_of(text)
    found = first_match(line, phrases_of("respondent"))
    relation = find_relation(text)
    if found == "self" and not (relation and _names_a_relative(line)):
        return found
    if relation or found == "relative":
        return "relative"
    return "self" if line.strip() in _ALONE_SELF else None


def _names_a_relative(line: str) -> bool:
    return bool(re.search(r" (con|chau|em|vo|chong) (gai|trai|dau|re|noi|ngoai|ruot) ", line))


_BARE_RELATIONS = {"con": "child", "chau": "grandchild", "em": "sibling", "anh": "sibling", "chi": "sibling"}


def _relation(text: str) -> str | None:
    relation = find_relation(text)
    if relation:
        return relation.value.value
    if short_answer(text) is Short.UNSURE:
        return Relation.OTHER.value
    return _BARE_RELATIONS.get(line_of(text).strip())


def _wants_account(text: str) -> str | None:
    if is_question(text):
        return None
    line, table = line_of(text), phrases_of("wants_account")
    if short_answer(text) is Short.UNSURE:
        return "unsure"
    if says(line, table["no"]):
        return "no"
    return first_match(line, {"yes": table["yes"]}) or _yes_no(text)


def _has_account(text: str) -> str | None:
    if is_question(text):
        return None
    line, table = line_of(text), phrases_of("has_account")
    for value in ("none", "relatives", "own"):
        if says(line, table[value]):
            return value
    short = short_answer(text)
    return {Short.YES: "own", Short.NO: "none"}.get(short) if short else None


def _bank(text: str) -> str | None:
    if leaves_to_officer(text):
        return "officer"
    banks = find_banks(text)
    return banks[0].value.short_name if banks else None


def _account_number(text: str) -> str | None:
    runs = find_digit_runs(text)
    return max((run.value for run in runs), key=len) if runs else None


def _opening(text: str) -> str | None:
    return None if is_question(text) else first_match(line_of(text), phrases_of("opening"))


def _visit_time(text: str) -> str | None:
    found = find_visit_time(text)
    if found:
        return describe(found.value)
    easy = short_answer(text) in (Short.UNSURE, Short.YES) or says(line_of(text), phrases_of("visit_time")["any"])
    return ANY_TIME if easy else None


def _cash_reason(text: str) -> str | None:
    found = first_match(line_of(text), phrases_of("cash_reason"))
    if found:
        return found
    return "other" if short_answer(text) in (Short.UNSURE, Short.NO) else None


def _reference(text: str) -> str | None:
    codes = find_codes(text)
    if codes:
        return codes[0].value
    without = says(line_of(text), phrases_of("reference")["none"]) or short_answer(text) in (Short.NO, Short.UNSURE)
    return "none" if without else None


def _contact_phone(text: str) -> str | None:
    phones = find_phones(text, lenient=True)
    if phones:
        return phones[0].value
    without = says(line_of(text), phrases_of("contact_phone")["none"]) or short_answer(text) is Short.NO
    return "none" if without else None


def _holder_relation(text: str) -> str | None:
    relation = _relation(text)
    return f"{relation}+papers" if relation and has_papers(text) else relation


def has_papers(text: str) -> bool:
    """Whether a guardianship or a written authorisation is said to exist."""
    line, table = line_of(text), phrases_of("holder_relation")
    return says(line, table["papers"]) and not says(line, table["no_papers"])


def _confirm(text: str) -> str | None:
    return "yes" if short_answer(text) is Short.YES else None


READERS: dict[str, Reader] = {
    "consent": _consent,
    "reference": _reference,
    "respondent": _respondent,
    "relation": _relation,
    "wants_account": _wants_account,
    "has_account": _has_account,
    "bank": _bank,
    "account_number": _account_number,
    "holder_name": name_said,
    "holder_relation": _holder_relation,
    "opening": _opening,
    "visit_time": _visit_time,
    "cash_reason": _cash_reason,
    "contact_phone": _contact_phone,
    "confirm": _confirm,
}
"""One reader a question."""
