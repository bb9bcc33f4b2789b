"""What an SMS costs: encoding, units, segments; and cutting a long text into messages.

GSM 03.38: 160 septets in one message, 153 in each of several; UCS-2: 70 and 67 UTF-16 units. The domestic
gateways count by their own rule (providers.md): without diacritics 160/306/459 characters, with any 70,
then 67 each. Text is counted in NFC, for decomposed letters would double the bill.
"""

import re
from enum import Enum
from typing import NamedTuple

from language.text import nfc

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("^{}\\[~]|€\f")  # sent as escape + letter: two septets


class Encoding(str, Enum):
    """How a text travels over the air."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


class SegmentCount(NamedTuple):
    """`units` are septets (GSM7) or UTF-16 units (UCS2); `segments` are the messages billed, 0 for ""."""

    encoding: Encoding
    units: int
    segments: int


_SINGLE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
_PART = {Encoding.GSM7: 153, Encoding.UCS2: 67}


def is_gsm7(text: str) -> bool:
    """Whether every character of `text`, taken as it is, has a place in the GSM 7-bit alphabet."""
    return all(c in _GSM_BASIC or c in _GSM_EXTENDED for c in text)


def _utf16_units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def _weights(text: str, encoding: Encoding) -> list[int]:
    if encoding is Encoding.GSM7:
        return [2 if c in _GSM_EXTENDED else 1 for c in text]
    return [_utf16_units(c) for c in text]


def _parts(weights: list[int], room: int) -> int:
    """How many parts of `room` units are filled, where no character is cut in two."""
    parts, used = 1, 0
    for weight in weights:
        if used + weight > room:
            parts, used = parts + 1, 0
        used += weight
    return parts


def segments(text: str) -> SegmentCount:
    """Count a text as an international gateway does; an escape pair or a surrogate pair is never cut."""
    composed = nfc(text)
    encoding = Encoding.GSM7 if is_gsm7(composed) else Encoding.UCS2
    weights = _weights(composed, encoding)
    units = sum(weights)
    if units <= _SINGLE[encoding]:
        return SegmentCount(encoding, units, min(units, 1))
    return SegmentCount(encoding, units, _parts(weights, _PART[encoding]))


def fits(text: str, max_segments: int) -> bool:
    """Whether `text` goes out in at most `max_segments` messages."""
    return segments(text).segments <= max_segments


def international_segments(text: str) -> int:
    """Messages billed by an international gateway (Twilio)."""
    return segments(text).segments


def domestic_segments(text: str) -> int:
    """Messages billed by a domestic brandname gateway (eSMS, SpeedSMS).

    Anything beyond ASCII counts as "with diacritics" there, also à è é ì ò ù, which GSM-7 has.
    """
    composed = nfc(text)
    plain = composed.isascii() and is_gsm7(composed)
    encoding = Encoding.GSM7 if plain else Encoding.UCS2
    units = _utf16_units(composed)
    if units <= _SINGLE[encoding]:
        return min(units, 1)
    return -(-units // _PART[encoding])


# A full stop after a number or an initial ("1. Có", "TP. Hà Nội", "bác C. ơi") ends no sentence.
_STOP = r"(?:(?<!\b\d)(?<!\b\d\d)(?<!\bTP)(?<!\b[A-ZĐ])\.|[!?…])"
_SENTENCE = re.compile(rf".*?(?:{_STOP}+[\"”’)]*(?=\s|$)|\n|$)\s*", re.DOTALL)
_CHUNK = re.compile(r"\S+\s*|\s+")
# A letter as a reader sees it: with its marks, variation selectors, skin tones and joined emoji.
_MARK = "[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_GRAPHEME = re.compile(rf"(?:{_FLAG}|\r\n|.){_MARK}*(?:\u200d.{_MARK}*)*", re.DOTALL)


def _fits_in(text: str, limit: int) -> bool:
    return _utf16_units(text.rstrip()) <= limit


def _packed(pieces: list[str], limit: int) -> list[str]:
    """Join neighbouring pieces for as long as they fit in `limit`."""
    packed: list[str] = []
    for piece in pieces:
        if packed and _fits_in(packed[-1] + piece, limit):
            packed[-1] += piece
        else:
            packed.append(piece)
    return packed


def _pieces(text: str, limit: int, cutters: tuple[re.Pattern[str], ...]) -> list[str]:
    """Cut by the first cutter; what is still too long by the next one; repack."""
    if _fits_in(text, limit) or not cutters:
        return [text]
    parts = [part for part in cutters[0].findall(text) if part]
    return _packed([piece for part in parts for piece in _pieces(part, limit, cutters[1:])], limit)


def sentences(text: str) -> list[str]:
    """The sentences of `text` (NFC comes out), with their stops; an initial's or a number's point ends none."""
    return [sentence.strip() for sentence in _SENTENCE.findall(nfc(text)) if sentence.strip()]


def split_sentences(text: str, limit_chars: int) -> list[str]:
    """Cut `text` (NFC comes out) into messages of at most `limit_chars` UTF-16 units each.

    Cut at sentence ends where that is possible, else between words, and inside a word only if it alone is
    longer than the limit; never inside a letter with its marks or a joined emoji (one longer than the
    limit stays whole). White space at the cuts falls away. Nothing but white space gives []. ValueError
    for a limit below 1.
    """
    if limit_chars < 1:
        raise ValueError("limit_chars must be at least 1")
    pieces = _pieces(nfc(text).strip(), limit_chars, (_SENTENCE, _CHUNK, _GRAPHEME))
    return [piece.strip() for piece in pieces if piece.strip()]
