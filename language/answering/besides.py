"""What a message answers besides the open question: details sent together, the next questions answered ahead."""

from __future__ import annotations

import re

from language.answering.account import has_account_plainly, leaves_to_officer, prefers_account
from language.answering.clauses import clauses_of, is_question, statements
from language.answering.minor import minor_or_ward
from language.answering.names_said import full_name_in, name_said
from language.answering.numbers import account_said, phone_said
from language.answering.opening import opening_plainly, reason_plainly, time_plainly
from language.answering.phrases import line_of
from language.answering.reading import Answer, Open
from language.answering.who import has_papers, relation_beside, says_who
from language.banks import find_banks
from language.codes import find_codes
from language.relations import find_holder_relation
from language.spans import Found

_EARLY = frozenset({None, "consent", "reference"})
_BEFORE_WANTS = _EARLY | {"respondent", "relation"}
_BEFORE_HAS = _BEFORE_WANTS | {"wants_account"}
_ACCOUNT_NOUN = re.compile(r" (?:tai khoan|the|tk|stk|vi|vneid|ngan hang) ")
_NAME_CUE = re.compile(r" (?:ten|chu tai khoan|chu tk|dung ten|mang ten|chu the) ")
_HAS_OWN = re.compile(
    r" (?:(?:toi|ba|bac|ong|cu|co|chu|minh|em|anh|chi|da|roi|me|bo) )?co (?:(?:mot|san|roi"
    r"|cai) )*(?:so )?(?:tai khoan|tk|the) "
)
_FEWEST_WORDS_BEYOND_YES = 3


class Besides:
    """Collects answers to questions that were not asked, for as long as each has none."""

    def __init__(self, text: str, open_: Open, given: list[Answer]) -> None:
        self._text, self._open = text, open_
        self._given = {answer.question: answer.value for answer in given}
        self.answers: list[Answer] = []
        self._stated = statements(text)
        self._line = line_of(self._stated)

    def collect(self) -> list[Answer]:
        """All that is said besides."""
        for code in find_codes(self._text)[:1]:
            self._add("reference", code.value, code)
        if minor_or_ward(self._text, self._open):
            self._add("minor_or_ward", "yes")
        if self._stated and not is_question(self._text):
            self._who()
            self._way()
            self._place()
            self._details()
        return self.answers

    def _add(self, question: str, value: str | None, place: Found[str] | None = None, *, anew: bool = False) -> None:
        known = question in self._given or question == self._open.question
        if value is None or known or (question in self._open.answered and not anew):
            return
        start, end = (place.start, place.end) if place else (0, len(self._text))
        self._given[question] = value
        self.answers.append(Answer(question, value, start, end))

    def _who(self) -> None:
        if self._open.question in _EARLY:
            self._add("respondent", says_who(self._stated_clauses()))
        if self._given.get("respondent") == "relative":
            self._add("relation", relation_beside(self._stated))

    def _stated_clauses(self) -> str:
        stated = [clause.text for clause in clauses_of(self._text) if clause.states]
        return ", ".join(piece.rstrip(" ,.;:!") for piece in stated)

    def _way(self) -> None:
        if self._open.question in _BEFORE_WANTS:
            self._add("wants_account", prefers_account(self._stated))
        long = len(self._stated.split()) >= _FEWEST_WORDS_BEYOND_YES
        if self._open.question in _BEFORE_HAS and long and self._given.get("wants_account") != "no":
            self._has()
        if self._given.get("wants_account") == "no":
            self._add("cash_reason", self._reason())

    def _has(self) -> None:
        named = bool(find_banks(self._stated))
        if not (named or _ACCOUNT_NOUN.search(self._line)):
            return
        value = has_account_plainly(self._stated, self._open)
        if value == "own" and not (named or _HAS_OWN.search(self._line) or " vneid " in self._line):
            value = None
        self._add("has_account", value)
        if value in ("own", "relatives") and self._open.question in _BEFORE_WANTS:
            self._add("wants_account", "yes")

    def _reason(self) -> str | None:
        """Only a reason that is more than the wish itself."""
        others = [c.text for c in clauses_of(self._text) if c.states and not prefers_account(c.text)]
        return reason_plainly(", ".join(others)) if others else None

    def _place(self) -> None:
        told_before = "has_account" in self._open.answered and self._open.question in _BEFORE_HAS
        if self._given.get("has_account") == "none" or told_before:
            self._add("opening", opening_plainly(self._stated))
        if self._given.get("opening") in ("home", "ward"):
            self._add("visit_time", time_plainly(self._stated))

    def _details(self) -> None:
        if self._given.get("wants_account") == "no" or self._given.get("has_account") == "none":
            return
        if self._open.question in ("opening", "visit_time", "cash_reason", "contact_phone"):
            self._phone()
            return
        banks = find_banks(self._text)
        number = account_said(self._stated, self._open, bank_named=bool(banks))
        if self._open.question == "has_account" and leaves_to_officer(self._stated):
            self._add("bank", "officer")
        if banks:
            place = Found(banks[0].value.short_name, banks[0].start, banks[0].end)
            self._add("bank", place.value, place, anew=number is not None or self._open.question == "account_number")
        if number:
            self._add("account_number", number.value, anew=True)
        if banks or number:
            self._add("holder_name", self._holder(number))
            self._own()
        self._holder_relation()
        self._phone()

    def _own(self) -> None:
        if _HAS_OWN.search(self._line) and self._open.question in _BEFORE_HAS:
            self._add("wants_account", "yes")
            self._add("has_account", "own")

    def _holder(self, number: Found[str] | None) -> str | None:
        """The name beside a bank or a number: after a word for it, or a full name that stands by itself."""
        if _NAME_CUE.search(self._line):
            return name_said("ten " + re.split(r"(?i)\b(?:tên|ten|chủ|chu)\b", self._stated)[-1])
        rest = self._stated[: number.start] + " " + self._stated[number.end :] if number else self._stated
        return full_name_in(rest)

    def _holder_relation(self) -> None:
        """ "nguyen huu phuc, con trai toi, co giay uy quyen" in answer to the name."""
        if self._open.question not in ("holder_name", "account_number"):
            return
        rest = [clause.text for clause in clauses_of(self._text)[1:] if clause.states]
        named = find_holder_relation(", ".join(rest)) if rest else None
        if named:
            papers = "+papers" if has_papers(self._stated) else ""
            self._add("holder_relation", named.value.value + papers)

    def _phone(self) -> None:
        phone = phone_said(self._stated)
        if phone:
            self._add("contact_phone", phone.value)


def said_besides(text: str, open_: Open, given: list[Answer]) -> list[Answer]:
    """Answers to questions that were not asked; `given` are those read already. Never changes an answered question,
    but for a number that is sent again, and the bank named where its number is asked."""
    return Besides(text, open_, given).collect()
