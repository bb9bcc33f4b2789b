"""Taking answers into a draft: several at once, in any order, corrected at any time. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from roster.survey.answers import AnswerRefused, Problem, accepted
from roster.survey.questions import Question

ORDER = list(Question)


@dataclass(frozen=True)
class Given:
    """One value said for one question, as the reader found it."""

    question: Question
    value: str


@dataclass
class Taken:
    """The answers after a message: what changed, and what was refused."""

    answers: dict[str, Any]
    changed: list[Question] = field(default_factory=list)
    repeated: list[Question] = field(default_factory=list)
    """Questions whose value was said again as it stands."""
    refused: list[AnswerRefused] = field(default_factory=list)
    waits: bool = False
    """Something was said that is kept until consent is given."""


def take(answers: Mapping[str, Any], given: Sequence[Given]) -> Taken:
    """`answers` with every acceptable value of `given`; the later of two values for one question stands.

    A refused value never wipes an old one. A change after the summary takes the confirmation back, so nothing is
    declared that was not read back as it stands; "yes" beside a change confirms nothing.
    """
    taken = Taken(dict(answers))
    for one in sorted(given, key=lambda one: ORDER.index(one.question)):
        if one.question is Question.CONFIRM and taken.changed:
            continue
        _take_one(taken, one)
    if taken.changed and taken.changed != [Question.CONFIRM]:
        taken.answers.pop(Question.CONFIRM, None)
    return taken


def _take_one(taken: Taken, one: Given) -> None:
    try:
        value = accepted(one.question, one.value, taken.answers)
    except AnswerRefused as refusal:
        taken.refused.append(refusal)
        return
    if taken.answers.get(one.question) == value:
        taken.repeated.append(one.question)
        return
    taken.answers[one.question.value] = value
    taken.changed.append(one.question)
    if one.question is Question.BANK:
        _check_number_again(taken)


def _check_number_again(taken: Taken) -> None:
    """A number that does not fit the new bank is asked for again."""
    number = taken.answers.get(Question.ACCOUNT_NUMBER)
    if number is None:
        return
    try:
        accepted(Question.ACCOUNT_NUMBER, number, taken.answers)
    except AnswerRefused as refusal:
        if refusal.problem is Problem.NUMBER_LENGTH:
            del taken.answers[Question.ACCOUNT_NUMBER]
            taken.refused.append(refusal)
