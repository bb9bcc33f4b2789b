"""Numbers in whatever grouping people type them: "0011 0041 2345", "0011.0041-2345", over two lines.

A chain of groups is one number unless something says that it is two: words or a comma between
them, two groups long enough to be numbers each, a mobile number beside another number, or more digits
together than any account has. Money, dates, years and times are not numbers in this sense.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from language.not_numbers import spans_of_other_figures
from language.number_words import find_number_words
from language.spans import Folded, Found, fold_aligned

MIN_DIGITS = 6
# NAPAS carries account numbers of up to 19 digits (IBFT interface, field "account").
_MAX_DIGITS = 19
_LONG_GROUP = 8
_MOBILE = re.compile(r"0[35789]\d{8}\Z")

_TOKEN = re.compile(r"[^\W_]+")
_LOOK_ALIKES = str.maketrans("OoIil", "00111")
_WITH_LOOK_ALIKES = re.compile(r"[\dOoIl]+\Z")
_WORD_AND_DIGITS = re.compile(r"(?:[a-z]{2,})?(\d+)(?:[a-z]{2,})?\Z")
_TIGHT_GAP = re.compile(r"[ .\-–—_()·•*]*\Z")
_LOOSE_GAP = re.compile(r"[ .,;\-–—_()·•*\n\r&+]*\Z")
_PHONE_CUE = re.compile(r"\b(?:sdt|dt|dien thoai|so may|zalo|goi|lien he|lh|phone|di dong|dd)(?: la)?[ :]*\Z")


@dataclass(frozen=True)
class _Group:
    digits: str
    start: int
    end: int


_Chain = list[_Group]


def find_digit_runs(text: str, minimum: int = MIN_DIGITS) -> list[Found[str]]:
    """The numbers of at least `minimum` digits in `text`, as digit strings, in order.

    The letters O and o are read as 0, l and I as 1, and number words as digits, where they stand among
    digits.
    """
    return [found for found in _numbers(text) if len(found.value) >= minimum]


@lru_cache(maxsize=16)
def _numbers(text: str) -> tuple[Found[str], ...]:
    """Every number of any length; kept for the last few texts, which several finders search one after
    another.
    """
    folded = fold_aligned(text)
    numbers = [number for chain in _chains(_groups(folded), folded) for number in _numbers_in(chain, folded)]
    return tuple(folded.found(_digits(number), number[0].start, number[-1].end) for number in numbers)


def _groups(folded: Folded) -> list[_Group]:
    """Every run of digits without a gap, and every run of number words, in order."""
    spoken = find_number_words(folded.composed)
    taken = [(f.start, f.end) for f in spoken] + spans_of_other_figures(folded)
    groups = [_Group(f.value, f.start, f.end) for f in spoken]
    for match in _TOKEN.finditer(folded.composed):
        group = _group_of(match, folded)
        if group and not any(group.start < end and start < group.end for start, end in taken):
            groups.append(group)
    return sorted(groups, key=lambda g: g.start)


def _group_of(token: re.Match[str], folded: Folded) -> _Group | None:
    typed = token[0]
    plain = folded.text[token.start() : token.end()]
    if plain.isascii() and plain.isdecimal():
        return _Group(plain, token.start(), token.end())
    if _WITH_LOOK_ALIKES.match(typed):
        return _group_with_look_alikes(typed, token.start(), token.end(), folded.composed)
    mixed = _WORD_AND_DIGITS.match(plain)
    if mixed:
        return _Group(mixed[1], token.start() + mixed.start(1), token.start() + mixed.end(1))
    return None


def _group_with_look_alikes(typed: str, start: int, end: int, text: str) -> _Group | None:
    """A group such as "O11" or "9l2". Letters alone count only between two groups of digits."""
    real = sum(c.isdecimal() for c in typed)
    between_digits = bool(re.search(r"\d[ .\-]?\Z", text[:start]) and re.match(r"[ .\-]?\d", text[end:]))
    if real * 2 >= len(typed) or (len(typed) <= 2 and between_digits):
        return _Group(typed.translate(_LOOK_ALIKES), start, end)
    return None


def _chains(groups: Sequence[_Group], folded: Folded) -> list[_Chain]:
    """Groups with nothing but separators between them, split where they must be several numbers."""
    chains: list[_Chain] = []
    for group in groups:
        gap = folded.text[chains[-1][-1].end : group.start] if chains else None
        if gap is not None and _LOOSE_GAP.match(gap):
            chains[-1].append(group)
        else:
            chains.append([group])
    return [part for chain in chains for part in _split_at_loose_gaps(chain, folded.text)]


def _split_at_loose_gaps(chain: _Chain, text: str) -> list[_Chain]:
    """Cut at line breaks, commas and spaced dashes where both sides are numbers in themselves."""
    parts: list[_Chain] = [[chain[0]]]
    gaps: list[str] = []
    for before, group in pairwise(chain):
        gap = text[before.end : group.start]
        if _TIGHT_GAP.match(gap) and gap not in (" - ", " – "):
            parts[-1].append(group)
        else:
            gaps.append(gap)
            parts.append([group])
    merged = [parts[0]]
    for gap, part in zip(gaps, parts[1:], strict=True):
        if _are_two_numbers(_digits(merged[-1]), _digits(part), gap):
            merged.append(part)
        else:
            merged[-1] = merged[-1] + part
    return merged


def _are_two_numbers(left: str, right: str, gap: str) -> bool:
    if len(left) + len(right) > _MAX_DIGITS or _MOBILE.match(left) or _MOBILE.match(right):
        return True
    least = MIN_DIGITS if re.search(r"[,;&+]", gap) else _LONG_GROUP + 1
    return len(left) >= least and len(right) >= least


def _digits(chain: _Chain) -> str:
    return "".join(group.digits for group in chain)


def _numbers_in(chain: _Chain, folded: Folded) -> list[_Chain]:
    """Cut a chain without loose gaps into the numbers it holds."""
    numbers: list[_Chain] = [[chain[0]]]
    for before, group in pairwise(chain):
        if _starts_anew(before, group, folded):
            numbers.append([group])
        else:
            numbers[-1].append(group)
    return [part for number in numbers for part in _cut_to_length(number)]


def _starts_anew(before: _Group, group: _Group, folded: Folded) -> bool:
    if len(before.digits) >= _LONG_GROUP and len(group.digits) >= _LONG_GROUP:
        return True
    if _MOBILE.match(group.digits):
        return True
    if not _MOBILE.match(before.digits):
        return False
    return len(group.digits) >= MIN_DIGITS or bool(_PHONE_CUE.search(folded.text[: before.start]))


def _cut_to_length(number: _Chain) -> list[_Chain]:
    """A chain with more digits than any account, cut at the group boundaries that make the likeliest
    numbers.
    """
    if len(number) == 1 or len(_digits(number)) <= _MAX_DIGITS:
        return [number]
    best: list[tuple[int, list[_Chain]]] = [(0, [])]
    for end in range(1, len(number) + 1):
        cuts = [
            (best[start][0] + _likelihood(_digits(number[start:end])), [*best[start][1], number[start:end]])
            for start in range(end)
        ]
        best.append(max(cuts, key=lambda cut: cut[0]))
    return best[-1][1]


def _likelihood(digits: str) -> int:
    """How much a string looks like one whole number: a mobile most, then usual account lengths."""
    if _MOBILE.match(digits):
        return 4
    if len(digits) in (12, 13, 14):
        return 2
    return 0 if _LONG_GROUP <= len(digits) <= _MAX_DIGITS else -4
