"""Taking a written place apart: "P.Láng Hạ - Q. Đống Đa, TP Hà Nội" → ward, district, province."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from language.text import fold
from roster.intake.divisions import Divisions, plain

_SEPARATORS = re.compile(r"\s*[,;|/\n]\s*")
_DASHES = re.compile(r"\s*[-–—]\s*")
_OFFICE = re.compile(r"^(?:ubnd|uy ban nhan dan|hdnd|cong an|tram y te)\b\W*")
# How each kind of division is written, folded. A single letter counts only with a dot or a space behind it.
_KINDS = (
    ("thi tran", re.compile(r"thi\s?tran\b[\s.:]*|t\.?t(?:r|n)?(?:\.\s*|\s+)")),
    ("thi xa", re.compile(r"thi\s?xa\b[\s.:]*|t\.?x(?:\.\s*|\s+)")),
    ("thanh pho", re.compile(r"thanh\s?pho\b[\s.:]*|t\.?p(?:\.\s*|\s+)")),
    ("phuong", re.compile(r"phuong\b[\s.:]*|(?:phg|ph|p|f)(?:\.\s*|:\s*|\s+)")),
    ("xa", re.compile(r"xa\b[\s.:]*|x(?:\.\s*|:\s*|\s+)")),
    ("quan", re.compile(r"quan\b[\s.:]*|q(?:\.\s*|:\s*|\s+)")),
    ("huyen", re.compile(r"huyen\b[\s.:]*|h(?:\.\s*|:\s*|\s+)")),
    ("tinh", re.compile(r"tinh\b[\s.:]*|t(?:\.\s*|:\s*)")),
)
_WHOLE_WORDS = {"phuong": "phường", "xa": "xã", "quan": "quận", "huyen": "huyện", "tinh": "tỉnh"}
_KIND_INSIDE = re.compile(r"(?<=[^\s,;-])\s+(?=(phuong\b|xa\b|thi tran\b|p\.|x\.|tt\.)\s*\w)")
COMMUNE_KINDS = frozenset({"phuong", "xa", "thi tran"})
_DISTRICT_KINDS = frozenset({"quan", "huyen", "thi xa", "thanh pho"})
_PROVINCE_KINDS = frozenset({"tinh", "thanh pho"})
_NOW = re.compile(r"\b(?:nay la|nay thuoc|hien nay la|moi la|gio la|moi)\b[\s:]*")
_FORMER = re.compile(r"\W*\b(?:cu|truoc day|truoc sap nhap|ten cu)\W*$")
_NEW = re.compile(r"\W*\b(?:moi|sau sap nhap)\W*$")


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a place. `kind` is folded, "" where none is written; `label` is the name without it."""

    kind: str
    label: str
    bare: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place taken apart. `former` where it says that the old division is meant ("xã X cũ")."""

    commune: Part | None
    district: str | None = None
    foreign: str | None = None
    """Another province's name, folded."""
    former: bool = False


