import pytest

from language.marks import could_be, is_marked_as


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("dung", "dừng"),
        ("dung", "đúng"),
        ("Dưng", "dừng"),
        ("dừng", "dừng"),
        ("DỪNG", "dừng"),
        ("đung", "đúng"),
        ("hoà", "hòa"),
        ("nửa", "nữa"),
        ("cũ", "củ"),
        ("toi", "tối"),
        ("tôi", "tối"),
        ("bidv", "bidv"),
    ],
)
def test_marks_may_be_left_out(typed: str, word: str) -> None:
    assert could_be(typed, word)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("dừng", "đúng"),
        ("đúng", "dừng"),
        ("đung", "dừng"),
        ("tới", "tối"),
        ("bà", "ba"),
        ("gà", "gái"),
        ("mới", "mối"),
        ("dùng", "dừng"),
        ("dungs", "dung"),
    ],
)
def test_marks_may_not_contradict(typed: str, word: str) -> None:
    assert not could_be(typed, word)


@pytest.mark.parametrize(("typed", "sure"), [("tối", True), ("tói", False), ("toi", False), ("Tối", True)])
def test_only_all_marks_make_a_word_certain(typed: str, sure: bool) -> None:
    assert is_marked_as(typed, "tối") is sure
