"""The shapes Rasa wants a classification in."""

from bot.components.intent_shape import (
    RANKED,
    intent_of,
    ranking_from,
    ranking_of,
    response_selector_of,
    with_first,
)

RANKING = [("faq/fees", 0.7), ("want_cash", 0.2), ("faq/amount", 0.1)]


def test_a_question_has_its_head_as_intent_and_keeps_its_full_name() -> None:
    assert intent_of("faq/fees", 0.7) == {
        "name": "faq",
        "confidence": 0.7,
        "full_retrieval_intent_name": "faq/fees",
    }


def test_any_other_label_is_the_intent() -> None:
    assert intent_of("want_cash", 0.9) == {"name": "want_cash", "confidence": 0.9}


def test_the_selector_names_the_likeliest_question_of_each_head() -> None:
    selector = response_selector_of([("want_cash", 0.6), ("faq/amount", 0.3), ("faq/fees", 0.1)])
    assert selector["all_retrieval_intents"] == ["faq"]
    assert selector["faq"]["response"]["intent_response_key"] == "faq/amount"
    assert selector["faq"]["response"]["utter_action"] == "utter_faq/amount"
    assert [one["intent_response_key"] for one in selector["faq"]["ranking"]] == ["faq/amount", "faq/fees"]


def test_without_questions_there_is_no_selection() -> None:
    assert response_selector_of([("greet", 1.0)]) == {"all_retrieval_intents": []}


def test_the_ranking_keeps_full_labels_and_only_the_first_few() -> None:
    long = [(f"label_{i}", 1.0 - i / 100) for i in range(60)]
    assert ranking_from(ranking_of(long)) == long[:RANKED]


def test_a_chosen_label_comes_first_once() -> None:
    assert with_first("want_cash", RANKING) == [("want_cash", 1.0), ("faq/fees", 0.7), ("faq/amount", 0.1)]
    assert with_first("greet", RANKING)[0] == ("greet", 1.0)