class PlaceReader:
    """Reads places of one province: it has to know the names to tell "Quan Hoa" from "Q. Hoa"."""

    def __init__(self, divisions: Divisions) -> None:
        self._communes = {c.bare for c in divisions.communes} | {o.bare for o in divisions.old}
        self._districts = divisions.districts
        self._others = divisions.other_provinces | {"hcm", "hcmc", "tphcm", "tp hcm", "sai gon"}
        self._province = plain(divisions.province.removeprefix("Thành phố ").removeprefix("Tỉnh "))
        names = "|".join(sorted((re.escape(d) for d in divisions.districts), key=len, reverse=True))
        self._district_inside = re.compile(
            rf"\s+(?=(?:(?:quan|huyen|thi xa|thanh pho|q\.?|h\.?|tx\.?|tp\.?)\s*)(?:{names})\b)"
        )
        self._district_behind = re.compile(rf"\s+(?={names})(?:{names})$")
        self._province_behind = re.compile(
            rf"[\s,.\-–]+(?:(?:thanh pho|tinh|tp\.?|t\.p\.?)\s*)?(?:{re.escape(self._province)}|hn)\W*$"
        )

    def read(self, text: str, *, address: bool = False) -> Place:
        """The commune, district and foreign province in a cell. In an address a name without its kind must stand
        right before the district, or be the whole end of the text, to count as a commune."""
        text, former = self._without_remarks(text)
        parts = self._parts(text)
        if len(parts) > 1 and parts[-1].bare == self._province and parts[-1].kind in ("", *_PROVINCE_KINDS):
            parts.pop()
        foreign = self._foreign(parts)
        at = self._district_at(parts)
        commune = self._commune(parts, at, address)
        return Place(commune, parts[at].bare if at is not None else None, foreign, former)

    def named_communes(self, text: str) -> list[Part]:
        """Every commune written with its kind inside running text, as in a title."""
        words = re.findall(r"\w+", text)
        folded = [plain(word) for word in words]
        found: list[Part] = []
        for i, word in enumerate(folded):
            length, kind = (2, "thi tran") if folded[i : i + 2] == ["thi", "tran"] else (1, word)
            if kind not in COMMUNE_KINDS or (kind in _WHOLE_WORDS and not _is_word(words[i], kind)):
                continue
            start = i + length
            for size in range(min(6, len(words) - start), 0, -1):
                bare = " ".join(folded[start : start + size])
                if bare in self._communes:
                    found.append(Part(kind, " ".join(words[start : start + size]), bare))
                    break
        return found

    def _without_remarks(self, text: str) -> tuple[str, bool]:
        """Brackets resolved: "X (nay là Y)" is Y, "X (huyện Z)" is "X, huyện Z", "X (cũ)" is the old X."""
        head, _, rest = text.partition("(")
        inside = rest.partition(")")[0].strip()
        if inside:
            folded = fold(inside)
            if match := _NOW.match(folded):
                return inside[match.end() :], False
            if plain(inside) in self._districts or _kind_of(inside)[0] in _DISTRICT_KINDS:
                return f"{head.strip()}, {inside}", False
            if folded in ("cu", "ten cu", "truoc sap nhap"):
                return head.strip(), True
        text = head.strip() or inside
        folded = fold(text)
        if (match := _NOW.search(folded)) and match.start() and len(folded) == len(text) and match.end() < len(text):
            return text[match.end() :], False
        if (match := _FORMER.search(folded)) and match.start() and len(folded) == len(text):
            return text[: match.start()], True
        if (match := _NEW.search(folded)) and match.start() and len(folded) == len(text):
            return text[: match.start()], False
        return text, False

    def _parts(self, text: str) -> list[Part]:
        folded = fold(text)
        if len(folded) == len(text):
            text = self._cut(text, folded)
        pieces = [inner for piece in _SEPARATORS.split(text) if piece for inner in self._cut_at_kinds(piece)]
        return [part for piece in pieces for part in self._dashed(piece) if part.bare]

    def _cut(self, text: str, folded: str) -> str:
        """The province off the end, and commas where a district begins without one."""
        if province := self._province_behind.search(folded):
            text, folded = text[: province.start()], folded[: province.start()]
        for match in reversed(list(self._district_inside.finditer(folded))):
            text = f"{text[: match.start()]}, {text[match.end() :]}"
            folded = f"{folded[: match.start()]}, {folded[match.end() :]}"
        behind = None if _SEPARATORS.search(text) else self._district_behind.search(folded)
        if behind and not self._known(text):
            text = f"{text[: behind.start()]}, {text[behind.start() :].lstrip()}"
        return text

    def _cut_at_kinds(self, piece: str) -> list[str]:
        """ "Số 5 thôn 2 xã Hạ Bằng" → two pieces; "Xa Dong Phuong Yen" is one name."""
        folded = fold(piece)
        if len(folded) != len(piece) or self._known(piece):
            return [piece]
        starts = [m.end() for m in _KIND_INSIDE.finditer(folded) if _begins_kind(piece, folded, m)]
        return [piece[i:j].strip() for i, j in pairwise([0, *starts, len(piece)])]

    def _known(self, text: str) -> bool:
        return self._part(text).bare in self._communes

    def _dashed(self, piece: str) -> list[Part]:
        """Split at dashes, but keep names that have one: "Văn Miếu - Quốc Tử Giám"."""
        steps = _DASHES.split(piece)
        parts: list[Part] = []
        i = 0
        while i < len(steps):
            for end in range(len(steps), i, -1):
                part = self._part(" - ".join(steps[i:end]))
                if end == i + 1 or part.bare in self._communes:
                    parts.append(part)
                    i = end
                    break
        return parts

    def _part(self, text: str) -> Part:
        text = text.strip(" .:")
        kind, label = _kind_of(text)
        whole, bare = plain(text), plain(label)
        if kind in COMMUNE_KINDS and bare not in self._communes and whole in self._communes:
            return Part("", text, whole)  # "Phuong Liet" is Phương Liệt
        if kind in _DISTRICT_KINDS and bare not in self._districts and whole in self._communes:
            return Part("", text, whole)  # "Quan Hoa"
        return Part(kind, label, bare)

    def _foreign(self, parts: list[Part]) -> str | None:
        for i, part in enumerate(parts):
            if part.bare in self._others and (i > 0 or part.kind in _PROVINCE_KINDS):
                is_commune = part.kind in COMMUNE_KINDS or (part.kind == "" and part.bare in self._districts)
                if not is_commune:
                    return part.bare
        return None

    def _district_at(self, parts: list[Part]) -> int | None:
        for i in range(len(parts) - 1, -1, -1):
            part = parts[i]
            if part.bare in self._districts and (part.kind in _DISTRICT_KINDS or (part.kind == "" and i > 0)):
                return i
        if len(parts) > 1 and parts[0].kind == "" and parts[0].bare in self._districts:
            return 0 if parts[1].bare in self._communes else None
        return None

    def _commune(self, parts: list[Part], district_at: int | None, address: bool) -> Part | None:
        for part in reversed(parts):
            if part.kind in COMMUNE_KINDS:
                return part
        rest = [part for i, part in enumerate(parts) if i != district_at and part.kind == ""]
        if not rest:
            return None
        if not address:
            before = parts[district_at - 1] if district_at else None
            return before if before in rest else rest[0]
        last = parts[district_at - 1] if district_at else parts[-1]
        return last if last in rest and last.bare in self._communes else None


