"""A declaration's answers in an officer's words. Pure."""

from __future__ import annotations

from typing import Any

from language.codes import group_code
from language.phones import group_phone
from roster.survey.answers import NO_PHONE, UNKNOWN_CODE
from roster.survey.questions import OFFICER_WRITES, Question

RELATIONS = {
    "child": "con",
    "spouse": "vợ hoặc chồng",
    "grandchild": "cháu",
    "sibling": "anh chị em",
    "guardian": "người giám hộ",
    "neighbour": "hàng xóm",
    "other": "người khác",
}

_VALUES: dict[Question, dict[str, str]] = {
    Question.RESPONDENT: {"self": "Chính người hưởng", "relative": "Người thân khai giúp"},
    Question.WANTS_ACCOUNT: {"yes": "Nhận qua tài khoản", "no": "Nhận tiền mặt"},
    Question.HAS_ACCOUNT: {
        "own": "Đã có của mình",
        "none": "Chưa có",
        "relatives": "Dùng tài khoản người thân",
    },
    Question.OPENING: {"home": "Tổ công tác đến nhà", "ward": "Tại xã, phường", "self": "Tự ra ngân hàng"},
    Question.CASH_REASON: {
        "no_phone": "không có điện thoại",
        "cannot_travel": "đi lại khó",
        "no_atm": "xa cây ATM",
        "distrust": "sợ mất tiền",
        "disability": "khuyết tật, ốm yếu",
        "prefers": "quen tiền mặt",
        "other": "lý do khác",
    },
    Question.BANK: {OFFICER_WRITES: "Để cán bộ ghi"},
    Question.REFERENCE: {UNKNOWN_CODE: "Không có mã"},
    Question.CONTACT_PHONE: {NO_PHONE: "Không có"},
    Question.RELATION: RELATIONS,
}

TITLES: dict[Question, str] = {
    Question.RESPONDENT: "Người khai",
    Question.RELATION: "Là gì của người hưởng",
    Question.WANTS_ACCOUNT: "Muốn nhận",
    Question.HAS_ACCOUNT: "Tài khoản",
    Question.HOLDER_RELATION: "Chủ tài khoản là gì của người hưởng",
    Question.OPENING: "Mở tài khoản",
    Question.VISIT_TIME: "Hẹn",
    Question.CASH_REASON: "Vì sao tiền mặt",
    Question.CONTACT_PHONE: "Số để gọi",
}
"""The answers that stand on a card besides the account itself, in the order of the survey."""


def in_words(question: Question, value: Any) -> str:
    """One stored answer as an officer reads it; a free text as it was typed."""
    text = str(value)
    if question in _VALUES and text in _VALUES[question]:
        return _VALUES[question][text]
    match question:
        case Question.CONTACT_PHONE:
            return group_phone(text)
        case Question.REFERENCE:
            return group_code(text)
        case Question.HOLDER_RELATION:
            relation, _, papers = text.partition("+")
            return RELATIONS.get(relation, relation) + (", có giấy tờ" if papers else ", chưa nói có giấy tờ")
        case _:
            return text
