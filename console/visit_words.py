"""Visits in an office's words, and the survey's words for the hamlet's workbook."""

from __future__ import annotations

from console import formats
from console.answer_words import in_words
from console.survey_words import TIME_UNCLEAR, TITLES, choices_of, problem_in_words
from roster.returned.returned_file import ReturnedRow
from roster.survey.questions import Question
from roster.visiting.noting import BY_HAND
from roster.visiting.visit_list import VisitOutcome, VisitReason
from roster.visiting.workbook import ASKED, Wording

REASONS = {
    VisitReason.POLICE: "Công an chưa đối chiếu được",
    VisitReason.NO_PHONE: "Không có số điện thoại",
    VisitReason.NOT_REACHED: "Nhắn tin, gọi điện không được",
    VisitReason.UNFINISHED: "Trả lời dở",
    VisitReason.NO_ANSWER: "Chưa trả lời",
}
OUTCOMES = {
    VisitOutcome.DECLARED: "Đã hỏi xong",
    VisitOutcome.BEGUN: "Đã hỏi dở",
    VisitOutcome.REFUSED: "Không đồng ý trả lời",
    VisitOutcome.NOT_HOME: "Không gặp",
    VisitOutcome.AGAIN: "Hẹn đến lại",
    VisitOutcome.MOVED: "Đã chuyển đi nơi khác",
    VisitOutcome.DECEASED: "Đã mất",
    VisitOutcome.NOT_FOUND: "Không ai biết người này",
}
ON_PAPER = ("Đã hỏi xong", "Không đồng ý", "Không gặp", "Hẹn lại", "Chuyển đi", "Đã mất", "Không ai biết")
"""The same to be ticked with a pen, in the order of TO_CHOOSE."""
TO_CHOOSE = (VisitOutcome.DECLARED, VisitOutcome.REFUSED, *BY_HAND)
"""What the workbook offers as a result."""


def workbook_wording() -> Wording:
    """The words of the hamlet's workbook: those of the officer's form."""
    choices: dict[Question, tuple[tuple[str, str], ...]] = {
        question: choices_of(question) for question in ASKED if choices_of(question)
    }
    choices[Question.HOLDER_RELATION] = choices_of(Question.RELATION)
    return Wording(
        titles={question: TITLES[question] for question in ASKED},
        choices=choices,
        outcomes=OUTCOMES,
        reasons=REASONS,
        problem=problem_in_words,
        time_unclear=TIME_UNCLEAR,
    )


def visit_said(row: ReturnedRow) -> list[str]:
    """What a row of the hamlet's workbook says, a line an answer, the account's number by its last digits."""
    given = row.values["given"]
    told = [OUTCOMES[VisitOutcome(given["outcome"])]] if "outcome" in given else []
    answers = {Question(name): value for name, value in given.get("answers", {}).items()}
    told += [f"{TITLES[question]}: {_said(question, value)}" for question, value in answers.items()]
    return told + ([f"Ghi chú: {given['note']}"] if given.get("note") else [])


def _said(question: Question, value: str) -> str:
    if question is Question.ACCOUNT_NUMBER:
        return formats.hidden(value)
    if question is Question.CONTACT_PHONE and value.isdigit():
        return formats.hidden_phone(value)
    return in_words(question, value)
