import unicodedata

import pytest

from language.syllables import parse
from language.tone_marks import canonical_tones, canonical_word, spell


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("xoá", "xóa"),
        ("HOÀ", "HÒA"),
        ("Thuỷ", "Thủy"),
        ("tòan", "toàn"),
        ("qúy", "quý"),
        ("gìa", "già"),
        ("cuả", "của"),
        ("đựơc", "được"),
        ("ngừơi", "người"),
        ("khủyu", "khuỷu"),
        ("gíêng", "giếng"),
    ],
)
def test_a_misplaced_tone_moves(typed: str, canonical: str) -> None:
    assert canonical_word(typed) == canonical


@pytest.mark.parametrize(
    "word",
    [
        *("hoàn", "quý", "quỳnh", "toàn", "giờ", "thuở", "khuỷu", "khuỵu", "già", "gì", "nghĩa"),
        *("múa", "ngoằn", "ngoèo", "hươu", "rượu", "thuyền", "khuya", "luyến", "ngoái", "xoáy", "quạ"),
        *("chuyện", "tiếng", "yếu", "uống", "ướt", "boóng", "ruột", "lúa", "mía", "Đỗ", "VŨ"),
        *("hòe"),
    ],
)
def test_a_well_placed_tone_stays(word: str) -> None:
    assert canonical_word(word) == word


@pytest.mark.parametrize("word", ["café", "voilà", "ruợu", "x", "", "Zürich", "àá"])
def test_other_words_are_left_alone(word: str) -> None:
    assert canonical_word(word) == word


def test_a_text_keeps_all_but_its_tones() -> None:
    typed = unicodedata.normalize("NFD", "Bà HOÀ – số 5, phố Thuỵ Khuê; khoẻ!")
    assert canonical_tones(typed) == "Bà HÒA – số 5, phố Thụy Khuê; khỏe!"


@pytest.mark.parametrize("word", ["khỏe", "quyết", "giữa", "nghiệm", "ương"])
def test_spelling_gives_back_the_parsed_word(word: str) -> None:
    syllable = parse(word)
    assert syllable is not None
    assert spell(syllable) == word
