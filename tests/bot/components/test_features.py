"""What the classifier sees of a message."""

import pytest

from bot.components.features import REACH, blocks_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Có mất phí không ạ?", "co mat phi khong a ?"),
        ("KHÔNG", "khong"),
        ("tôi chưa có tài khoản", "toi chua co tai khoan"),
        ("kho6ng", "không"),
    ],
)
def test_spellings_of_one_thing_look_alike(one: str, other: str) -> None:
    assert blocks_of(one) == blocks_of(other)


def test_neighbours_include_the_ends() -> None:
    words, _, _ = blocks_of("chưa có")
    assert words == ["chua", "co", "^ chua", "chua co", "co $"]


def test_pieces_stay_within_words() -> None:
    _, pieces, _ = blocks_of("bà ơi")
    assert "ba" in pieces
    assert not [piece for piece in pieces if " " in piece.strip()]


def test_pairs_know_no_order_and_end_at_their_reach() -> None:
    forwards, backwards = blocks_of("rút tiền ở đâu")[2], blocks_of("ở đâu rút tiền")[2]
    assert forwards == backwards
    words = ["ban", "con", "dam", "gan", "hang", "lan", "mon", "nam", "quan", "tan"][: REACH + 2]
    pairs = blocks_of(" ".join(words))[2]
    assert f"{words[0]}&{words[REACH]}" in pairs
    assert f"{words[0]}&{words[REACH + 1]}" not in pairs


@pytest.mark.parametrize("text", ["", "…", " \n"])
def test_a_message_without_words_has_nothing_but_its_ends(text: str) -> None:
    assert blocks_of(text) == (["^ $"], [], [])
