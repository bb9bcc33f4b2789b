"""How many SMS a text becomes: 3GPP TS 23.038 (GSM 7-bit, UCS-2) and TS 23.040 (concatenation)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")


class Encoding(StrEnum):
    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


# Units in a message that stands alone, and in each part of one that does not.
_ROOM = {Encoding.GSM7: (160, 153), Encoding.UCS2: (70, 67)}


@dataclass(frozen=True, slots=True)
class Segmentation:
    """`count` segments (an empty text is one), each coded in `encoding`."""

    count: int
    encoding: Encoding


@lru_cache(maxsize=4096)
def segment(text: str) -> Segmentation:
    """Count the segments of a text as a network would carry it, unchanged and not normalised."""
    encoding = Encoding.GSM7 if all(c in _BASIC or c in _EXTENDED for c in text) else Encoding.UCS2
    widths = [_width(character, encoding) for character in text]
    alone, part = _ROOM[encoding]
    return Segmentation(1 if sum(widths) <= alone else _parts(widths, part), encoding)


def _width(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return 2 if character in _EXTENDED else 1
    return 2 if ord(character) > 0xFFFF else 1


def _parts(widths: Iterable[int], room: int) -> int:
    """Fill parts one after another; an escaped or surrogate pair is never split over two parts."""
    parts, used = 1, 0
    for width in widths:
        if used + width > room:
            parts, used = parts + 1, 0
        used += width
    return parts
