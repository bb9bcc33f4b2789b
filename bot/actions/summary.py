"""The summary that is read back before anything is declared: every value, digits in groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.actions.choices import CHOICES, TITLES
from language.codes import group_code
from language.phones import group_phone
from roster.survey.answers import NO_PHONE, UNKNOWN_CODE
from roster.survey.outcome import OutcomeGroup, outcome_group
from roster.survey.questions import OFFICER_WRITES, Circumstances, Question, applies

_RELATIONS = {
    "child": "con",
    "spouse": "vợ/chồng",
    "grandchild": "cháu",
    "sibling": "anh chị em",
    "guardian": "người giám hộ",
    "neighbour": "hàng xóm",
    "other": "người quen",
}
_REASONS = {"disability": "khuyết tật, sức yếu", "other": "lý do riêng"}
"""Reasons for cash that have no choice of their own."""
_ROUTES = {
    OutcomeGroup.OWN_ACCOUNT: "nhận qua tài khoản của mình",
    OutcomeGroup.THROUGH_RELATIVE: "nhận qua tài khoản người nhà",
    OutcomeGroup.OPEN_AT_HOME: "mở tài khoản, cán bộ đến nhà",
    OutcomeGroup.OPEN_AT_WARD: "mở tài khoản tại phường/xã",
    OutcomeGroup.OPEN_BY_ONESELF: "tự ra ngân hàng mở tài khoản",
    OutcomeGroup.OPEN_AT_COUNTER: "mở tài khoản tại quầy ngân hàng",
    OutcomeGroup.CASH: "nhận tiền mặt",
}
_READ_BACK = (
    Question.RELATION,
    Question.BANK,
    Question.ACCOUNT_NUMBER,
    Question.HOLDER_NAME,
    Question.HOLDER_RELATION,
    Question.VISIT_TIME,
    Question.CASH_REASON,
    Question.CONTACT_PHONE,
)


def summary(answers: Mapping[str, Any], circumstances: Circumstances) -> str:
    """The answers as the citizen reads them back: "Xin đọc lại: …; …", one short line."""
    route = _ROUTES.get(outcome_group(answers, circumstances), "")
    parts = [route] if route else []
    for question in _READ_BACK:
        if question in answers and applies(question, answers, circumstances):
            parts.append(f"{TITLES[question].lower()}: {shown(question, answers[question])}")
    return "Xin đọc lại: " + "; ".join(parts) + "."


def answered(answers: Mapping[str, Any], circumstances: Circumstances) -> list[Question]:
    """The questions with an answer that may be corrected."""
    return [q for q in TITLES if q in answers and applies(q, answers, circumstances)]


def shown(question: Question, value: str) -> str:
    """One answer in the citizen's words."""
    match question:
        case Question.ACCOUNT_NUMBER:
            return grouped(value)
        case Question.CONTACT_PHONE:
            return "không có" if value == NO_PHONE else group_phone(value)
        case Question.REFERENCE:
            return "không có" if value == UNKNOWN_CODE else group_code(value)
        case Question.CASH_REASON if value in _REASONS:
            return _REASONS[value]
        case Question.BANK:
            return "để cán bộ ghi" if value == OFFICER_WRITES else value
        case Question.RELATION:
            return _RELATIONS.get(value, value)
        case Question.HOLDER_RELATION:
            relation, _, papers = value.partition("+")
            return _RELATIONS.get(relation, relation) + (", có giấy" if papers else "")
        case _:
            return _title(question, value)


def grouped(digits: str) -> str:
    """Digits in groups of four: "0011 0041 2345 7"."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _title(question: Question, value: str) -> str:
    payload = f"{question.value}={value}"
    titles = [choice["title"] for choice in CHOICES.get(question, []) if choice["payload"] == payload]
    return titles[0].lower() if titles else value
