"""Whole new values for answered questions: "nham, chieu thu nam moi dung", "khong phai vietcombank, agribank co"."""

from __future__ import annotations

import re

from language.answering.account import has_account_plainly, prefers_account
from language.answering.denying import without_denied
from language.answering.names_said import full_name_in, name_said
from language.answering.numbers import SHORTEST_ACCOUNT, account_numbers, phone_said
from language.answering.opening import opening_plainly, reason_plainly, time_plainly
from language.answering.phrases import line_of
from language.answering.reading import Answer, Open
from language.answering.who import holder_relation, relation, relation_beside, says_who
from language.banks import find_banks
from language.digits import find_digit_runs
from language.phones import find_phones, phone_kind
from language.relations import find_stated_relation
from language.spans import fold_aligned

_WRONG_AFTER = re.compile(r"\A\W*(?:la |thi |moi )?(?:sai|nham|lon)\b")
_ACCOUNT_NOUN = re.compile(r" (?:tai khoan|the|so tai khoan|stk|tk|vi) ")
_NAME_NOUN = re.compile(r" (?:ten|ho ten|chu tai khoan|chu tk|chu the) ")
_FEW_WORDS = 9
_SHORTEST_SAID = 4
OF_AN_ACCOUNT = frozenset(
    {"has_account", "bank", "account_number", "holder_name", "holder_relation", "opening", "visit_time"}
)
"""Asked only of somebody who wants an account."""
_IMPLIED = {"no": frozenset({"cash_reason"}), "yes": OF_AN_ACCOUNT}
"""While these are open, that account or cash is wanted needs no saying: it changes nothing."""


def new_values(text: str, open_: Open, *, cued: bool) -> list[Answer]:
    """The new values that `text` gives to answered questions other than the open one.

    `cued`: a correction is announced.
    """
    kept = without_denied(text)
    few = cued or len(kept.split()) <= _FEW_WORDS
    found: dict[str, str | None] = {
        "bank": _bank(kept),
        "account_number": _number(kept, open_, cued=cued),
        "contact_phone": _phone(kept, open_),
        "holder_name": _name(kept),
    }
    if few:
        found |= _choices(kept, open_, noun=bool(_ACCOUNT_NOUN.search(line_of(text))))
    return [
        Answer(question, value, 0, len(text))
        for question, value in found.items()
        if value is not None and question != open_.question and _may_change(question, open_)
    ]


def _may_change(question: str, open_: Open) -> bool:
    """Answered before, or a relation that comes with a new "relative"."""
    return question in open_.answered or (question == "relation" and "respondent" in open_.answered)


def _choices(text: str, open_: Open, *, noun: bool) -> dict[str, str | None]:
    found: dict[str, str | None] = {
        "visit_time": time_plainly(text),
        "opening": opening_plainly(text),
        "wants_account": _wants(text, open_),
        "has_account": _has(text, open_, noun=noun),
        "cash_reason": reason_plainly(text) if "cash_reason" in open_.answered else None,
    }
    return found | _people(text, open_)


def _bank(text: str) -> str | None:
    """The last bank that is not said to be wrong."""
    banks = [bank for bank in find_banks(text) if not _WRONG_AFTER.match(fold_aligned(text[bank.end :]).text)]
    return banks[-1].value.short_name if banks else None


def _number(text: str, open_: Open, *, cued: bool) -> str | None:
    """A number sent again; a short one only after "số tài khoản", so that it can be refused in words."""
    named = bool(_ACCOUNT_NOUN.search(line_of(text)))
    if named and phone_said(text) is None:
        short = find_digit_runs(text, minimum=_SHORTEST_SAID)
        if (
            len(short) == 1
            and len(short[0].value) < SHORTEST_ACCOUNT
            and not re.search(r"\bso (?:cuoi|dau)\b", line_of(text))
        ):
            return short[0].value
    runs = [run.value for run in account_numbers(text) if len(run.value) >= SHORTEST_ACCOUNT]
    run = max(runs, key=len, default=None)
    if run is None or (open_.question == "contact_phone" and not named):
        return None
    is_phone = phone_kind(run) is not None and not named
    return None if is_phone and ("contact_phone" in open_.answered or not cued) else run


def _phone(text: str, open_: Open) -> str | None:
    phone = phone_said(text)
    if phone is None and not _ACCOUNT_NOUN.search(line_of(text)):
        phone = next(iter(find_phones(text)), None)
    return phone.value if phone else None


def _name(text: str) -> str | None:
    if _NAME_NOUN.search(line_of(text)):
        last = re.split(r"(?i)\b(?:tên|ten|chủ|chu)\b", text)[-1]
        return name_said("ten " + re.sub(r"(?i)\b(?:tk|tài khoản|tai khoan|đúng|dung|phải|phai)\b", " ", last))
    return full_name_in(text)


def _wants(text: str, open_: Open) -> str | None:
    value = prefers_account(text)
    return None if value is None or open_.question in _IMPLIED[value] else value


def _has(text: str, open_: Open, *, noun: bool) -> str | None:
    if not noun and not find_banks(text):
        return None
    value = has_account_plainly(text, open_)
    implied = value == "none" and open_.question in ("opening", "visit_time")
    return None if implied else value


def _people(text: str, open_: Open) -> dict[str, str | None]:
    if open_.question in ("respondent", "relation", "holder_relation", "has_account", "holder_name", "account_number"):
        return {}
    if open_.for_another:
        if says_who(text) == "self":
            return {"respondent": "self"}
        return {"relation": _relation(text, open_)}
    if says_who(text) == "relative":
        return {"respondent": "relative", "relation": relation_beside(text)}
    if "holder_relation" in open_.answered:
        return {"holder_relation": holder_relation(text, open_)}
    return {}


def _relation(text: str, open_: Open) -> str | None:
    stated = find_stated_relation(text)
    if stated:
        return stated.value.value
    few = len(text.split()) <= _FEW_WORDS and open_.question == "confirm" and not _ACCOUNT_NOUN.search(line_of(text))
    return relation(text, open_) if few else None
