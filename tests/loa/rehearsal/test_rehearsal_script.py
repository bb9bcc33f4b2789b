"""What the player says next, as dialogue.md lays it down."""

from __future__ import annotations

import pytest

from loa.rehearsal.script import NO_ANSWER, Script


def said(script: Script, *asked: str | None) -> list[str | None]:
    return [script.next(question) for question in asked]


def test_one_string_is_said_again_when_the_question_comes_again() -> None:
    assert said(Script({"bank": ["vietcom"]}, {}), "bank", "bank", "bank") == ["vietcom"] * 3


def test_a_list_is_used_up_and_then_repeats_its_last() -> None:
    script = Script({"consent": ["de lam gi", "u duoc"]}, {})
    assert said(script, "consent", "consent", "consent") == ["de lam gi", "u duoc", "u duoc"]


def test_each_question_has_a_place_of_its_own_in_its_list() -> None:
    script = Script({"consent": ["a", "b"], "bank": ["c", "d"]}, {})
    assert said(script, "consent", "bank", "consent", "bank") == ["a", "c", "b", "d"]


def test_a_question_without_an_answer_is_not_known() -> None:
    assert Script({}, {}).next("opening") == NO_ANSWER == "khong biet"


def test_an_interrupt_is_said_once_and_the_answer_follows() -> None:
    script = Script({"bank": ["vietcom"]}, {"bank": "co mat phi khong"})
    assert script.next("bank") == "co mat phi khong"
    assert script.owes_an_answer
    assert script.next("bank") == "vietcom"
    assert not script.owes_an_answer
    assert script.next("bank") == "vietcom"


def test_after_an_interrupt_the_open_question_is_answered_whichever_it_is() -> None:
    script = Script({"bank": ["vietcom"], "opening": ["o nha"]}, {"bank": "thoi chua co dau"})
    assert said(script, "bank", "opening") == ["thoi chua co dau", "o nha"]


def test_after_an_interrupt_the_answer_is_said_even_where_nothing_is_asked() -> None:
    script = Script({"bank": ["vietcom"]}, {"bank": "gap can bo"})
    assert said(script, "bank", None) == ["gap can bo", "vietcom"]


def test_nothing_is_said_where_nothing_is_asked() -> None:
    script = Script({"bank": ["vietcom"]}, {})
    assert said(script, "bank", None) == ["vietcom", None]


def test_lines_left_in_a_list_are_said_though_nothing_is_asked() -> None:
    script = Script({"consent": ["dung nhan nua", "tiep tuc", "dong y"]}, {})
    assert script.next("consent") == "dung nhan nua"
    assert script.has_more
    assert said(script, None, "consent") == ["tiep tuc", "dong y"]
    assert not script.has_more


@pytest.mark.parametrize("aside", ["death", "did_you_mean", "correct"])
def test_an_aside_is_answered_by_its_key(aside: str) -> None:
    script = Script({aside: ["1"], "consent": ["dong y"]}, {})
    assert script.next("consent", aside) == "1"
    assert script.next("consent") == "dong y"


def test_an_aside_without_a_key_gets_the_open_questions_answer() -> None:
    assert Script({"consent": ["dong y"]}, {}).next("consent", "did_you_mean") == "dong y"


def test_an_aside_without_a_key_and_without_an_open_question_is_not_known() -> None:
    assert Script({"consent": ["dong y"]}, {}).next(None, "death") == NO_ANSWER
