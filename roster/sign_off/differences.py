"""What has changed since lists were signed off. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from roster.survey.outcome import OutcomeGroup

_NAME = "Họ và tên"
type Cell = str | int | None


@dataclass(frozen=True)
class Standing:
    """Where somebody stands: the list, and what is written there, by column."""

    group: OutcomeGroup
    cells: Mapping[str, Cell]

    @property
    def name(self) -> str:
        """As the list has it."""
        return str(self.cells.get(_NAME) or "")


@dataclass(frozen=True)
class Difference:
    """One person who is not as signed. `before` or `after` None: on none of the lists. `columns`: what is written
    otherwise, where the list is the same."""

    person_id: str
    before: Standing | None
    after: Standing | None
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Whose it is."""
        known = self.after or self.before
        return known.name if known else ""


@dataclass(frozen=True)
class Compared:
    """The signed lists beside the present."""

    differences: list[Difference]
    unchanged: int


def standings(group: OutcomeGroup, columns: Iterable[str], rows: Iterable[list[Any]]) -> dict[str, Standing]:
    """The people of one list by id; each row is the id, then its cells."""
    titles = list(columns)
    return {row[0]: Standing(group, dict(zip(titles, row[1:], strict=True))) for row in rows}


def compare(signed: Mapping[str, Standing], present: Mapping[str, Standing]) -> Compared:
    """Who came, who is gone, who is on another list, what is written otherwise; in the lists' own order."""
    everybody = dict.fromkeys([*signed, *present])
    pairs = [(one, signed.get(one), present.get(one)) for one in everybody]
    found = [_difference(*pair) for pair in pairs if pair[1] != pair[2]]
    return Compared(found, len(pairs) - len(found))


def _difference(person_id: str, before: Standing | None, after: Standing | None) -> Difference:
    if before is None or after is None or before.group is not after.group:
        return Difference(person_id, before, after)
    titles = dict.fromkeys([*before.cells, *after.cells])
    changed = tuple(title for title in titles if before.cells.get(title) != after.cells.get(title))
    return Difference(person_id, before, after, changed)
