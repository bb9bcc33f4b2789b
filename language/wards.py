"""Which commune a message names: "phường Láng", "p. cửa nam", "xã Sóc Sơn", or the bare name where it can be no other.

The communes are Hanoi's (`data/communes_hanoi.csv`). Many bear names that are everyday words without their marks, so a
bare name counts after a word of place ("ở", "tại", "về"), or typed with all its marks or capitals, or alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from language.phrases import Phrases
from language.spans import Found, Word, words_of
from language.tables import read_table, word_set

_KINDS = {
    "phường": "Phường", "phuong": "Phường", "phg": "Phường", "phưg": "Phường", "fường": "Phường", "fuong": "Phường",
    "p": "Phường", "ph": "Phường", "f": "Phường", "xã": "Xã", "xa": "Xã", "x": "Xã",
}  # fmt: skip
"""What people type for the kind: "phg" of texting, "p." and "f." of addresses."""
_SHORT_KINDS = word_set("p ph f x")
"""Words of their own too ("p" phút, phải): a kind only before their dot, or a name with its capital."""
_PLACE_WORDS = word_set("o tai ve den tren phuong xa p x chi")
# What may follow "phường" or "xã" without being its name ("phường mình", "xã có").
_NO_NAME = word_set(
    "minh ta nay do kia nao co la thi va voi hay da dang se duoc khong roi a nhe nhi gi dau moi cung de cho bao nha"
    " toi chau bac ong ba cu em con anh chi hoi oi goi lam xuong len ra vao ghi noi o den ve xuat hoac cua minh"
    " nguoi can cai vay the ma thoi goi nhan tra phat ai bat doi hen dong gan xa nhu lai qua"
)
_LONGEST_UNKNOWN = 3


def _spellings(name: str) -> list[str]:
    """The bare name; of "Văn Miếu - Quốc Tử Giám" also each part, and both without the dash."""
    bare = name.split(" ", 1)[1]
    parts = bare.split(" - ")
    return [bare] if len(parts) == 1 else [" ".join(parts), *parts]


_BY_BARE_NAME = Phrases(
    (spelling, row["name"]) for row in read_table("communes_hanoi.csv") for spelling in _spellings(row["name"])
)


def find_wards(text: str) -> list[Found[str]]:
    """The communes named in `text`: a present commune by its full name ("Phường Láng"), another as it was typed."""
    words = words_of(text)
    found: list[Found[str]] = []
    at = 0
    while at < len(words):
        after = _ward_at(text, words, at, found)
        at = after or at + 1
    return found


def _ward_at(text: str, words: Sequence[Word], at: int, found: list[Found[str]]) -> int | None:
    """Add the ward that begins at word `at` to `found`; the index after it, or None where none begins."""
    kind = _kind_at(text, words, at)
    first = at + 1 if kind else at
    match = _BY_BARE_NAME.match_at(words, first) if first < len(words) else None
    if match and (kind or _cannot_be_else(text, words, first, match[1])):
        found.append(Found(match[0], words[at].start, words[match[1] - 1].end))
        return match[1]
    after = _unknown_name(text, words, first) if kind else None
    if after:
        name = " ".join(text[word.start : word.end] for word in words[first:after])
        found.append(Found(f"{kind} {name}", words[at].start, words[after - 1].end))
    return after


def _kind_at(text: str, words: Sequence[Word], at: int) -> str | None:
    """ "Phường" or "Xã" where the word says so; "p" and "x" only with their dot or a capital after them."""
    word = words[at]
    typed = text[word.start : word.end].lower()
    kind = _KINDS.get(typed)
    if kind is not None and typed in _SHORT_KINDS and text[word.end : word.end + 1] != ".":
        named = at + 1 < len(words) and words[at + 1].capital and not text.isupper()
        return kind if named else None
    return kind


def _cannot_be_else(text: str, words: Sequence[Word], first: int, after: int) -> bool:
    typed = text[words[first].start : words[after - 1].end]
    if first == 0 and after == len(words):
        return True
    if after - first < 2:
        return False
    if first > 0 and words[first - 1].folded in _PLACE_WORDS:
        return True
    return not typed.isascii() and all(piece[:1].isupper() for piece in typed.split())


def _unknown_name(text: str, words: Sequence[Word], first: int) -> int | None:
    """The index after a capitalised name, or a number ("phường 5"), that follows "phường" or "xã"."""
    after = first
    while after < len(words) and after - first < _LONGEST_UNKNOWN and _is_name_word(text, words, after):
        after += 1
    return after if after > first else None


def _is_name_word(text: str, words: Sequence[Word], at: int) -> bool:
    word = words[at]
    typed = text[word.start : word.end]
    adjoining = at == 0 or re.fullmatch(r"[ .]*", text[words[at - 1].end : word.start]) is not None
    is_name = typed[:1].isupper() and not text.isupper()
    return adjoining and word.folded not in _NO_NAME and (is_name or typed.isdecimal())
