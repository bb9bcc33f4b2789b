"""Details a message holds besides its answer: a bank, a number, a name, a code, whose account it is."""

from __future__ import annotations

import re

from language.answering.names_said import full_name_in, name_said
from language.answering.phrases import line_of
from language.answering.reading import Answer, Open
from language.banks import find_banks
from language.codes import find_codes
from language.digits import find_digit_runs
from language.phones import find_phones, phone_kind
from language.spans import Found

_NAME_CUE = re.compile(r"\b(ten|chu tai khoan|chu tk|dung ten|mang ten)\b")
_ACCOUNT_CUE = re.compile(r"\b(so tai khoan|tai khoan|stk|tk|so the|so tk|so)\b")
_HAS_OWN = re.compile(r"\b(toi|ba|bac|ong|cu|co|chu|minh|em|anh|chi|da|roi)?\s*co\s+(mot\s+|san\s+|roi\s+)?(cai\s+)?"
                      r"(so\s+)?(tai khoan|tk|the)\b")  # fmt: skip
_PHONE_CUE = re.compile(r"\b(sdt|so dien thoai|dien thoai|dt|goi|lien he|lien lac)\b")
SHORTEST_ACCOUNT = 8


def spontaneous_details(text: str, open_: Open) -> list[Answer]:
    """Answers to questions that were not asked, each with its place in `text`."""
    line = line_of(text)
    answers = [Answer("reference", code.value, code.start, code.end) for code in find_codes(text)[:1]]
    banks = find_banks(text)
    answers += [Answer("bank", bank.value.short_name, bank.start, bank.end) for bank in banks[:1]]
    number = _account(text, line, open_, bool(banks))
    if number:
        answers.append(Answer("account_number", number.value, number.start, number.end))
    if banks or number:
        answers += _named_holder(text, line, number)
    if (banks or number) and _HAS_OWN.search(line):
        answers += [Answer("wants_account", "yes", 0, len(text)), Answer("has_account", "own", 0, len(text))]
    if _PHONE_CUE.search(line):
        answers += [Answer("contact_phone", one.value, one.start, one.end) for one in find_phones(text)[:1]]
    return [answer for answer in answers if answer.question != open_.question]


def _account(text: str, line: str, open_: Open, bank_named: bool) -> Found[str] | None:
    """A digit run that is an account number: named as one, beside a bank, or while account details are open."""
    cued = bank_named or bool(_ACCOUNT_CUE.search(line)) or open_.question in ("bank", "holder_name", "confirm")
    runs = [run for run in find_digit_runs(text) if len(run.value) >= SHORTEST_ACCOUNT]
    if _PHONE_CUE.search(line):
        runs = [run for run in runs if phone_kind(run.value) is None]
    return max(runs, key=lambda run: len(run.value)) if cued and runs else None


def _named_holder(text: str, line: str, number: Found[str] | None) -> list[Answer]:
    """The name beside a bank or a number: after a cue, or a full name that stands by itself."""
    if _NAME_CUE.search(line):
        name = name_said("ten " + re.split(r"(?i)\b(?:tên|ten|chủ|chu)\b", text)[-1])
    else:
        rest = text[: number.start] + " " + text[number.end :] if number else text
        name = full_name_in(rest)
    return [Answer("holder_name", name, text.find(name), text.find(name) + len(name))] if name else []