def _kind_of(text: str) -> tuple[str, str]:
    """The kind in front of a name, folded, and the name: "P.Bồ Đề" → ("phuong", "Bồ Đề")."""
    folded = fold(text)
    if len(folded) != len(text):
        text = folded
    if office := _OFFICE.match(folded):
        text, folded = text[office.end() :], folded[office.end() :]
    for kind, pattern in _KINDS:
        match = pattern.match(folded)
        if match and match.end() < len(folded) and _is_kind(text[: match.end()], kind):
            return kind, text[match.end() :].strip()
    return "", text


def _begins_kind(text: str, folded: str, match: re.Match[str]) -> bool:
    """Whether a kind word in mid-text begins a new part: not "Phương" for "Phường", nor right behind a kind."""
    written = text[match.start(1) : match.end(1)]
    before = folded[: match.start()].split()[-1]
    after_kind = before.strip(".") in {"phuong", "xa", "tran", "thi", "p", "x", "tt"}
    return not after_kind and _is_kind(written, match.group(1))


def _is_kind(written: str, kind: str) -> bool:
    """Not "Phương" for "Phường": whoever writes marks at all writes the right ones."""
    word = written.strip(" .:")
    return len(word) <= 3 or kind not in _WHOLE_WORDS or _is_word(word, kind)


def _is_word(word: str, kind: str) -> bool:
    return word.isascii() or word.lower() == _WHOLE_WORDS[kind]
