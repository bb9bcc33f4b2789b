"""Cutting a message into tokens, with their places in the original text.

A token is a link, a number with what is attached to it ("500.000đ", "8h30", "0911-222-333"), a word
("H'Mông", "kho6ng"; never across punctuation, so "có,không" is three tokens), an emoji, or one other
sign. White space is none.
"""

import re
from typing import NamedTuple

_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_TAIL = r"[^\W_][\u0300-\u036f]*"
_LINK = r"(?:https?://|www\.)\S+"
_NUMBER = rf"\+?\d+(?:[.,:/\-]\d+)*(?:{_TAIL})*"
_NAME_OR_WORD = rf"{_LETTER}(?:['’]?{_TAIL})*"
_EMOJI_START = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23f3\u2b1b\u2b1c]"
_EMOJI = rf"{_EMOJI_START}(?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d{_EMOJI_START})*"
_SIGN = r"\S[\u0300-\u036f\ufe0f]*"

TOKEN_PATTERN = re.compile("|".join((_LINK, _NUMBER, _NAME_OR_WORD, _EMOJI, _SIGN)))
WORD_PATTERN = re.compile("|".join((_LINK, _NUMBER, _NAME_OR_WORD)))


class Token(NamedTuple):
    """A piece of a text: `text == original[start:end]`, offsets in code points of the original."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Cut `text` (in any Unicode form, taken as it is so that offsets hold) into tokens in order."""
    return [Token(match.group(), match.start(), match.end()) for match in TOKEN_PATTERN.finditer(text)]
