"""Which commune of today a written place means; where several could be meant, which to ask about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from language.marks import could_be, is_marked_as
from roster.intake.divisions import Commune, Divisions, OldCommune, load_divisions, plain
from roster.intake.places import COMMUNE_KINDS, Part, Place, PlaceReader
from roster.intake.wordlists import phrase_set

_NEAR = 84  # of 100: one slip in an ordinary name
_MAX_CACHED = 20_000
_HEADING_WORDS = phrase_set(
    """ubnd, nguoi, doi, tuong, ho, tong, so, cong, danh, sach, huyen, quan, thanh, pho, ha, noi,
    i, ii, iii, iv, v, vi, vii, viii, ix, x, a, b, c, d"""
)
_KIND_NAMES = {"phuong": "Phường", "xa": "Xã", "thi tran": "Thị trấn"}


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """What a place means. Without a commune, `candidates` are names to choose from (possibly none).

    `reason` says in Vietnamese what an officer should know; None where the name stood there as it is today.
    """

    commune: Commune | None
    candidates: tuple[str, ...] = ()
    reason: str | None = None


class CommuneIndex:
    """Finds communes of one province by any of their names, of today or of before July 2025."""

    def __init__(self, divisions: Divisions) -> None:
        self._province = divisions.province.removeprefix("Thành phố ").removeprefix("Tỉnh ")
        self._reader = PlaceReader(divisions)
        self._districts = divisions.districts
        self._today: dict[str, Commune] = {c.bare: c for c in divisions.communes}
        self._old: dict[str, list[OldCommune]] = defaultdict(list)
        self._of_district: dict[str, dict[str, Commune]] = defaultdict(dict)
        self._districts_of: dict[str, set[str]] = defaultdict(set)
        for old in divisions.old:
            self._old[old.bare].append(old)
            for commune in old.successors:
                self._of_district[old.district][commune.name] = commune
                self._districts_of[commune.name].add(old.district)
        self._names = sorted({*self._today, *self._old})
        self._seen: dict[tuple[str, str, bool], CommuneMatch | None] = {}

    def find(self, text: str, district: str = "") -> CommuneMatch:
        """What a cell of the ward column means; `district` is the text of a column of districts."""
        match = self._cached(text, district, address=False)
        return match or CommuneMatch(None, (), f"“{text}” không phải tên xã, phường")

    def find_in_address(self, address: str, district: str = "") -> CommuneMatch | None:
        """What the commune inside an address means, None where the address names no commune."""
        return self._cached(address, district, address=True)

    def named_in(self, text: str) -> CommuneMatch | None:
        """The one commune that a title or heading names with its kind ("UBND XÃ HẠ BẰNG"), if there is just one."""
        parts = self._reader.named_communes(text)
        matches = [self._resolve(Place(part), text) for part in parts]
        names = {match.commune.name for match in matches if match.commune}
        return matches[0] if len(names) == 1 and all(m.commune for m in matches) else None

    def is_heading(self, text: str) -> bool:
        """Whether the text is nothing but a commune with its kind: "Xã Hạ Bằng", "1. PHƯỜNG LÁNG (45 người)"."""
        parts = self._reader.named_communes(text)
        if len(parts) != 1:
            return False
        rest = plain(text).replace(f"{parts[0].kind} {parts[0].bare}", " ").split()
        return all(word in _HEADING_WORDS or word.isdecimal() for word in rest)

    def _cached(self, text: str, district: str, *, address: bool) -> CommuneMatch | None:
        key = (text, district, address)
        if key not in self._seen:
            if len(self._seen) >= _MAX_CACHED:
                self._seen.clear()
            self._seen[key] = self._find(text, district, address)
        return self._seen[key]

    def _find(self, text: str, district: str, address: bool) -> CommuneMatch | None:
        place = self._reader.read(text, address=address)
        own_district = place.district or self._district(district)
        if place.commune is None and address:
            return None
        return self._resolve(Place(place.commune, own_district, place.foreign, place.former), text)

    def _district(self, text: str) -> str | None:
        if not text:
            return None
        return self._reader.read(f"x, {text}").district

    def _resolve(self, place: Place, text: str) -> CommuneMatch:
        if place.foreign:
            return CommuneMatch(None, (), f"“{text}” ở ngoài {self._province}")
        if place.commune is None:
            return self._only_district(place, text)
        today, old, misspelt = self._called(place.commune)
        if place.former:
            today = None
        if place.district:
            match = self._in_district(place.commune, place.district, today, old)
        elif place.commune.kind in COMMUNE_KINDS:
            match = self._of_kind(place.commune, today, old)
        else:
            match = self._of_any_kind(place.commune, today, old)
        match = match or self._unknown(place, text)
        if misspelt and match.commune and match.reason is None:
            return CommuneMatch(match.commune, (), f"Ghi “{text}”, tên đúng là {match.commune.name}")
        return match

    def _called(self, part: Part) -> tuple[Commune | None, list[OldCommune], bool]:
        """The communes of that name, today's and the old ones; those whose marks contradict the text drop out,
        unless none is left: then the marks are taken for a slip."""
        today, old = self._today.get(part.bare), self._old.get(part.bare, [])
        exact = [o for o in old if _is(part.label, o.label)]
        if exact or (today and _is(part.label, today.label)):
            return (today if today and _is(part.label, today.label) else None), exact, False
        fitting = [o for o in old if _fits(part.label, o.label)]
        fits = today is not None and _fits(part.label, today.label)
        if fits or fitting:
            return (today if fits else None), fitting, False
        return today, old, bool(today or old)

    def _in_district(
        self, part: Part, district: str, today: Commune | None, old: list[OldCommune]
    ) -> CommuneMatch | None:
        there = [o for o in old if o.district == district]
        there = [o for o in there if o.kind == part.kind] or there
        if there:
            return self._from_old(there)
        if today and district in self._districts_of[today.name]:
            return CommuneMatch(today)
        elsewhere = [today] if today else []
        elsewhere += [c for o in old for c in o.successors]
        if not elsewhere:
            return None
        name = next((o.district_name for os in self._old.values() for o in os if o.district == district), district)
        return CommuneMatch(None, _names(elsewhere), f"{name} không có xã, phường tên “{part.label}”; xin chọn lại")

    def _of_kind(self, part: Part, today: Commune | None, old: list[OldCommune]) -> CommuneMatch | None:
        same = [o for o in old if o.kind == part.kind]
        if today and today.kind == part.kind:
            strangers = [o for o in same if today not in o.successors]
            if strangers:
                where = ", ".join(o.district_name for o in strangers)
                return CommuneMatch(today, (), f"Hiểu là {today.name} ngày nay; {where} trước đây cũng có tên này")
            return CommuneMatch(today)
        if same:
            return self._from_old(same)
        if today:
            written = _KIND_NAMES[part.kind]
            return CommuneMatch(today, (), f"Ghi là {written} nhưng tên đúng là {today.name}")
        return self._from_old(old) if old else None

    def _of_any_kind(self, part: Part, today: Commune | None, old: list[OldCommune]) -> CommuneMatch | None:
        if today is None:
            return self._from_old(old) if old else None
        strangers = [o for o in old if today not in o.successors]
        if not strangers:
            return CommuneMatch(today)
        names = _names([today, *(c for o in strangers for c in o.successors)])
        places = ", ".join(f"{o.name} ({o.district_name})" for o in strangers)
        return CommuneMatch(None, names, f"“{part.label}” có thể là {today.name} hoặc {places} trước đây; xin chọn")

    def _from_old(self, old: Sequence[OldCommune]) -> CommuneMatch:
        names = _names(c for o in old for c in o.successors)
        places = " và ".join(f"{o.name}, {o.district_name}" for o in old)
        if len(names) == 1:
            commune = old[0].successors[0]
            renamed = any(o.name != commune.name for o in old)
            return CommuneMatch(commune, (), f"{places} (trước 1/7/2025) nay là {commune.name}" if renamed else None)
        if len(old) > 1:
            return CommuneMatch(None, names, f"Trước 1/7/2025 có nhiều nơi cùng tên ({places}); xin chọn")
        return CommuneMatch(None, names, f"{places} đã chia về {len(names)} nơi từ 1/7/2025; xin chọn theo chỗ ở")

    def _only_district(self, place: Place, text: str) -> CommuneMatch:
        names = _names(self._of_district.get(place.district or "", {}).values())
        if names:
            return CommuneMatch(None, names, f"“{text}” mới chỉ ghi quận, huyện cũ; xin chọn xã, phường")
        return CommuneMatch(None, (), f"“{text}” không phải tên xã, phường")

    def _unknown(self, place: Place, text: str) -> CommuneMatch:
        """No such name: near spellings are offered, else all that the district became."""
        assert place.commune is not None
        near = process.extract(place.commune.bare, self._names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=4)
        meant: list[Commune] = []
        for name, _, _ in near:
            meant += [self._today[name]] if name in self._today else []
            meant += [c for o in self._old.get(name, []) for c in o.successors]
        there = self._of_district.get(place.district or "", {})
        if there:
            meant = [c for c in meant if c.name in there] or list(there.values())
        return CommuneMatch(None, _names(meant), f"Không có xã, phường nào tên “{text}” ở {self._province}")


def _fits(typed: str, label: str) -> bool:
    """Whether the typed name, with the marks it has, may stand for this one."""
    written, meant = _words(typed), _words(label)
    return len(written) == len(meant) and all(map(could_be, written, meant))


def _is(typed: str, label: str) -> bool:
    """Whether the typed name carries every mark of this one: "Sơn Đông" is not Sơn Đồng."""
    written, meant = _words(typed), _words(label)
    return len(written) == len(meant) and all(map(is_marked_as, written, meant))


def _words(name: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in name.lower()).split()


def _names(communes: Iterable[Commune]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.name for c in communes))


@lru_cache(maxsize=4)
def load_communes(province_code: int) -> CommuneIndex:
    """The index of a province's communes, built once."""
    return CommuneIndex(load_divisions(province_code))
