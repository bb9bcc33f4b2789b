"""Wishes about the talk itself: heard, and never taken for an answer."""

from __future__ import annotations

import pytest

from language.answering.reader import read
from language.answering.reading import Choice, Open
from language.answering.wishes import (
    asks_to_begin_again,
    asks_to_repeat,
    erases_what_was_said,
    goes_on,
    takes_up_another,
)

QUESTIONS = (
    "consent", "reference", "respondent", "relation", "wants_account", "has_account", "bank", "account_number",
    "holder_name", "holder_relation", "opening", "visit_time", "cash_reason", "contact_phone", "confirm",
)  # fmt: skip

REPEATS = [
    "nhac lai cau hoi di", "nhắc lại đi", "nhac lai", "noi lai di chau", "hoi lai di", "nhắc lại giúp tôi với",
    "doc lai cau hoi cham hon duoc khong", "gửi lại tin", "Gửi lại câu hỏi cho tôi", "xin hoi lai cho ro", "?", "??!",
]  # fmt: skip
NO_REPEATS = ["nói lại, tại đi lại khó", "gui lai so tai khoan 0011004123456", "phai hoi lai con da", "để tôi hỏi lại"]

AGAIN = [
    "cho tôi làm lại từ đầu", "cho toi lam lai", "toi muon khai lai tu dau", "khai lai", "lam lai tu dau di chau",
    "hỏi lại từ câu đầu đi", "làm lại hết đi",
]  # fmt: skip
NOT_AGAIN = ["lam lai the", "làm lại căn cước", "khai lai so tai khoan", "tu dau toi da noi roi", "toi lam lai the roi"]

ANOTHER = [
    "khai tiep cho nguoi kia", "khai tiếp cho mẹ nữa", "cho mẹ nữa", "khai giup bo toi nua", "khai thêm cho bố",
    "lam cho nguoi con lai", "chuyển sang người thứ hai", "khai nốt cho bà", "khai tiep cho ba ngoai toi",
]  # fmt: skip
THE_SAME = [
    "toi khai ho me toi", "khai giup nguoi khac", "khai ho chau", "nho nguoi khac nhan tien ho", "con chau nua",
    "dang ky luon cho ong nha toi", "lam the cho me toi",
]  # fmt: skip


@pytest.mark.parametrize("text", [*REPEATS, *AGAIN, *ANOTHER, "khai tiep", "lam tiep di"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_wish_about_the_talk_answers_nothing(question: str, text: str) -> None:
    assert read(text, Open(question)).answers == []


@pytest.mark.parametrize(("texts", "repeats"), [(REPEATS, True), (NO_REPEATS, False), (AGAIN, False)])
def test_to_hear_the_question_again(texts: list[str], repeats: bool) -> None:
    assert [text for text in texts if asks_to_repeat(text) is not repeats] == []


@pytest.mark.parametrize(("texts", "again"), [(AGAIN, True), (NOT_AGAIN, False), (REPEATS, False)])
def test_to_begin_again(texts: list[str], again: bool) -> None:
    assert [text for text in texts if asks_to_begin_again(text) is not again] == []


@pytest.mark.parametrize(
    ("text", "erases"),
    [("xoá hết làm lại từ đầu", True), ("xoa het di khai lai", True), ("huỷ hết, làm lại từ đầu", True),
     ("lam lai tu dau", False), ("xoa so toi di", False)],
)  # fmt: skip
def test_that_all_is_to_be_dropped_is_said_in_so_many_words(text: str, erases: bool) -> None:
    assert erases_what_was_said(text) is erases


@pytest.mark.parametrize(
    ("texts", "another"), [(ANOTHER, True), (THE_SAME, False), (["khai tiep", "lam tiep di"], False)]
)
def test_to_go_on_with_another_person(texts: list[str], another: bool) -> None:
    assert [text for text in texts if takes_up_another(text) is not another] == []


@pytest.mark.parametrize("text", ["khai tiep", "khai tiếp đi cháu", "lam tiep nhe em", "tiep tuc khai", *ANOTHER])
def test_going_on_starts_the_survey_whatever_the_classifier_says(text: str) -> None:
    assert goes_on(text)
    assert read(text, Open(), [("resume", 0.9)]).intent == "start_survey"


def test_who_the_next_person_is_to_the_writer_is_kept() -> None:
    reading = read("khai tiếp cho mẹ tôi nữa", Open())
    assert (reading.value("respondent"), reading.value("relation")) == ("relative", "child")


def test_an_answer_comes_before_the_wish_for_the_next_person() -> None:
    reading = read("đúng rồi, khai tiếp cho mẹ nữa", Open("confirm"))
    assert (reading.value("confirm"), reading.intent) == ("yes", None)


RESTART = (Choice("Có, khai lại từ đầu", "restart=yes"), Choice("Không, khai tiếp", "restart=no"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", "yes"), ("có", "yes"), ("ừ chắc rồi", "yes"), ("làm lại từ đầu", "yes"), ("co, khai lai di", "yes"),
        ("2", "no"), ("khong", "no"), ("thôi khỏi", "no"), ("khai tiep", "no"), ("Không, khai tiếp", "no"),
        ("vietcombank", None), ("co mat phi khong", None),
    ],
)  # fmt: skip
def test_whether_to_begin_again_is_settled_before_the_open_question(text: str, value: str | None) -> None:
    assert read(text, Open("has_account", RESTART)).value("restart") == value


@pytest.mark.parametrize(
    "text", ["alo ai goi do", "ai đấy", "ai nhắn đấy", "cho hỏi ai đấy ạ", "alo ai day", "may la ai", "số này là ai"]
)
def test_who_asks_who_is_there_is_told_what_this_is(text: str) -> None:
    for question in (None, "consent", "respondent"):
        reading = read(text, Open(question), [("talk_to_officer", 0.9)])
        assert (reading.answers, reading.intent) == ([], "faq/what_is_this")


@pytest.mark.parametrize(
    "text",
    [
        "ai được hưởng",
        "không có ai",
        "tôi không quen ai",
        "nhờ ai nhận hộ được",
        "ai cũng được",
        "e là AI à",
        "hỏi ai",
        "tôi chứ ai",
    ],
)
def test_other_whos_are_the_classifiers(text: str) -> None:
    assert read(text, Open("consent"), [("faq/who_is_eligible", 0.9)]).intent is None
