"""The reference code of a file: what is printed in the invitation and typed back by the citizen.

Eight characters, read as "H3KR 7M2P": letter, digit, letter, letter, digit, letter, digit, check letter.
Why it looks so:
- The letters are C F G H J K M N P R T V X. No vowels: no code can hold a word, and no Vietnamese keyboard
  app turns its keys into marks (A3 → Ả, EE → Ê; D, W and Z are left out for the same reason). No B I L O
  Q S Z: none looks like a digit.
- Letters and digits have fixed places, so a look-alike typed for a digit (O, I, l, S, B, Z) can only mean the
  digit, and ordinary words never have the shape of a code.
- The last letter makes the sum of the values times 2⁷ … 2⁰ divisible by 13, the number of letters (a pure
  system as in ISO/IEC 7064). 13 is prime, 2 generates all its residues and no position has more than 13
  values, so every single wrong character and every exchange of two characters is noticed.
There are 13⁴ · 10³ = 28,561,000 codes.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import product

from language.spans import Folded, Found, fold_aligned
from language.typing_slips import repair_word

_LETTERS = "CFGHJKMNPRTVX"
_DIGITS = "0123456789"
_SHAPE = "LDLLDLDL"
LENGTH = len(_SHAPE)
_MODULUS = len(_LETTERS)
_ALPHABETS = tuple(_DIGITS if kind == "D" else _LETTERS for kind in _SHAPE)
_AS_DIGIT = str.maketrans("OQDILSZB", "00011528")

_TOKEN = re.compile(r"[a-z0-9]+")
_GAP_IN_CODE = re.compile(r"[ .\-–—_]{1,3}\Z")
# How many pieces a code may be typed in: whole, two parts of any length, pairs, or character by character.
_EVEN_PIECES = {(2, 2, 2, 2), (1,) * LENGTH}


def new_code(randbelow: Callable[[int], int]) -> str:
    """A new code, its characters drawn with `randbelow(n)` (0 ≤ result < n; give `secrets.randbelow`)."""
    body = "".join(alphabet[randbelow(len(alphabet))] for alphabet in _ALPHABETS[:-1])
    return body + _check_letter(body)


def _weighted_sum(code: str) -> int:
    return sum(
        alphabet.index(char) * 2 ** (LENGTH - 1 - i)
        for i, (char, alphabet) in enumerate(zip(code, _ALPHABETS, strict=False))
    )


def _check_letter(body: str) -> str:
    return _LETTERS[-_weighted_sum(body) % _MODULUS]


def is_valid(code: str) -> bool:
    """Whether `code`, in its stored form (eight capitals and digits, no space), has the right shape and
    check.
    """
    return _has_shape(code) and _weighted_sum(code) % _MODULUS == 0


def _has_shape(code: str) -> bool:
    return len(code) == LENGTH and all(c in a for c, a in zip(code, _ALPHABETS, strict=True))


def group_code(code: str) -> str:
    """ "H3KR7M2P" → "H3KR 7M2P": as it is printed and read back."""
    return f"{code[:4]} {code[4:]}"


def read_code(typed: str) -> str:
    """Eight typed characters in stored form: capitals, and look-alikes read as digits where a digit
    belongs.
    """
    return "".join(
        char.translate(_AS_DIGIT) if kind == "D" else char for char, kind in zip(typed.upper(), _SHAPE, strict=True)
    )


def find_codes(text: str) -> list[Found[str]]:
    """The valid codes in `text`, in stored form: any case, spaces or dashes inside, look-alikes for
    digits.
    """
    return [found for found in _eights(text) if is_valid(found.value)]


def find_wrong_codes(text: str) -> list[Found[str]]:
    """What was meant as a code and is none (to say so): a wrong check, or a character too many or too few."""
    folded = fold_aligned(text)
    eights = _eights(text)
    wrong = [found for found in eights if _has_shape(found.value) and not is_valid(found.value)]
    taken = [found for found in eights if _has_shape(found.value)]
    for near in _near_codes(folded):
        if not any(near.overlaps(found) for found in taken):
            wrong.append(near)
    return sorted(wrong, key=lambda found: found.start)


def looks_like_code(text: str) -> bool:
    """Whether somebody tried to give a code here that is not one."""
    return bool(find_wrong_codes(text))


@lru_cache(maxsize=16)
def _eights(text: str) -> tuple[Found[str], ...]:
    """Every run of words that makes eight characters, read as a code; kept for the last few texts."""
    folded = fold_aligned(text)
    tokens = list(_TOKEN.finditer(folded.text))
    findings = []
    for first in range(len(tokens)):
        after = _end_of_eight(tokens, first, folded.text)
        if after is None:
            continue
        start, end = tokens[first].start(), tokens[after - 1].end()
        typed = "".join(token[0] for token in tokens[first:after])
        findings.append(folded.found(read_code(typed), start, end))
    return tuple(findings)


def _end_of_eight(tokens: list[re.Match[str]], first: int, text: str) -> int | None:
    """The index after the last of the tokens from `first` that have eight characters together, if they
    may be a code.
    """
    lengths: list[int] = []
    for i in range(first, len(tokens)):
        if i > first and not _GAP_IN_CODE.match(text, tokens[i - 1].end(), tokens[i].start()):
            return None
        lengths.append(len(tokens[i][0]))
        if sum(lengths) >= LENGTH:
            even = tuple(lengths) in _EVEN_PIECES
            return i + 1 if sum(lengths) == LENGTH and (len(lengths) <= 2 or even) else None
    return None


def _near_codes(folded: Folded) -> list[Found[str]]:
    """Words of 7 to 9 characters that become the shape of a code when one is left out, added or replaced."""
    findings = []
    for match in re.finditer(r"[a-z0-9]{7,9}|[a-z0-9]{3,5}[ \-][a-z0-9]{3,5}", folded.text):
        typed = re.sub(r"[ \-]", "", match[0]).upper()
        near = 7 <= len(typed) <= 9 and _is_near_shape(typed)
        if near and _is_whole_word(match, folded.text) and not _is_vni(match[0]):
            findings.append(folded.found(typed, match.start(), match.end()))
    return findings


def _is_vni(typed: str) -> bool:
    """Vietnamese typed with the keyboard app off: "cam3 o7n" is cảm ơn."""
    return any(repair_word(word) != word for word in re.split(r"[ \-]", typed))


def _is_whole_word(match: re.Match[str], text: str) -> bool:
    return not text[match.start() - 1 : match.start()].isalnum() and not text[match.end() : match.end() + 1].isalnum()


def _is_near_shape(typed: str) -> bool:
    """At most one edit away from the shape, counting only what is a letter and what a digit; two digits
    or more.
    """
    kinds = "".join("D" if c.isdigit() else "L" for c in typed)
    return kinds.count("D") >= 2 and kinds in _NEAR_SHAPES


def _shapes_one_edit_away() -> frozenset[str]:
    shapes = {_SHAPE}
    for i in range(LENGTH):
        shapes.add(_SHAPE[:i] + _SHAPE[i + 1 :])
    for i, kind in product(range(LENGTH + 1), "LD"):
        shapes.add(_SHAPE[:i] + kind + _SHAPE[i:])
        shapes.add((_SHAPE[:i] + kind + _SHAPE[i + 1 :])[:LENGTH])
    return frozenset(shapes)


_NEAR_SHAPES = _shapes_one_edit_away()
