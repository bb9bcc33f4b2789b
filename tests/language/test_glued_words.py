"""Words written together are read as the words they are; names of banks and applications stay whole."""

import pytest

from language.glued_words import taken_apart
from language.reading_form import reading_form


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("chogapcanbo", "cho gap can bo"),
        ("taikhoan", "tai khoan"),
        ("nganhang", "ngan hang"),
        ("chuacotaikhoan", "chua co tai khoan"),
        ("tienmat", "tien mat"),
        ("nguoinha", "nguoi nha"),
    ],
)
def test_glued_words_are_taken_apart(glued: str, apart: str) -> None:
    assert taken_apart(glued) == apart


@pytest.mark.parametrize(
    "word",
    ["vietcombank", "techcombank", "momo", "vneid", "khong", "nghieng", "otp", "xyzabc", "0912345678", "sacombank"],
)
def test_what_is_no_glued_word_stays(word: str) -> None:
    assert taken_apart(word) == word


def test_the_classifier_sees_the_same_with_and_without_spaces() -> None:
    assert reading_form("Chưacó tàikhoản") == reading_form("chưa có tài khoản") == "chua co tai khoan"
