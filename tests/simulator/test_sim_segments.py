"""Segments by 3GPP TS 23.038 and 23.040, counted by hand."""

import unicodedata

import pytest

from simulator.segments import Encoding, segment


@pytest.mark.parametrize(
    ("text", "count", "encoding"),
    [
        ("", 1, Encoding.GSM7),
        ("a" * 160, 1, Encoding.GSM7),
        ("a" * 161, 2, Encoding.GSM7),
        ("a" * 306, 2, Encoding.GSM7),
        ("a" * 307, 3, Encoding.GSM7),
        ("é" * 160, 1, Encoding.GSM7),
        ("€" * 80, 1, Encoding.GSM7),
        ("€" * 81, 2, Encoding.GSM7),
        ("€" * 153, 3, Encoding.GSM7),  # 76 pairs fit a part of 153: one septet stays empty
        ("ạ" * 70, 1, Encoding.UCS2),
        ("ạ" * 71, 2, Encoding.UCS2),
        ("ạ" * 134, 2, Encoding.UCS2),
        ("ạ" * 135, 3, Encoding.UCS2),
        ("🙂" * 35, 1, Encoding.UCS2),
        ("🙂" * 67, 3, Encoding.UCS2),  # 33 pairs fit a part of 67
        ("Kinh moi Ong/Ba", 1, Encoding.GSM7),
        ("Kính mời Ông/Bà", 1, Encoding.UCS2),
    ],
)
def test_segments(text: str, count: int, encoding: Encoding) -> None:
    assert (segment(text).count, segment(text).encoding) == (count, encoding)


def test_decomposed_text_costs_more() -> None:
    composed, decomposed = "ế" * 70, unicodedata.normalize("NFD", "ế" * 70)
    assert (segment(composed).count, segment(decomposed).count) == (1, 4)
