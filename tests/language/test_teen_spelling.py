import pytest

from language.teen_spelling import plain_spelling


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("fải", "phải"),
        ("fuong", "phuong"),
        ("kó", "có"),
        ("kon", "con"),
        ("kủa", "của"),
        ("đúg", "đúng"),
        ("trog", "trong"),
        ("zui", "dui"),
        ("wên", "quên"),
        ("jờ", "giờ"),
        ("gjờ", "giờ"),
        ("bjết", "biết"),
    ],
)
def test_swapped_letters(typed: str, plain: str) -> None:
    assert plain_spelling(typed) == plain


@pytest.mark.parametrize(
    "word", ["không", "", "ka", "khong", "zalo", "bank", "web", "kg", "otp", "kê", "agribank", "file", "ok"]
)
def test_other_words_stay(word: str) -> None:
    assert plain_spelling(word) == word
