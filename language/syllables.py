"""The Vietnamese syllable as a model: which onset + rime + tone can be a syllable at all.

A written syllable is an onset (initial consonants), a rime (vowels with â ê ô ă ơ ư, and the final
consonant) and one of six tones. `qu` and `gi` count as onsets, so "quốc" is qu + ôc and "già" is gi + a;
"gì" and "gìn" are g + i, g + in. Built by hand from the school-book tables of onsets and rimes
(sách Tiếng Việt 1), plus the rimes that living words need (xoong, khuỷu, tuýp, quýt).
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from language.tables import word_set
from language.text import strip_marks

TONE_MARKS = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng


class Syllable(NamedTuple):
    """One parsed lower-case syllable; `tone` is a combining mark of TONE_MARKS or "" (ngang)."""

    onset: str
    rime: str
    tone: str


_RIMES = word_set(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut "
    "uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu"
)
# Rimes that are written this way only without an onset, or only after some onsets.
_Y_RIMES = word_set("y yêm yên yêng yêt yêu")
_Y_ONSETS = frozenset(["", "h", "k", "l", "m", "n", "s", "t", "th", "v"])
_QU_RIMES = word_set(
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê ên ênh êch êt êu "
    "ôc ơ ơi ơt i it y ych ynh yên yêt yt"
)
_GI_RIMES = word_set(
    "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âc âm ân âp ât âu ây e em en eo ep êc êm êng êt êu "
    "o oi on ong op ot ô ôi ôn ông ôp ôt ơ ơi ơn ơt u uc ui un ung up uôc uôi uông ut ư ưa ưc ưng ưt "
    "ươi ương ươc"
)
_G_RIMES = frozenset(["i", "in"])  # gì, gìn: the i is the vowel, not part of "gi"
# The long o of borrowed words; elsewhere "oo" is a Telex slip for "ô".
_LONG_O = word_set("boong coong coóc coóng goòng loong moóc soóc toong toòng xoong")

_FRONT_VOWELS = "eêiy"
_ONSETS = (
    *("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""),
)
_ONLY_BEFORE_FRONT = frozenset(["k", "gh", "ngh"])
_NEVER_BEFORE_FRONT = frozenset(["c", "g", "ng"])
_STOPPED = ("c", "ch", "p", "t")  # these finals bear only sắc and nặng
_STOPPED_TONES = ("\u0301", "\u0323")


def _fits(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _QU_RIMES
    if onset == "gi":
        return rime in _GI_RIMES
    if onset == "g" and rime in _G_RIMES:
        return True
    if rime in _Y_RIMES:
        return onset in _Y_ONSETS if rime == "y" else onset == ""
    front = rime[0] in _FRONT_VOWELS
    if (front and onset in _NEVER_BEFORE_FRONT) or (not front and onset in _ONLY_BEFORE_FRONT):
        return False
    return rime in _RIMES


def split_tone(word: str) -> tuple[str, str] | None:
    """Take the tone off a lower-case word: (the rest, NFC; the tone), or None with two tones."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = [c for c in decomposed if c in TONE_MARKS]
    if len(tones) > 1:
        return None
    rest = "".join(c for c in decomposed if c not in TONE_MARKS)
    return unicodedata.normalize("NFC", rest), "".join(tones)


def _split_onset(toneless: str) -> tuple[str, str] | None:
    for onset in _ONSETS:
        rime = toneless[len(onset) :]
        if toneless.startswith(onset) and rime and _fits(onset, rime):
            return onset, rime
    return None


@lru_cache(maxsize=16384)
def parse(word: str) -> Syllable | None:
    """Parse a lower-case word, marks included; None if no Vietnamese syllable is written so.

    The tone may sit on any of the vowels (hoà and hòa alike). A final c, ch, p or t demands sắc or
    nặng, so the unmarked "duoc" or "cac" is no syllable here: ask `is_bare_syllable` for those.
    """
    split = split_tone(word)
    if split is None:
        return None
    toneless, tone = split
    if "oo" in toneless:
        return _parse_long_o(word, toneless, tone)
    parts = _split_onset(toneless)
    if parts is None or (parts[1].endswith(_STOPPED) and tone not in _STOPPED_TONES):
        return None
    return Syllable(*parts, tone)


def _parse_long_o(word: str, toneless: str, tone: str) -> Syllable | None:
    if unicodedata.normalize("NFC", word) not in _LONG_O:
        return None
    onset, rime = toneless.split("oo", 1)
    return Syllable(onset, "oo" + rime, tone)


def _all_bare() -> frozenset[str]:
    rimes = _RIMES | _Y_RIMES | _QU_RIMES | _GI_RIMES
    native = {onset + rime for onset in _ONSETS for rime in rimes if _fits(onset, rime)}
    return frozenset(strip_marks(word) for word in native | _LONG_O)


_BARE = _all_bare()


def is_bare_syllable(word: str) -> bool:
    """Whether the lower-case `word`, its marks ignored, can be a Vietnamese syllable ("duoc", "dươc")."""
    return strip_marks(word) in _BARE
