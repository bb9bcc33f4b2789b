"""Reading an answer that somebody typed (into the form, into a workbook) as the bot would read it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from language.answering.account import bank as read_bank
from language.answering.opening import visit_time as read_visit_time
from language.answering.reading import Open
from language.bank_list import bank_by_name
from roster.survey.questions import OFFICER_WRITES, Question

PAPERS = "+papers"
"""Behind a `holder_relation`: there is a guardianship or a written authorisation."""


def read_typed(question: Question, text: str, answers: Mapping[str, Any]) -> str | None:
    """The value to be checked and taken; None for a time that tells neither day nor part of it."""
    if text == answers.get(question):
        return text
    match question:
        case Question.BANK if text != OFFICER_WRITES and bank_by_name(text) is None:
            return read_bank(text, Open(question.value)) or text
        case Question.VISIT_TIME:
            return read_visit_time(text, Open(question.value))
        case _:
            return text
