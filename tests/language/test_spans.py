import unicodedata

import pytest

from language.spans import Folded, Found, without_overlaps, words_of

TEXTS = [
    "Bác có tk Vietcombank, số 0011 nhé",
    "CON GÁI BÀ ĐẶNG THỊ ÁNH",
    "hoà\nthuý\tmỹ",
    "",
    "👍 vâng ạ ✌️",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", TEXTS)
def test_words_point_into_the_text_as_it_was_given(text: str, form: str) -> None:
    given = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    for word in words_of(given):
        piece = unicodedata.normalize("NFC", given[word.start : word.end]).lower()
        assert piece == word.typed


@pytest.mark.parametrize("text", TEXTS)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    folded = Folded(text)
    assert len(folded.text) == len(text)
    for i, char in enumerate(text):
        if char in "bcghklmnpqstvxBCGHKLMNPQSTVX0123456789":
            assert folded.text[i] == char.lower()


def test_a_decomposed_text_is_searched_like_a_composed_one() -> None:
    text = unicodedata.normalize("NFD", "số của Hoà là 12")
    folded = Folded(text)
    at = folded.text.index("hoa")
    found = folded.found("x", at, at + 3)
    assert unicodedata.normalize("NFC", text[found.start : found.end]) == "Hoà"


def test_odd_spaces_and_full_width_letters_are_plain_ones() -> None:
    assert Folded("０９１\u00a02\u200b3 ＶＣＢ").text == "091 2 3 vcb"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("khoong", "không"), ("dduowcj", "được"), ("kho6ng", "không"), ("bidv", "bidv"), ("t7", "t7")],
)
def test_words_typed_with_the_vietnamese_keyboard_off_are_repaired(typed: str, read: str) -> None:
    (word,) = words_of(typed)
    assert (word.typed, word.start, word.end) == (read, 0, len(typed))


def test_of_two_overlapping_findings_the_longer_stays() -> None:
    long, short, other = Found("a", 2, 9), Found("b", 5, 8), Found("c", 9, 12)
    assert without_overlaps([short, other, long]) == [long, other]
