"""The order in which one walks from door to door, read from written addresses. Pure.

Addresses are written by hand: "Số 12, ngõ 5, phố Lâm Hạ, tổ 3", "SN 8 ngách 2/14 ngõ 5 Bồ Đề, TDP 7", "Xóm Đình,
thôn Hạ". What cannot be told apart stays together and comes last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from language.text import fold

type NaturalKey = tuple[tuple[int, int, str], ...]

_PIECES = re.compile(r"\s*[,;\n]\s*|\s+[-–—]\s+")
_NUMBER = r"\d+[a-z]?(?:[/.\-]\d*[a-z]?\d*)*"
_BY_NUMBER = re.compile(
    rf"\b(?P<kind>to dan pho|tdp|khu pho|to|doi|khu|cum|ap)\b\.?\s*(?:so\s*)?(?P<number>{_NUMBER})(?!\w)"
)
_NAMED_BY_NUMBER = re.compile(rf"^(?P<kind>thon|xom|lang|ban)\b\.?\s*(?:so\s*)?(?P<number>{_NUMBER})(?!\w)")
_KINDS = {
    "to": ("to dan pho", "tdp", "to"),
    "khu": ("khu pho", "khu"),
    "doi": ("doi",),
    "cum": ("cum",),
    "ap": ("ap",),
}
"""Which words for a neighbourhood mean the same kind."""
_BY_NAME = re.compile(r"\b(?:to dan pho|tdp|khu pho|khu do thi|thon|xom|lang|ap|ban|cum dan cu)\b\.?\s+\S.*$")
_HOUSE = re.compile(rf"\b(?:so nha|nha so|so|sn|nha)\b\.?\s*(?P<number>{_NUMBER})(?!\w)")
_BARE_HOUSE = re.compile(rf"^(?P<number>{_NUMBER})(?!\w)")
_LANES = tuple(
    re.compile(rf"\b{kind}\b\.?\s*(?:so\s*)?(?P<number>{_NUMBER})(?!\w)") for kind in ("ngo", "ngach", "hem")
)
_STREET_KIND = re.compile(r"^(?:pho|duong|d)\b\.?\s*")
_PARTS = re.compile(r"\d+|[^\W\d]+")


@dataclass(frozen=True)
class Door:
    """Where somebody lives, as far as the address says. `neighbourhood` is shown as it is written there."""

    neighbourhood: str = ""
    street: str = ""
    lanes: tuple[str, ...] = ("", "", "")
    house: str = ""

    @property
    def walk(self) -> tuple[NaturalKey, ...]:
        """Sorts doors as one passes them: neighbourhood, street, lane, house; what is not told comes last."""
        doors = (natural(part) for part in (*self.lanes, self.house))
        return (_last_if_empty(self.area), _last_if_empty(natural(self.street)), *doors)

    @property
    def area(self) -> NaturalKey:
        """Tells neighbourhoods apart, however they are written: "Tổ 3", "tổ 03", "TDP số 3"; "Thôn 3" is another."""
        return _area_of(self.neighbourhood)


def door_of(address: str | None) -> Door:
    """The door that `address` names."""
    pieces = [piece for piece in _PIECES.split(address or "") if piece.strip(" .")]
    neighbourhood = ""
    rest: list[str] = []
    for piece in pieces:
        found = _neighbourhood_in(piece)
        if found is None:
            rest.append(fold(piece).strip(" ."))
            continue
        start, end = found
        neighbourhood = neighbourhood or _tidy(piece[start:end])
        left = f"{fold(piece[:start])} {fold(piece[end:])}".strip(" .")
        if left:
            rest.append(left)
    return _door(neighbourhood, rest)


def natural(text: str) -> NaturalKey:
    """Numbers by their value, words by their letters: "12" before "12a" before "100"; numbers before words."""
    parts = _PARTS.findall(fold(text))
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def _neighbourhood_in(piece: str) -> tuple[int, int] | None:
    folded = fold(piece)
    if len(folded) != len(piece):
        return None
    if (numbered := _BY_NUMBER.search(folded)) and _is_to(piece, numbered.start()):
        return numbered.span()
    named = _BY_NAME.search(folded)
    return named.span() if named else None


def _is_to(piece: str, start: int) -> bool:
    """Not "Tô 3" nor "tờ 5": whoever writes marks at all writes the right ones."""
    word = piece[start:].split(maxsplit=1)[0].lower().strip(".")
    return word.isascii() or word not in ("tô", "tờ", "tớ")


def _door(neighbourhood: str, rest: list[str]) -> Door:
    house, lanes, words = "", ["", "", ""], []
    for piece in rest:
        for place, lane in enumerate(_LANES):
            if found := lane.search(piece):
                lanes[place] = lanes[place] or found["number"]
                piece = f"{piece[: found.start()]} {piece[found.end() :]}".strip()
        if found := _HOUSE.search(piece) or _BARE_HOUSE.search(piece):
            house = house or found["number"]
            piece = f"{piece[: found.start()]} {piece[found.end() :]}".strip()
        if piece := _STREET_KIND.sub("", piece.strip(" .")):
            words.append(piece)
    return Door(neighbourhood, words[0] if words else "", tuple(lanes), house)


def _area_of(neighbourhood: str) -> NaturalKey:
    """Those with a number by it, then by their kind: "Tổ 3" beside "Thôn 3"."""
    folded = fold(neighbourhood)
    if found := _BY_NUMBER.search(folded):
        kind = next(kind for kind, words in _KINDS.items() if found["kind"] in words)
        return (*natural(found["number"]), *natural(kind))
    if found := _NAMED_BY_NUMBER.search(folded):
        return (*natural(found["number"]), *natural(found["kind"]))
    return natural(neighbourhood)


def _tidy(text: str) -> str:
    words = " ".join(text.split()).strip(" .")
    return words[:1].upper() + words[1:]


def _last_if_empty(key: NaturalKey) -> NaturalKey:
    return key or ((2, 0, ""),)
