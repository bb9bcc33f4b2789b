"""Who it is after all, what is told ahead of its question, and words that only sound like an answer."""

from __future__ import annotations

import pytest

from language.answering.intents import says_again
from language.answering.numbers import THIS_PHONE
from language.answering.reader import read
from language.answering.reading import Open

SELF = (("i_am_beneficiary", 0.99), ("deny", 0.01))
RELATIVE = (("i_am_relative", 0.99), ("correct", 0.01))
TAKEN_FOR_A_RELATIVE = Open("relation", answered=frozenset({"consent", "reference", "respondent"}))
TAKEN_FOR_THE_BENEFICIARY = Open("has_account", answered=frozenset({"consent", "respondent", "wants_account"}))


@pytest.mark.parametrize("text", ["bà là bà chứ ai", "tui là bà đây chớ ai", "tôi là người hưởng mà"])
def test_one_who_was_taken_for_a_relative_may_say_so(text: str) -> None:
    assert read(text, TAKEN_FOR_A_RELATIVE, SELF).value("respondent") == "self"


@pytest.mark.parametrize("text", ["à quên em là con gái, em khai hộ mẹ", "em là con gái khai hộ mẹ nhé"])
def test_one_who_was_taken_for_the_beneficiary_may_say_so(text: str) -> None:
    reading = read(text, TAKEN_FOR_THE_BENEFICIARY, RELATIVE)
    assert (reading.value("respondent"), reading.value("relation")) == ("relative", "child")


@pytest.mark.parametrize("question", ["holder_name", "holder_relation", "account_number"])
def test_whose_account_it_is_tells_nothing_of_who_writes(question: str) -> None:
    open_ = Open(question, answered=frozenset({"consent", "respondent", "wants_account", "has_account"}))
    assert read("con gái tôi đứng tên", open_, RELATIVE).value("respondent") is None


@pytest.mark.parametrize(
    "text", ["bà đây cháu ơi, ai nhắn cho bà đấy", "ai gửi cho ông cái này", "chỗ nào nhắn cho bác thế"]
)
def test_to_ask_who_wrote_is_not_to_write_for_another(text: str) -> None:
    assert read(text, Open(None)).value("respondent") is None


def test_where_and_when_are_taken_before_they_are_asked() -> None:
    open_ = Open("reference", answered=frozenset({"consent", "respondent", "wants_account", "has_account"}))
    reading = read("tổ công tác đến nhà đi ạ, chiều t7 này bà ở nhà", open_)
    assert (reading.value("opening"), reading.value("visit_time")) == ("home", "chiều thứ Bảy")


@pytest.mark.parametrize(
    "text", ["con tôi dặn không được trả lời ai", "công an bảo đừng có đồng ý gì", "tivi nhắc không được khai"]
)
def test_what_others_forbade_refuses_nothing(text: str) -> None:
    assert read(text, Open("consent")).value("consent") is None


@pytest.mark.parametrize("text", ["tôi đây không đồng ý", "không, con tôi bảo đừng có trả lời"])
def test_a_refusal_of_ones_own_is_heard(text: str) -> None:
    assert read(text, Open("consent")).value("consent") == "no"


@pytest.mark.parametrize(
    "text", ["dùng số này luôn", "số đang nhắn đây này", "so zalo nay", "gọi máy tôi đang dùng đây"]
)
def test_this_phone(text: str) -> None:
    assert read(text, Open("contact_phone")).value("contact_phone") == THIS_PHONE


@pytest.mark.parametrize("text", ["chữ bé quá", "màn hình bé quá bác không thấy", "số bé quá"])
def test_small_print_is_no_child(text: str) -> None:
    assert read(text, Open("consent", year=2026)).value("minor_or_ward") is None


@pytest.mark.parametrize("text", ["chưa làm tài khoản bao giờ cả", "tôi chưa mở thẻ bao giờ", "tui nỏ có tài khoản mô"])
def test_never_is_no_question(text: str) -> None:
    assert read(text, Open("has_account", answered=frozenset({"consent"}))).value("has_account") == "none"


def test_what_is_told_twice_is_known() -> None:
    known = {"respondent": "relative", "wants_account": "yes", "has_account": "own"}
    assert says_again("i_am_relative", known)
    assert says_again("have_account", known)
    assert not says_again("i_am_beneficiary", known)
    assert not says_again("want_cash", known)
    assert not says_again("out_of_scope", known)
