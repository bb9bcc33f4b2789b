import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.tokens import tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("có,không", ["có", ",", "không"]),
        ("vâng.Dạ", ["vâng", ".", "Dạ"]),
        ("anh/chị", ["anh", "/", "chị"]),
        ("500.000đ", ["500.000đ"]),
        ("8h30 ngày 15/12/2026", ["8h30", "ngày", "15/12/2026"]),
        ("0911-222-333.", ["0911-222-333", "."]),
        ("+84911222333", ["+84911222333"]),
        ("50%", ["50", "%"]),
        ("ok😀👍🏻!", ["ok", "😀", "👍🏻", "!"]),
        ("👩\u200d👧 ❤️", ["👩\u200d👧", "❤️"]),
        ("xã Cư M'gar", ["xã", "Cư", "M'gar"]),
        ("http://a.b/c?d=1 đi", ["http://a.b/c?d=1", "đi"]),
        ("kho6ng", ["kho6ng"]),
        (" \n", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_decomposed_word_is_one_token() -> None:
    typed = unicodedata.normalize("NFD", "được,việc")
    assert [unicodedata.normalize("NFC", piece) for piece in texts(typed)] == ["được", ",", "việc"]


@given(st.text())
def test_offsets_point_at_the_text_and_only_space_is_left_out(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    covered = "".join(token.text for token in found)
    assert covered.split() == "".join(text.split()).split()
