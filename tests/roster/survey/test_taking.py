"""Answers several at once, refused, corrected, and before consent."""

from typing import Any

from roster.survey.answers import Problem
from roster.survey.consent import AGAIN, WAITING, absorb
from roster.survey.questions import Question
from roster.survey.taking import Given, take

CONSENTED: dict[str, Any] = {"consent": "yes"}
VIETCOMBANK = {**CONSENTED, "bank": "Vietcombank", "account_number": "0011004123456"}


def given(**values: str) -> list[Given]:
    return [Given(Question(name), value) for name, value in values.items()]


def test_several_answers_in_one_message_are_all_taken() -> None:
    taken = take(CONSENTED, given(holder_name="nguyen thi hoa", account_number="0011 0041 23456", bank="vietcombank"))
    assert taken.answers == {**VIETCOMBANK, "holder_name": "NGUYEN THI HOA"}
    assert taken.changed == [Question.BANK, Question.ACCOUNT_NUMBER, Question.HOLDER_NAME]


def test_a_number_of_the_wrong_length_for_the_bank_is_refused_and_the_old_one_stays() -> None:
    taken = take(VIETCOMBANK, given(account_number="001100412345"))
    assert taken.answers == VIETCOMBANK
    assert [refusal.problem for refusal in taken.refused] == [Problem.NUMBER_LENGTH]


def test_a_refusal_never_shows_the_value() -> None:
    refusal = take(VIETCOMBANK, given(account_number="001100412345")).refused[0]
    assert "001100412345" not in f"{refusal} {refusal.detail}"


def test_a_new_bank_asks_for_a_number_that_does_not_fit_it_again() -> None:
    taken = take(VIETCOMBANK, given(bank="Agribank", confirm="yes"))
    assert "confirm" not in taken.answers
    assert taken.answers["bank"] == "Agribank"


def test_a_change_after_the_summary_takes_the_confirmation_back() -> None:
    taken = take({**VIETCOMBANK, "confirm": "yes"}, given(account_number="0011004123457"))
    assert "confirm" not in taken.answers


def test_yes_beside_a_change_confirms_nothing() -> None:
    taken = take(VIETCOMBANK, given(account_number="0011004123457", confirm="yes"))
    assert "confirm" not in taken.answers
    assert taken.answers["account_number"] == "0011004123457"


def test_saying_the_same_again_changes_nothing() -> None:
    taken = take(VIETCOMBANK, given(account_number="0011004123456"))
    assert taken.changed == []
    assert taken.repeated == [Question.ACCOUNT_NUMBER]


def test_details_before_consent_wait_and_are_read_after_yes() -> None:
    before = absorb({}, given(bank="Vietcombank", account_number="0011004123456"))
    assert set(before.answers) == {WAITING}
    after = absorb(before.answers, given(consent="yes"))
    assert after.answers == VIETCOMBANK


def test_details_before_consent_are_erased_after_no() -> None:
    before = absorb({}, given(bank="Vietcombank", account_number="0011004123456"))
    assert absorb(before.answers, given(consent="no")).answers == {"consent": "no"}


def test_consent_and_details_in_one_message() -> None:
    taken = absorb({}, given(consent="yes", wants_account="yes", bank="vietcombank", account_number="0011004123456"))
    assert taken.answers == {**VIETCOMBANK, "wants_account": "yes"}


def test_a_question_opened_again_closes_with_its_new_value_or_with_the_old_one_said_again() -> None:
    opened = {**VIETCOMBANK, AGAIN: "account_number"}
    assert AGAIN not in absorb(opened, given(account_number="0011004123457")).answers
    assert AGAIN not in absorb(opened, given(account_number="0011004123456")).answers
    assert AGAIN in absorb(opened, given(account_number="12")).answers
