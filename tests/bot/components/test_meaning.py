"""What a message means, all things considered."""

import pytest

from bot.components.meaning import (
    INFORM,
    OUT_OF_SCOPE,
    Heard,
    Thresholds,
    meaning_of,
    meaning_of_answer,
    meaning_of_choice,
    meaning_of_words,
)
from language.answering.reader import read
from language.answering.reading import Choice, Open

LIMITS = Thresholds(sure=0.55, margin=0.25, near=0.15, beside=0.6, asked=0.25)


@pytest.mark.parametrize(
    ("label", "confidence", "nothing_else", "expected"),
    [
        ("affirm", 0.9, False, INFORM),
        ("have_account", 0.9, False, INFORM),
        ("faq/fees", 0.8, False, "faq/fees"),
        ("faq/fees", 0.5, False, INFORM),
        ("faq/fees", 0.9, True, INFORM),
        ("report_death", 0.7, False, "report_death"),
        ("talk_to_officer", 0.7, False, "talk_to_officer"),
        ("stop", 0.95, False, "stop"),
        ("greet", 0.95, False, INFORM),
    ],
)
def test_an_answer_informs_unless_something_surely_wants_serving_beside(
    label: str, confidence: float, nothing_else: bool, expected: str
) -> None:
    ranking = [(label, confidence), ("unsure", 1 - confidence)]
    assert meaning_of_answer(ranking, LIMITS, nothing_else=nothing_else).label == expected


@pytest.mark.parametrize(
    ("first", "second", "offered"),
    [(0.6, 0.39, False), (0.5, 0.2, False), (0.5, 0.4, True), (0.3, 0.29, True)],
)
def test_two_close_readings_are_offered(first: float, second: float, offered: bool) -> None:
    meaning = meaning_of_words([("faq/fees", first), ("faq/amount", second)], LIMITS, wordless=False)
    assert meaning.label == "faq/fees"
    assert meaning.alternatives == (("faq/fees", "faq/amount") if offered else ())


def test_where_nothing_is_near_it_is_out_of_scope() -> None:
    meaning = meaning_of_words([("faq/fees", 0.1), ("faq/amount", 0.09)], LIMITS, wordless=False)
    assert (meaning.label, meaning.alternatives) == (OUT_OF_SCOPE, ())


def test_a_message_without_words_is_out_of_scope_whatever_the_classifier_says() -> None:
    assert meaning_of_words([("greet", 0.9), ("thank", 0.1)], LIMITS, wordless=True).label == OUT_OF_SCOPE


def test_none_of_this_is_nothing_to_offer() -> None:
    assert meaning_of_words([(OUT_OF_SCOPE, 0.4), ("greet", 0.3)], LIMITS, wordless=False).alternatives == ()


@pytest.mark.parametrize(
    ("ranking", "offered"),
    [
        ([("stop", 0.19), (OUT_OF_SCOPE, 0.16), ("insult", 0.1)], ("stop", "insult")),
        ([("faq/fees", 0.4), ("report_death", 0.38), ("faq/amount", 0.1)], ("faq/fees", "faq/amount")),
        ([("wrong_number", 0.5), ("greet", 0.1)], ("wrong_number", "greet")),
        ([("talk_to_officer", 0.54), ("help", 0.1)], ("talk_to_officer", "help")),
    ],
)
def test_what_is_far_from_sure_is_offered_before_it_is_done(
    ranking: list[tuple[str, float]], offered: tuple[str, ...]
) -> None:
    assert meaning_of_words(ranking, LIMITS, wordless=False).alternatives == offered


def test_nobody_is_asked_about_a_death_on_a_guess() -> None:
    guessed = meaning_of_words([("report_death", 0.5), ("already_done", 0.1)], LIMITS, wordless=False)
    assert (guessed.label, guessed.alternatives) == (OUT_OF_SCOPE, ())
    assert meaning_of_words([("report_death", 0.6), ("later", 0.1)], LIMITS, wordless=False).label == "report_death"


@pytest.mark.parametrize(
    ("ranking", "asks", "expected"),
    [
        ([("affirm", 0.5), ("faq/fees", 0.3)], True, "faq/fees"),
        ([("faq/fees", 0.4), ("faq/amount", 0.3)], True, "faq/fees"),
        ([("affirm", 0.6), ("faq/fees", 0.2)], True, INFORM),
        ([("affirm", 0.5), ("faq/fees", 0.3)], False, INFORM),
        ([("report_scam", 0.7), ("faq/is_this_a_scam", 0.28)], True, "report_scam"),
    ],
)
def test_beside_an_answer_the_likeliest_question_is_served_where_something_is_asked(
    ranking: list[tuple[str, float]], asks: bool, expected: str
) -> None:
    assert meaning_of_answer(ranking, LIMITS, nothing_else=False, asks=asks).label == expected
    assert meaning_of_answer(ranking, LIMITS, nothing_else=True, asks=asks).label == INFORM


def heard_as(text: str, question: str | None, *ranking: tuple[str, float], **beside: str) -> str:
    """The label of a message heard while `question` was open."""
    open_, heard = Open(question), Heard(text, ranking, **beside)
    return meaning_of(heard, read(text, open_, ranking, heard.payload), open_, LIMITS).label


@pytest.mark.parametrize(
    ("text", "question", "label"),
    [
        ("đồng ý, nhưng sao phải có tài khoản", "consent", "faq/why_account"),
        ("chua co, the mo can giay to gi", "has_account", "faq/documents"),
        ("agribank, co mat phi khong", "bank", "faq/fees"),
    ],
)
def test_a_question_beside_an_answer_is_served_though_the_answer_draws_the_classifier_off(
    text: str, question: str, label: str
) -> None:
    assert heard_as(text, question, ("affirm", 0.45), (label, 0.3)) == label


def test_what_is_named_for_correction_is_no_question_besides() -> None:
    choices = (Choice("Lý do tiền mặt", "correct=cash_reason"), Choice("Cách nhận", "correct=wants_account"))
    open_, ranking = Open("confirm", choices, frozenset({"wants_account", "cash_reason"})), [("faq/why_account", 0.95)]
    reading = read("ly do", open_, ranking)
    assert reading.value("correct") == "cash_reason"
    assert meaning_of(Heard("ly do", ranking), reading, open_, LIMITS).label == INFORM


def test_who_opens_the_talk_without_a_word_is_greeted() -> None:
    assert heard_as("…", "wants_account", ("out_of_scope", 0.4), ("greet", 0.1), media="follow") == "greet"


@pytest.mark.parametrize("text", ["/session_start", "\u2060/session_start", '/inform{"bank": "BIDV"}', "…", "!"])
def test_what_is_typed_for_a_machine_means_nothing(text: str) -> None:
    assert heard_as(text, "bank", ("restart", 0.9), ("resume", 0.05)) == OUT_OF_SCOPE


@pytest.mark.parametrize(("question", "label"), [(None, "start_survey"), ("bank", "start_survey")])
def test_going_on_is_no_wish_to_be_written_to_again(question: str | None, label: str) -> None:
    assert heard_as("khai tiep cho nguoi kia", question, ("resume", 0.9), ("start_survey", 0.05)) == label


def test_a_choice_is_certain() -> None:
    meaning = meaning_of_choice("faq/amount", [("faq/fees", 0.5), ("faq/amount", 0.4)])
    assert (meaning.label, meaning.ranking[0]) == ("faq/amount", ("faq/amount", 1.0))
