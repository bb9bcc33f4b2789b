"""One reader a question: what a message says to the question that is open."""

from __future__ import annotations

import re
from collections.abc import Callable

from language.answering.account import bank, has_account, wants_account
from language.answering.clauses import clauses_of
from language.answering.kin import distant_or_equal
from language.answering.names_said import name_said
from language.answering.numbers import account_number, contact_phone, reference
from language.answering.opening import cash_reason, opening, visit_time
from language.answering.phrases import line_of, says
from language.answering.reading import Open
from language.answering.who import holder_relation, relation, respondent
from language.answering.yes_no import Short, refuses, short_answer

Reader = Callable[[str, Open], "str | None"]
"""Takes the message and what is open; gives the value for the question, or None when it is no answer to it."""

_RIGHT_FIRST = ("dung", "chuan", "chinh", "xac", "ok", "oke", "phai")
_BUT = frozenset({"nhung", "ma", "tru", "khong", "chua", "sai", "nham", "thieu"})
_SOMETHING_WRONG = re.compile(r"(?<! khong) (?:sai|nham|lon) | (?:khong|chua) dung ")
_WHATEVER = re.compile(r" (?:nao|may|gi|dau|ai|bao gio) (?:\S+ )?cung ")
"""Said of a time or a place ("thứ mấy cũng được"), not of the summary."""
_MOST_WORDS_RIGHT = 7
_FORBIDDEN = re.compile(
    r" (?:con|chau|em|anh|chi|bo|me|ong|ba|nha|cong an|phuong|dai|ti vi|tivi|nguoi ta|no|ho)(?: \S+){0,2}? "
    r"(?:dan|dan do|bao|khuyen|cam|nhac) (?:\S+ ){0,4}?(?:khong|dung|cho co|cam) "
)
"""What others forbade is a fear of scams, which has an answer of its own: "con tôi dặn không được trả lời ai"."""


def _consent(text: str, open_: Open) -> str | None:
    """What is said outright counts before a bare yes or no; only a plain no refuses."""
    stated = [
        clause.text for clause in clauses_of(text) if clause.states and not _FORBIDDEN.search(line_of(clause.text))
    ]
    for value in ("no", "yes"):
        if any(says(clause, "consent", value) for clause in stated):
            return value
    for clause in stated:
        if short_answer(clause) is Short.YES:
            return "yes"
        if refuses(clause):
            return "no"
    return None


def _relation(text: str, open_: Open) -> str | None:
    told = _of_statements(relation, text, open_)
    if told is None and (alone := distant_or_equal(text)):
        return alone.value
    return told


def _holder_relation(text: str, open_: Open) -> str | None:
    return _of_statements(holder_relation, text, open_)


def _of_statements(reader: Reader, text: str, open_: Open) -> str | None:
    stated = [clause.text for clause in clauses_of(text) if clause.states]
    return reader(", ".join(piece.rstrip(" ,.;:!") for piece in stated), open_) if stated else None


def _confirm(text: str, open_: Open) -> str | None:
    """Only a yes to the whole summary, whatever courtesy or question comes with it."""
    stated = [clause.text for clause in clauses_of(text) if clause.states]
    shorts = [short_answer(clause) for clause in stated]
    line = line_of(", ".join(stated))
    if Short.NO in shorts or Short.UNSURE in shorts or _SOMETHING_WRONG.search(line) or _WHATEVER.search(line):
        return None
    return "yes" if Short.YES in shorts or any(_says_right(clause) for clause in stated) else None


def _says_right(clause: str) -> bool:
    """ "vâng đúng nắm rồi": "đúng" among the first words of a short clause without a but."""
    said = line_of(clause).split()
    early = any(word in _RIGHT_FIRST for word in said[:3])
    return early and len(said) <= _MOST_WORDS_RIGHT and not _BUT.intersection(said)


READERS: dict[str, Reader] = {
    "consent": _consent,
    "reference": reference,
    "respondent": respondent,
    "relation": _relation,
    "wants_account": wants_account,
    "has_account": has_account,
    "bank": bank,
    "account_number": account_number,
    "holder_name": lambda text, open_: name_said(text),
    "holder_relation": _holder_relation,
    "opening": opening,
    "visit_time": visit_time,
    "cash_reason": cash_reason,
    "contact_phone": contact_phone,
    "confirm": _confirm,
}
"""One reader a question."""
