"""Who stands in the file twice. One look per row, in bounded memory: a little is kept of every first row."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import NamedTuple

from language.names import same_identity
from language.text import fold, has_marks
from roster.intake.staged import Field, Finding, Person, error, warning

type _NameKey = tuple[str, int, str]


class _First(NamedTuple):
    """What is kept of the first row of a person."""

    sheet: str
    row: int
    name: str
    folded: str
    citizen_id: str | None
    birth_date: date | None
    category: str | None
    ward: str | None


class Duplicate(NamedTuple):
    """The first row of the same person, and the finding that says so."""

    sheet: str
    row: int
    finding: Finding


class DuplicateFinder:
    """Remembers the persons seen so far in a file."""

    def __init__(self) -> None:
        self._by_number: dict[str, _First] = {}
        self._named_with_number: dict[_NameKey, list[_First]] = {}
        self._named_only: dict[_NameKey, list[_First]] = {}

    def seen(self, sheet: str, row: int, person: Person) -> Duplicate | None:
        """The earlier row of this person, None where it is the first. Persons without a name match by number only."""
        name = person.full_name or ""
        this = _First(
            sheet, row, name, fold(name), person.citizen_id, person.birth_date, person.category, person.ward
        )  # fmt: skip
        key = _name_key(person, this)
        first = self._same_number(person, this) or self._same_name(key, this)
        if person.id_digits:
            self._by_number.setdefault(person.id_digits, this)
        if key and first is None:
            named = self._named_with_number if this.citizen_id else self._named_only
            named.setdefault(key, []).append(this)
        return Duplicate(first.sheet, first.row, _finding(first, this)) if first else None

    def _same_number(self, person: Person, this: _First) -> _First | None:
        """The same valid number is the same person; a mistyped one only together with the name."""
        first = self._by_number.get(person.id_digits) if person.id_digits else None
        if first is None or person.citizen_id or first.folded == this.folded:
            return first
        return None

    def _same_name(self, key: _NameKey | None, this: _First) -> _First | None:
        """A person of that name, year and commune. Two different numbers are two people, so whoever has one is only
        held against those who have none."""
        if key is None:
            return None
        with_number = () if this.citizen_id else self._named_with_number.get(key, ())
        firsts = chain(self._named_only.get(key, ()), with_number)
        return next((first for first in firsts if _may_be_one(first, this)), None)


def _name_key(person: Person, this: _First) -> _NameKey | None:
    """Name, year and commune; where the commune is still open, the ones it may be."""
    place = person.ward or "|".join(person.candidates)
    return (this.folded, person.birth_year, place) if this.folded and person.birth_year and place else None


def _may_be_one(first: _First, this: _First) -> bool:
    """Not where both whole dates are known and differ, nor where the marks of the names do (Thúy and Thủy)."""
    if first.birth_date and this.birth_date and first.birth_date != this.birth_date:
        return False
    if has_marks(first.name) and has_marks(this.name):
        return same_identity(first.name, this.name)
    return True


def _finding(first: _First, this: _First) -> Finding:
    place = f"dòng {first.row}" + (f" (trang “{first.sheet}”)" if first.sheet != this.sheet else "")
    same_number = first.citizen_id is not None and first.citizen_id == this.citizen_id
    if same_number and this.folded and first.folded and this.folded != first.folded:
        reason = f"Trùng số CCCD với {place} nhưng khác họ tên; một trong hai dòng ghi sai số"
        return error(Field.CITIZEN_ID, this.citizen_id or "", reason)
    by = "số CCCD" if same_number else "họ tên và năm sinh"
    reason = f"Cùng một người với {place} (trùng {by})"
    if this.category and first.category and this.category != first.category:
        reason += "; khác diện: gộp thành một người hưởng hai diện"
    if this.ward and first.ward and this.ward != first.ward:
        reason += f"; hai dòng ghi hai nơi: {first.ward}, {this.ward}"
    return warning(Field.DUPLICATE, this.name, reason)
