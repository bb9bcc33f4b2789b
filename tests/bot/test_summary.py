"""What is read back is in the citizen's words, digits in groups."""

import pytest

from bot.actions.summary import shown, summary
from roster.campaign import AccountDetails
from roster.survey.answers import CHOICES
from roster.survey.questions import Circumstances, Question

INVITED = Circumstances(True, True, AccountDetails.CHAT)


@pytest.mark.parametrize("question", [Question.CASH_REASON, Question.RELATION, Question.OPENING])
def test_no_stored_value_is_read_back_as_it_is_stored(question: Question) -> None:
    assert not [value for value in CHOICES[question] if shown(question, value) == value]


def test_the_number_is_read_back_in_groups_and_the_name_as_the_bank_writes_it() -> None:
    answers = {
        "wants_account": "yes",
        "has_account": "own",
        "bank": "Vietcombank",
        "account_number": "0011004123457",
        "holder_name": "NGUYEN THI BUOI",
    }
    said = summary(answers, INVITED)
    assert "0011 0041 2345 7" in said
    assert "NGUYEN THI BUOI" in said


def test_what_no_longer_applies_is_not_read_back() -> None:
    answers = {"wants_account": "no", "cash_reason": "disability", "bank": "BIDV", "account_number": "12010009876543"}
    said = summary(answers, INVITED)
    assert "BIDV" not in said
    assert "khuyết tật" in said
