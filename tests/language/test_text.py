import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.text import collapse_spaces, fold, fold_name, has_marks, nfc, shows_marks, strip_marks

ACCENTED = "Đặng Thị Thuý, số 5 phố Bưởi"


def test_decomposed_text_is_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", ACCENTED)) == ACCENTED


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_marks_come_off_in_every_unicode_form_and_case_stays(form: str) -> None:
    typed = unicodedata.normalize(form, "Đường ĐÔNG Các ỷ ưỡn")  # type: ignore[arg-type]
    assert strip_marks(typed) == "Duong DONG Cac y uon"


def test_all_134_vietnamese_letters_lose_their_marks() -> None:
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = [nfc(vowel + tone) for vowel in vowels for tone in tones] + ["đ"]
    both_cases = letters + [letter.upper() for letter in letters]
    assert sum(not letter.isascii() for letter in both_cases) == 134
    assert all(strip_marks(letter).isascii() for letter in both_cases)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Bà   HOÀ,\n số 5 ", "ba hoa, so 5"),
        ("Đ/c:\u00a0Phường\tLáng", "d/c: phuong lang"),
        ("", ""),
        ("😀 Được!", "😀 duoc!"),
    ],
)
def test_fold_keeps_punctuation_and_collapses_space(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("NGUYỄN THỊ HOA (2)", "nguyen thi hoa"),
        ("H'Hen  Niê", "h hen nie"),
        ("N.T.Hoa", "n t hoa"),
        ("0912-333", ""),
    ],
)
def test_names_are_only_letters_and_spaces(typed: str, folded: str) -> None:
    assert fold_name(typed) == folded


@pytest.mark.parametrize("typed", ["đi", "ĐI", "tôi", "to\u0302i", "không", "mũ", "cỏ", "ạ", "ơ"])
def test_a_person_who_writes_with_marks(typed: str) -> None:
    assert has_marks(typed)


@pytest.mark.parametrize("typed", ["", "khong", "500k!", "😀", "naïve", "…"])
def test_a_person_who_writes_without_marks(typed: str) -> None:
    assert not has_marks(typed)


def test_every_white_space_collapses() -> None:
    assert collapse_spaces(" a\u00a0\u2003b\r\n c ") == "a b c"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Dạ", True), ("tôi có rồi", True), ("đc", True), ("khong can dau", False), ("co roi", False),
        ("Nguyen Van An", False), ("BIDV", None), ("MB bank", None), ("0912 345 678", None), ("co", None), ("1", None),
        ("", None), ("a b", None),
    ],
)  # fmt: skip
def test_what_shows_whether_somebody_types_marks(typed: str, shown: bool | None) -> None:
    assert shows_marks(typed) is shown
