"""Repairing words typed in Telex or VNI with the keyboard's Vietnamese switched off.

"khoong" → "không", "dduowcj" → "được", "nguowif" → "người"; "kho6ng" → "không", "d9u7o7c5" → "được".
A word is touched only if it is no Vietnamese syllable as it stands and its reading is one. A reading that
rests on a single key ("cos", "tooi", "co1") must besides be an everyday syllable, because brands, names
and English words look the same ("bos", "cas", "visa", "momo"). A token that begins with a digit is never
read as VNI, nor is a file code (`codes.py`: it has no vowel).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from language.syllables import is_bare_syllable, parse, split_tone
from language.tables import DATA, word_set
from language.text import nfc
from language.tone_marks import canonical_word

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_BREVE = {"a": "ă", "â": "ă"}
"""Telex w over an a, also over one that "aa" has bent already: "maawtj"."""
_HORN = {"o": "ơ", "u": "ư"}
_VOWELS = frozenset("aeiouyâêôăơư")
_LONGEST = 10  # "nghieengx" and a spare key; nothing longer is one syllable

# English words whose keys would pass for two or more Telex keys.
_FOREIGN = word_set("beer boot boots roots rows cows news deer")
# Nouns that a number follows: "so1" is number one, not "só"; "thu7" is Saturday.
_NUMBERED = word_set(
    "an ap ban buoc ca cau chon dap doi dong duong hang hem khoi khom khu khoan lan lo loai mon muc nam ngach ngay "
    "ngo nha nhom phuong quan quy so tang thang thon thu to tuan viec xom"
)

_WORD = re.compile(r"[^\W_]+")
_VNI_SHAPE = re.compile(r"[^\W\d_]+(?:\d{1,3}[^\W\d_]*)+")


def _common_syllables() -> frozenset[str]:
    lines = (DATA / "common_syllables.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_COMMON = _common_syllables()

# A partial reading: the toneless letters so far, the tone ("" none yet), and how many keys were used up.
_Reading = tuple[str, str, int]


def _with_horn(letters: str) -> Iterator[str]:
    """The ways Telex w / VNI 7 can bend what is there: ươ and uơ for "uo", else the last o or u."""
    at = letters.rfind("uo")
    if at >= 0:
        yield letters[:at] + "ươ" + letters[at + 2 :]
    for plain, bent in _HORN.items():
        at = letters.rfind(plain)
        if at >= 0:
            yield letters[:at] + bent + letters[at + 1 :]


def _with_last(letters: str, plain: str, changed: str) -> Iterator[str]:
    at = letters.rfind(plain)
    if at >= 0:
        yield letters[:at] + changed + letters[at + len(plain) :]


def _telex_letters(letters: str, key: str) -> Iterator[str]:
    """What the toneless `letters` may become when `key` is read as a Telex mark."""
    if key == "w":
        yield from _with_horn(letters)
        for plain, bent in _BREVE.items():
            yield from _with_last(letters, plain, bent)
    elif key in _CIRCUMFLEX:
        yield from _with_last(letters, key, _CIRCUMFLEX[key])
    elif key == "d" and letters == "d":
        yield "đ"


def _vni_letters(letters: str, key: str) -> Iterator[str]:
    if key == "6":
        for plain, changed in _CIRCUMFLEX.items():
            yield from _with_last(letters, plain, changed)
    elif key == "7":
        yield from _with_horn(letters)
    elif key == "8":
        yield from _with_last(letters, "a", "ă")
    elif key == "9" and letters.startswith("d"):
        yield "đ" + letters[1:]


def _telex_step(reading: _Reading, key: str) -> Iterator[_Reading]:
    letters, tone, keys = reading
    if key in _TELEX_TONES and not tone and _VOWELS.intersection(letters):
        yield letters, _TELEX_TONES[key], keys + 1
        return
    for changed in _telex_letters(letters, key):
        yield changed, tone, keys + 1
    yield letters + key, tone, keys


def _vni_step(reading: _Reading, key: str) -> Iterator[_Reading]:
    letters, tone, keys = reading
    if not key.isdigit():
        yield letters + key, tone, keys
    elif key in _VNI_TONES:
        if not tone and _VOWELS.intersection(letters):
            yield letters, _VNI_TONES[key], keys + 1
    else:
        for changed in _vni_letters(letters, key):
            yield changed, tone, keys + 1


def _spelled(letters: str, tone: str) -> str | None:
    """Put letters and tone together as a canonical syllable, or None if there is no such syllable."""
    letters = letters.replace("ưo", "ươ")  # "luwong": keyboards bend the o along
    vowel = next((i for i, c in enumerate(letters) if c in _VOWELS), None)
    if vowel is None:
        return None
    word = nfc(letters[: vowel + 1] + tone + letters[vowel + 1 :])
    return canonical_word(word) if parse(word) else None


def _readings(word: str, vni: bool) -> Iterator[tuple[str, int]]:
    """Every plausible syllable that the keys of `word` may have meant, with the number of keys used.

    `word` may bear marks already ("ddược"): its tone is kept, its letters are taken as they are.
    """
    split = split_tone(word)
    if split is None:
        return
    step = _vni_step if vni else _telex_step
    partial: list[_Reading] = [("", split[1], 0)]
    for key in split[0]:
        partial = [further for reading in partial for further in step(reading, key)]
    for letters, tone, keys in partial:
        spelled = _spelled(letters, tone) if keys else None
        if spelled is not None:
            yield spelled, keys


def _is_sure(word: str, keys: int, vni: bool) -> bool:
    """Whether the keys alone show a slip: several, or one that no other language puts there."""
    if vni and not word.rstrip("0123456789").isalpha():
        return True
    return keys > 1 or word.startswith("dd") or (len(word) > 2 and word[-1] in "fj")


def _repaired(word: str) -> str | None:
    vni = bool(_VNI_SHAPE.fullmatch(word))
    if vni and word.rstrip("0123456789") in _NUMBERED:
        return None
    for reading, keys in _readings(word, vni):
        if reading in _COMMON or _is_sure(word, keys, vni):
            return reading
    return None


def _like_case(model: str, word: str) -> str:
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word.capitalize() if model[0].isupper() else word


def _may_be_slip(word: str, lowered: str) -> bool:
    if not 2 <= len(word) <= _LONGEST or lowered in _FOREIGN:
        return False
    if any(c.isdigit() for c in word):
        return len(word) > 2 and bool(_VNI_SHAPE.fullmatch(word))
    return not is_bare_syllable(lowered)


@lru_cache(maxsize=16384)
def repair_word(word: str) -> str:
    """One word (letters and digits, no punctuation) repaired, its case kept; else the word as it was."""
    lowered = nfc(word).lower()
    if not _may_be_slip(word, lowered):
        return word
    repaired = _repaired(lowered)
    return word if repaired is None else _like_case(word, repaired)


def repair_typing(text: str) -> str:
    """Every Telex or VNI slip in `text` (any Unicode form; NFC comes out) repaired, the rest untouched."""
    return _WORD.sub(lambda match: repair_word(match.group()), nfc(text))
