"""Which question comes next, and into which list a finished survey falls."""

from typing import Any

import pytest

from roster.campaign import AccountDetails
from roster.survey.outcome import OutcomeGroup, outcome_group
from roster.survey.questions import Circumstances, Question, applies, next_question

INVITED = Circumstances(person_known=True, phone_known=True, account_details=AccountDetails.CHAT)
STRANGER = Circumstances(person_known=False, phone_known=False, account_details=AccountDetails.CHAT)
MINOR = Circumstances(True, True, AccountDetails.CHAT, counter_only=True)

OWN = {"consent": "yes", "respondent": "self", "wants_account": "yes", "has_account": "own"}
NONE = {**OWN, "has_account": "none"}


def order_of_questions(answers: dict[str, Any], circumstances: Circumstances) -> list[str]:
    """The questions as they are asked when every one is answered with its place in `answers`, or anything."""
    said: dict[str, Any] = {}
    asked: list[str] = []
    while (question := next_question(said, circumstances)) is not None:
        asked.append(question.value)
        said[question.value] = answers.get(question.value, "x")
    return asked


@pytest.mark.parametrize(
    ("answers", "circumstances", "asked"),
    [
        (OWN, INVITED, "consent respondent wants_account has_account bank account_number holder_name confirm"),
        ({**OWN, "bank": "officer"}, INVITED, "consent respondent wants_account has_account bank confirm"),
        (
            {**OWN, "has_account": "relatives"},
            INVITED,
            "consent respondent wants_account has_account bank account_number holder_name holder_relation confirm",
        ),
        ({**NONE, "opening": "home"}, INVITED,
         "consent respondent wants_account has_account opening visit_time confirm"),
        ({**NONE, "opening": "self"}, INVITED, "consent respondent wants_account has_account opening confirm"),
        (NONE, MINOR, "consent respondent wants_account has_account confirm"),
        (
            {**OWN, "respondent": "relative", "wants_account": "no"},
            INVITED,
            "consent respondent relation wants_account cash_reason confirm",
        ),
        ({**OWN, "wants_account": "no"}, STRANGER,
         "consent reference respondent wants_account cash_reason contact_phone confirm"),
    ],
)  # fmt: skip
def test_the_questions_that_are_asked(answers: dict[str, Any], circumstances: Circumstances, asked: str) -> None:
    assert order_of_questions(answers, circumstances) == asked.split()


@pytest.mark.parametrize("details", [AccountDetails.OFFICER, AccountDetails.VNEID])
def test_no_number_is_asked_where_the_campaign_takes_details_elsewhere(details: AccountDetails) -> None:
    elsewhere = Circumstances(True, True, details)
    assert not {"bank", "account_number", "holder_name"} & set(order_of_questions(OWN, elsewhere))


def test_a_question_opened_again_comes_first() -> None:
    assert next_question({**OWN, "bank": "BIDV", "_again": "bank"}, INVITED) is Question.BANK


@pytest.mark.parametrize(
    ("answers", "circumstances", "group"),
    [
        (OWN, INVITED, OutcomeGroup.OWN_ACCOUNT),
        ({**OWN, "has_account": "relatives"}, INVITED, OutcomeGroup.THROUGH_RELATIVE),
        ({**NONE, "opening": "home"}, INVITED, OutcomeGroup.OPEN_AT_HOME),
        ({**NONE, "opening": "ward"}, INVITED, OutcomeGroup.OPEN_AT_WARD),
        ({**NONE, "opening": "self"}, INVITED, OutcomeGroup.OPEN_BY_ONESELF),
        ({**NONE, "opening": "home"}, MINOR, OutcomeGroup.OPEN_AT_COUNTER),
        ({"wants_account": "no", "has_account": "own"}, INVITED, OutcomeGroup.CASH),
        ({}, INVITED, OutcomeGroup.OFFICER),
    ],
)
def test_the_list_a_survey_falls_into(
    answers: dict[str, Any], circumstances: Circumstances, group: OutcomeGroup
) -> None:
    assert outcome_group(answers, circumstances) is group


def test_an_old_answer_does_not_apply_once_the_way_has_changed() -> None:
    assert not applies(Question.BANK, {"wants_account": "no", "has_account": "own", "bank": "BIDV"}, INVITED)
