"""The longest summary that a survey can end in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from bot.actions.summary import summary
from language.bank_list import all_banks
from roster.campaign import AccountDetails
from roster.survey.answers import CHOICES, LONGEST_NUMBER
from roster.survey.questions import Circumstances, Question

_KNOWN = Circumstances(person_known=False, phone_known=False, account_details=AccountDetails.CHAT)
_BRANCHING = (Question.RESPONDENT, Question.WANTS_ACCOUNT, Question.HAS_ACCOUNT, Question.OPENING, Question.CASH_REASON)


def longest_summary() -> str:
    """The longest read-back over every way through the survey, each free answer at its longest."""
    return max((summary(answers, _KNOWN) for answers in _ways()), key=len)


def _ways() -> Iterator[dict[str, Any]]:
    for chosen in itertools.product(*(sorted(CHOICES[question]) for question in _BRANCHING)):
        yield _free_answers() | dict(zip(_BRANCHING, chosen, strict=True))


def _free_answers() -> dict[str, Any]:
    return {
        Question.RELATION: "guardian",
        Question.BANK: max((bank.short_name for bank in all_banks()), key=len),
        Question.ACCOUNT_NUMBER: "0" * LONGEST_NUMBER,
        Question.HOLDER_NAME: "NGUYEN TRAN THI HOANG PHUONG ANH",
        Question.HOLDER_RELATION: "guardian+papers",
        Question.VISIT_TIME: "sau 5 giờ chiều thứ bảy hoặc sáng chủ nhật tuần sau",
        Question.CONTACT_PHONE: "0912345678",
    }
