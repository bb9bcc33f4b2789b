import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.sms import Encoding, domestic_segments, fits, is_gsm7, segments, split_sentences


@pytest.mark.parametrize(
    ("text", "encoding", "units", "count"),
    [
        ("", Encoding.GSM7, 0, 0),
        ("a" * 160, Encoding.GSM7, 160, 1),
        ("a" * 161, Encoding.GSM7, 161, 2),
        ("a" * 306, Encoding.GSM7, 306, 2),
        ("a" * 307, Encoding.GSM7, 307, 3),
        ("€" * 80, Encoding.GSM7, 160, 1),
        ("{" * 81, Encoding.GSM7, 162, 2),
        ("à è é ì ò ù É", Encoding.GSM7, 13, 1),
        ("ế" * 70, Encoding.UCS2, 70, 1),
        ("ế" * 71, Encoding.UCS2, 71, 2),
        ("ế" * 134, Encoding.UCS2, 134, 2),
        ("ế" * 135, Encoding.UCS2, 135, 3),
        ("😀" * 35, Encoding.UCS2, 70, 1),
        ("😀" * 36, Encoding.UCS2, 72, 2),
    ],
)
def test_segments(text: str, encoding: Encoding, units: int, count: int) -> None:
    assert segments(text) == (encoding, units, count)


def test_an_escape_pair_is_not_cut_between_two_messages() -> None:
    # 152 letters leave one septet free, which "€" cannot use: it begins the second part, and 153 fill it.
    assert segments("a" * 152 + "€" + "a" * 151).segments == 2
    assert segments("a" * 152 + "€" + "a" * 152).segments == 3


def test_a_surrogate_pair_is_not_cut_between_two_messages() -> None:
    assert segments("ế" * 66 + "😀" + "ế" * 65).segments == 2
    assert segments("ế" * 66 + "😀" + "ế" * 66).segments == 3


def test_decomposed_text_costs_no_more() -> None:
    text = "Được ạ, cảm ơn cán bộ phường"
    assert segments(unicodedata.normalize("NFD", text)) == segments(text)


def test_of_the_134_accented_letters_seven_are_in_the_gsm_alphabet() -> None:
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = [unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones] + ["đ"]
    accented = [letter for both in letters for letter in (both, both.upper()) if not letter.isascii()]
    assert sorted(letter for letter in accented if is_gsm7(letter)) == sorted("àèéìòùÉ")


@pytest.mark.parametrize(("length", "room", "expected"), [(160, 1, True), (161, 1, False), (306, 2, True)])
def test_fits(length: int, room: int, expected: bool) -> None:
    assert fits("a" * length, room) is expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
        ("à" * 70, 1),
        ("à" * 71, 2),
        ("ế" * 201, 3),
    ],
)
def test_domestic_gateways_count_every_accented_letter(text: str, count: int) -> None:
    assert domestic_segments(text) == count


LETTER = (
    "Kính gửi bác. Phường mời bác đến nhà văn hóa! Bác có cần cán bộ giúp không? Phí là 3.500 đồng. "
    "Trân trọng cảm ơn bác."
)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (200, [LETTER]),
        (
            80,
            [
                "Kính gửi bác. Phường mời bác đến nhà văn hóa! Bác có cần cán bộ giúp không?",
                "Phí là 3.500 đồng. Trân trọng cảm ơn bác.",
            ],
        ),
        (
            33,
            [
                "Kính gửi bác.",
                "Phường mời bác đến nhà văn hóa!",
                "Bác có cần cán bộ giúp không?",
                "Phí là 3.500 đồng.",
                "Trân trọng cảm ơn bác.",
            ],
        ),
    ],
)
def test_long_texts_are_cut_at_sentence_ends(limit: int, expected: list[str]) -> None:
    assert split_sentences(LETTER, limit) == expected


def test_numbered_choices_and_initials_are_not_cut_from_their_words() -> None:
    choices = "Bác chọn giúp cháu. 1. Có tài khoản rồi 2. Chưa có"
    assert split_sentences(choices, 40) == ["Bác chọn giúp cháu.", "1. Có tài khoản rồi 2. Chưa có"]
    assert split_sentences("Gửi bác. Ở TP. Hà Nội", 14) == ["Gửi bác.", "Ở TP. Hà Nội"]


def test_a_sentence_too_long_is_cut_between_words() -> None:
    assert split_sentences("mời bác đến nhà văn hóa", 12) == ["mời bác đến", "nhà văn hóa"]


def test_a_word_too_long_is_cut_between_letters_as_a_reader_sees_them() -> None:
    assert split_sentences("aaaa👩\u200d👧🇻🇳🇻🇳b", 8) == ["aaaa", "👩\u200d👧", "🇻🇳🇻🇳", "b"]
    assert split_sentences("x\u0331\u0330y\u0331", 3) == ["x\u0331\u0330", "y\u0331"]


def test_nothing_comes_of_nothing() -> None:
    assert split_sentences(" \n ", 10) == []


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="limit_chars"):
        split_sentences("a", 0)


@given(st.text(alphabet="aế .!?\n😀€", max_size=120), st.integers(min_value=2, max_value=30))
def test_pieces_keep_to_the_limit_and_lose_only_white_space(text: str, limit: int) -> None:
    pieces = split_sentences(text, limit)
    assert all(len(piece.encode("utf-16-le")) // 2 <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
