"""What a message means, all things considered."""

import pytest

from bot.components.meaning import (
    INFORM,
    OUT_OF_SCOPE,
    Thresholds,
    meaning_of_answer,
    meaning_of_choice,
    meaning_of_words,
)

LIMITS = Thresholds(sure=0.55, margin=0.25, near=0.15, beside=0.6)


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


def test_a_choice_is_certain() -> None:
    meaning = meaning_of_choice("faq/amount", [("faq/fees", 0.5), ("faq/amount", 0.4)])
    assert (meaning.label, meaning.ranking[0]) == ("faq/amount", ("faq/amount", 1.0))
