"""Canonical placement of the tone mark: hòa, thúy, khỏe, not hoà, thuý, khoẻ.

Keyboards and phones place the tone of oa, oe, uy on either vowel, and free typing puts it nearly anywhere
("đựơc", "cuả"). This room compares and stores the traditional placement, the one most people write: on â ê
ô ă ơ ư where there is one; on the last vowel before a final consonant; on the middle one of three; else on
the first of two. The u of `qu` and the i of `gi` do not count: quý, già.
"""

import re
from functools import lru_cache

from language.syllables import Syllable, parse
from language.text import nfc

_MODIFIED = "âêôăơư"
_CONSONANTS = "cghmnpt"
_WORD = re.compile(r"[^\W\d_]+")


def tone_position(rime: str) -> int:
    """Index of the letter of a toneless `rime` that bears the tone."""
    modified = [i for i, letter in enumerate(rime) if letter in _MODIFIED]
    if modified:
        return modified[-1]
    vowels = rime.rstrip(_CONSONANTS)
    closed = len(vowels) < len(rime)
    if closed:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0


def spell(syllable: Syllable) -> str:
    """Write a syllable (lower case, NFC) with its tone in the canonical place."""
    letters = list(syllable.onset + syllable.rime)
    letters[len(syllable.onset) + tone_position(syllable.rime)] += syllable.tone
    return nfc("".join(letters))


def _like(model: str, word: str) -> str:
    """Give `word` (as long as `model`) the upper and lower case of `model`, letter by letter."""
    return "".join(c.upper() if m.isupper() else c for c, m in zip(word, model, strict=True))


@lru_cache(maxsize=16384)
def canonical_word(word: str) -> str:
    """One word with its tone in the canonical place, case kept; not a Vietnamese syllable: only NFC."""
    composed = nfc(word)
    if composed.isascii():
        return composed
    syllable = parse(composed.lower())
    if syllable is None or not syllable.tone:
        return composed
    return _like(composed, spell(syllable))


def canonical_tones(text: str) -> str:
    """Every word of `text` with its tone in the canonical place; all else as it was, in NFC."""
    return _WORD.sub(lambda match: canonical_word(match.group()), nfc(text))
