"""The communes of one province: those of today, and those of before 1 July 2025 with what became of them.

Source: `vietnam-provinces` (National Statistics Office; conversion table of the 2025 rearrangement).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vietnam_provinces import Province, ProvinceCode, Ward
from vietnam_provinces.legacy import District
from vietnam_provinces.legacy import Province as OldProvince
from vietnam_provinces.legacy import Ward as OldWard
from vietnam_provinces.legacy.codes import DistrictCode

from language.text import fold

_KINDS = ("Phường", "Xã", "Thị trấn")
_DISTRICT_KINDS = ("Quận", "Huyện", "Thị xã", "Thành phố")
_PROVINCE_KINDS = ("Thành phố", "Tỉnh")
_NOT_WORDS = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """The form names are compared in: "Văn Miếu – Quốc Tử Giám" → "van mieu quoc tu giam"."""
    return _NOT_WORDS.sub(" ", fold(name)).strip()


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today. `kind` is "phuong" or "xa", `bare` the folded name without it."""

    name: str
    code: str
    kind: str
    bare: str
    label: str
    """The name without its kind, with diacritics."""


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune of before July 2025. `district` is folded and without its kind."""

    name: str
    kind: str
    bare: str
    label: str
    district: str
    district_name: str
    successors: tuple[Commune, ...]


@dataclass(frozen=True)
class Divisions:
    """All communes of a province, old and new, and the names that tell another province."""

    province: str
    communes: tuple[Commune, ...]
    old: tuple[OldCommune, ...]
    districts: frozenset[str]
    other_provinces: frozenset[str]


def _without_kind(name: str, kinds: tuple[str, ...]) -> tuple[str, str]:
    for kind in kinds:
        if name.startswith(kind + " "):
            return kind, name[len(kind) + 1 :]
    return "", name


def _commune(ward: Ward) -> Commune:
    kind, label = _without_kind(ward.name, _KINDS)
    return Commune(ward.name, f"{int(ward.code):05d}", plain(kind), plain(label), label)


def _old_communes(district: District, of_today: dict[int, Commune]) -> list[OldCommune]:
    _, district_label = _without_kind(district.name, _DISTRICT_KINDS)
    found = []
    for ward in OldWard.iter_by_district(DistrictCode(district.code)):
        kind, label = _without_kind(ward.name, _KINDS)
        targets = Ward.search_from_legacy(code=int(ward.code))
        successors = tuple(of_today[int(t.ward.code)] for t in targets if int(t.ward.code) in of_today)
        found.append(
            OldCommune(ward.name, plain(kind), plain(label), label, plain(district_label), district.name, successors)
        )
    return found


@lru_cache(maxsize=4)
def load_divisions(province_code: int) -> Divisions:
    """The communes of the province with this code of the National Statistics Office (1 is Hà Nội)."""
    province = Province.from_code(ProvinceCode(province_code))
    of_today = {int(w.code): _commune(w) for w in Ward.iter_all() if w.province_code == province_code}
    sources = {int(old.code) for old in province.get_legacy_sources()} or {province_code}
    districts = [d for d in District.iter_all() if int(d.province_code) in sources]
    every_province: list[Province | OldProvince] = [*Province.iter_all(), *OldProvince.iter_all()]
    own = {plain(_without_kind(p.name, _PROVINCE_KINDS)[1]) for p in every_province if _is_own(p, province, sources)}
    others = {plain(_without_kind(p.name, _PROVINCE_KINDS)[1]) for p in every_province} - own
    return Divisions(
        province=province.name,
        communes=tuple(of_today.values()),
        old=tuple(old for district in districts for old in _old_communes(district, of_today)),
        districts=frozenset(plain(_without_kind(d.name, _DISTRICT_KINDS)[1]) for d in districts),
        other_provinces=frozenset(others),
    )


def _is_own(candidate: Province | OldProvince, province: Province, sources: set[int]) -> bool:
    if isinstance(candidate, OldProvince):
        return int(candidate.code) in sources
    return candidate.code == province.code
