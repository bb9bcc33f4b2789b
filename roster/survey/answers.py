"""What counts as an answer: the checks every value passes before it is kept, whoever brings it (bot, visit, form)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from language.answering.numbers import THIS_PHONE
from language.bank_list import LengthCheck, account_length_ok, bank_by_name
from language.codes import is_valid
from language.names import bank_name_form
from language.phones import normalise_phone
from language.relations import Relation
from roster.survey.questions import OFFICER_WRITES, Answers, Question


class Problem(StrEnum):
    """Why a value is not taken; the bot and the form each have words for it."""

    NOT_A_CHOICE = "not_a_choice"
    CODE_WRONG = "code_wrong"
    BANK_UNKNOWN = "bank_unknown"
    NUMBER_LENGTH = "number_length"
    NUMBER_UNREADABLE = "number_unreadable"
    NAME_UNREADABLE = "name_unreadable"
    PHONE_WRONG = "phone_wrong"
    PHONE_UNSEEN = "phone_unseen"
    """ "This number" on a channel that shows us none."""
    CORRECTION_UNCLEAR = "correction_unclear"


class AnswerRefused(ValueError):
    """A value that is no answer to its question. Its text names the question and the reason, never the value."""

    def __init__(self, question: Question, problem: Problem, **detail: str) -> None:
        super().__init__(f"{question}: {problem}")
        self.question = question
        self.problem = problem
        self.detail = detail


CHOICES: dict[Question, frozenset[str]] = {
    Question.CONSENT: frozenset({"yes", "no"}),
    Question.RESPONDENT: frozenset({"self", "relative"}),
    Question.RELATION: frozenset(relation.value for relation in Relation),
    Question.WANTS_ACCOUNT: frozenset({"yes", "no"}),
    Question.HAS_ACCOUNT: frozenset({"own", "none", "relatives"}),
    Question.OPENING: frozenset({"home", "ward", "self"}),
    Question.CASH_REASON: frozenset(
        {"no_phone", "cannot_travel", "no_atm", "distrust", "disability", "prefers", "other"}
    ),
    Question.CONFIRM: frozenset({"yes"}),
}
"""The stored values of the questions with fixed choices."""

UNKNOWN_CODE = "none"
"""The `reference` answer of somebody who has no code: the claim goes to an officer only."""
NO_PHONE = "none"
"""The `contact_phone` answer of somebody who has none."""

SHORTEST_NUMBER, LONGEST_NUMBER = 6, 19
"""Digits of any account number seen in Vietnam; the bank's own lengths are checked beside this."""


def accepted(question: Question, value: str, answers: Answers) -> Any:
    """The form in which `value` is stored as the answer to `question`.

    `answers`: those given so far (the number is checked against the bank). Raises AnswerRefused.
    """
    if question in CHOICES:
        if value not in CHOICES[question]:
            raise AnswerRefused(question, Problem.NOT_A_CHOICE)
        return value
    match question:
        case Question.REFERENCE:
            return _reference(value)
        case Question.BANK:
            return _bank(value)
        case Question.ACCOUNT_NUMBER:
            return _account_number(value, answers)
        case Question.HOLDER_NAME:
            return _holder_name(value)
        case Question.CONTACT_PHONE:
            return _phone(value)
        case _:
            return value.strip()


def _reference(value: str) -> str:
    if value == UNKNOWN_CODE:
        return value
    if not is_valid(value):
        raise AnswerRefused(Question.REFERENCE, Problem.CODE_WRONG)
    return value


def _bank(value: str) -> str:
    if value == OFFICER_WRITES:
        return value
    bank = bank_by_name(value)
    if bank is None:
        raise AnswerRefused(Question.BANK, Problem.BANK_UNKNOWN)
    return bank.short_name


def _account_number(value: str, answers: Answers) -> str:
    number = "".join(letter for letter in value if letter.isalnum()).upper()
    if not number.isdigit() or not SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER:
        raise AnswerRefused(Question.ACCOUNT_NUMBER, Problem.NUMBER_UNREADABLE)
    bank = bank_by_name(str(answers.get(Question.BANK, "")))
    if bank is not None and account_length_ok(bank, number) is LengthCheck.UNUSUAL:
        raise AnswerRefused(
            Question.ACCOUNT_NUMBER, Problem.NUMBER_LENGTH, bank=bank.short_name, digits=str(len(number))
        )
    return number


def _holder_name(value: str) -> str:
    name = bank_name_form(value)
    if len(name.split()) < 2 or any(letter.isdigit() for letter in name):
        raise AnswerRefused(Question.HOLDER_NAME, Problem.NAME_UNREADABLE)
    return name


def _phone(value: str) -> str:
    if value == NO_PHONE:
        return value
    if value == THIS_PHONE:
        raise AnswerRefused(Question.CONTACT_PHONE, Problem.PHONE_UNSEEN)
    phone = normalise_phone(value)
    if phone is None:
        raise AnswerRefused(Question.CONTACT_PHONE, Problem.PHONE_WRONG)
    return phone
