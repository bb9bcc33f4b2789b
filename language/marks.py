"""Could what was typed be this word? People leave marks out; they seldom put wrong ones in.

The rule of the whole room: a typed word may carry fewer marks than the word it stands for, never
others, and whoever typed its tone typed its vowels too. So "dung" may be dừng or đúng, "đung" only
đúng, "dừng" only dừng, "dùng" neither. Two habits are forgiven: hỏi and ngã are taken for one (half
the country does not tell them apart), and the tone may stand on either vowel (hoà, hòa).
"""

import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "?", "\u0309": "?", "\u0323": "."}
_STROKE = "-"
_Signature = tuple[str, tuple[str, ...], str]


def _signature(word: str) -> _Signature:
    """Base letters, the quality mark of each ("" none; circumflex, breve, horn, stroke), and the tone."""
    letters: list[str] = []
    qualities: list[str] = []
    tone = ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        elif unicodedata.combining(char) and qualities:
            qualities[-1] = char
        else:
            letters.append("d" if char == "đ" else char)
            qualities.append(_STROKE if char == "đ" else "")
    return "".join(letters), tuple(qualities), tone


_known_signature = lru_cache(maxsize=4096)(_signature)


def could_be(typed: str, word: str) -> bool:
    """Whether `typed` (one word, any case) may stand for `word` (one word of the room's own tables)."""
    if typed.isascii():  # nothing to contradict
        return typed.lower() == _known_signature(word)[0]
    letters, qualities, tone = _signature(typed)
    meant_letters, meant_qualities, meant_tone = _known_signature(word)
    if letters != meant_letters or tone not in ("", meant_tone):
        return False
    return all(
        q == meant or (q == "" and (meant == _STROKE or not tone))
        for q, meant in zip(qualities, meant_qualities, strict=True)
    )


def is_marked_as(typed: str, word: str) -> bool:
    """Whether `typed` carries every mark of `word`: the same word beyond doubt."""
    return _signature(typed) == _known_signature(word)
