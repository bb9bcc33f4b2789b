"""Amounts as payment lists write them out."""

from __future__ import annotations

import pytest

from roster.exports.amount_in_words import amount_in_words


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (101, "Một trăm linh một đồng"),
        (110, "Một trăm mười đồng"),
        (500_000, "Năm trăm nghìn đồng"),
        (750_000, "Bảy trăm năm mươi nghìn đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_624_000, "Một triệu sáu trăm hai mươi tư nghìn đồng"),
        (2_055_000, "Hai triệu không trăm năm mươi lăm nghìn đồng"),
        (10_005_000, "Mười triệu không trăm linh năm nghìn đồng"),
        (1_000_000_001, "Một tỷ không trăm linh một đồng"),
        (
            14_141_404_115,
            "Mười bốn tỷ một trăm bốn mươi mốt triệu bốn trăm linh bốn nghìn một trăm mười lăm đồng",
        ),
    ],
)
def test_amounts_are_read_as_people_say_them(dong: int, words: str) -> None:
    assert amount_in_words(dong) == words


def test_there_are_no_negative_amounts() -> None:
    with pytest.raises(ValueError, match="negative"):
        amount_in_words(-1)
