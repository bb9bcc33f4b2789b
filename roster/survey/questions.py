"""The survey's questions, in the order they are asked, and when each applies (`shared/dialogue.md`, The survey)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from roster.campaign import AccountDetails


class Question(StrEnum):
    """Fixed ids. The Rasa slot that a question fills bears the same name."""

    CONSENT = "consent"
    REFERENCE = "reference"
    RESPONDENT = "respondent"
    RELATION = "relation"
    WANTS_ACCOUNT = "wants_account"
    HAS_ACCOUNT = "has_account"
    BANK = "bank"
    ACCOUNT_NUMBER = "account_number"
    HOLDER_NAME = "holder_name"
    HOLDER_RELATION = "holder_relation"
    OPENING = "opening"
    VISIT_TIME = "visit_time"
    CASH_REASON = "cash_reason"
    CONTACT_PHONE = "contact_phone"
    CONFIRM = "confirm"


MINOR_OR_WARD = "minor_or_ward"
"""Beside the answers: said to be under 18 or under guardianship, so an account is opened at a counter only."""
OFFICER_WRITES = "officer"
"""The `bank` answer that leaves the details to the team's visit."""

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Circumstances:
    """What decides, besides the answers, which questions apply.

    person_known: the invitation's thread tells whom the survey is about.
    phone_known: the channel or the roster gives a number to call.
    account_details: where the campaign lets details be given.
    counter_only: under 18 or under guardianship by the roster (Circular 17/2024: never online, at a counter).
    """

    person_known: bool
    phone_known: bool
    account_details: AccountDetails
    counter_only: bool = False


def next_question(answers: Answers, circumstances: Circumstances) -> Question | None:
    """The question opened again for a correction, else the first that applies and has no answer; None at the end."""
    if answers.get("_again"):
        return Question(answers["_again"])
    return next((q for q in Question if applies(q, answers, circumstances) and answers.get(q) is None), None)


def applies(question: Question, answers: Answers, circumstances: Circumstances) -> bool:
    """Whether `question` is asked at all, given the answers so far."""
    match question:
        case Question.REFERENCE:
            return not circumstances.person_known
        case Question.RELATION:
            return answers.get(Question.RESPONDENT) == "relative"
        case Question.HAS_ACCOUNT:
            return answers.get(Question.WANTS_ACCOUNT) == "yes"
        case Question.BANK:
            return _account_named(answers) and circumstances.account_details is AccountDetails.CHAT
        case Question.ACCOUNT_NUMBER | Question.HOLDER_NAME:
            return gives_details(answers, circumstances)
        case Question.HOLDER_RELATION:
            return gives_details(answers, circumstances) and answers.get(Question.HAS_ACCOUNT) == "relatives"
        case Question.OPENING:
            return _to_be_opened(answers) and not counter_only(answers, circumstances)
        case Question.VISIT_TIME:
            return (
                _to_be_opened(answers)
                and not counter_only(answers, circumstances)
                and answers.get(Question.OPENING) in ("home", "ward")
            )
        case Question.CASH_REASON:
            return answers.get(Question.WANTS_ACCOUNT) == "no"
        case Question.CONTACT_PHONE:
            return not circumstances.phone_known
        case _:
            return True


def counter_only(answers: Answers, circumstances: Circumstances) -> bool:
    """Whether an account may be opened at a counter only, by the roster or by what the person says."""
    return circumstances.counter_only or answers.get(MINOR_OR_WARD) is True


def gives_details(answers: Answers, circumstances: Circumstances) -> bool:
    """Whether the number and the holder's name are taken in the chat."""
    return (
        _account_named(answers)
        and circumstances.account_details is AccountDetails.CHAT
        and answers.get(Question.BANK) != OFFICER_WRITES
    )


def _account_named(answers: Answers) -> bool:
    return answers.get(Question.WANTS_ACCOUNT) == "yes" and answers.get(Question.HAS_ACCOUNT) in ("own", "relatives")


def _to_be_opened(answers: Answers) -> bool:
    return answers.get(Question.WANTS_ACCOUNT) == "yes" and answers.get(Question.HAS_ACCOUNT) == "none"
