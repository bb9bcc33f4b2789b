"""Who on the roster a staged person is: by citizen id, else by name, year of birth and commune.

The rule is the intake's own for duplicates inside a file: the same number is the same person; without numbers to
compare, one name in one year and commune is, unless full dates of birth or the marks of the names say otherwise.

An office's import reaches the people of its own communes alone; of others it learns no more than that they are theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, Integer, LargeBinary, String, func, literal, select
from sqlalchemy.orm import Session

from language.names import NameMatch, compare_holder, same_identity
from language.text import fold_name, has_marks
from roster.intake.staged import Person as StagedPerson
from roster.people import citizen_id_index
from roster.person import Person

type NameKey = tuple[str, int, str]
"""Folded name, year of birth, commune's code."""


@dataclass(frozen=True, slots=True)
class Known:
    """As much of a person as matching needs. `citizen` is the blind index of the citizen id."""

    id: UUID
    name: str
    folded: str
    birth_year: int | None
    birth_date: date | None
    commune_code: str
    citizen: bytes | None

    @property
    def key(self) -> NameKey | None:
        """What the person is found by where no number is compared."""
        return None if self.birth_year is None else (self.folded, self.birth_year, self.commune_code)


class Trouble(StrEnum):
    """Why a match is a question to an officer and not a guess."""

    OTHER_NAME = "other_name"
    """The same citizen id under an altogether different name."""
    SEVERAL = "several"
    """Two people or more of that name, year and commune."""
    ROW_ELSEWHERE = "row_elsewhere"
    """The row itself is of a commune that the import may not reach; the roster is not asked."""
    NUMBER_ELSEWHERE = "number_elsewhere"
    """The citizen id is that of somebody whom the import may not reach."""


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome: a known person, trouble, or neither (a new person)."""

    known: Known | None = None
    trouble: Trouble | None = None


class PeopleIndex:
    """The people that a batch of rows may mean; grows by those the batch adds.

    `communes`: those whose people are within reach, None for all.
    """

    def __init__(self, people: Iterable[Known] = (), communes: Collection[str] | None = None) -> None:
        self._communes = communes
        self._by_citizen: dict[bytes, Known] = {}
        self._by_key: dict[NameKey, list[Known]] = defaultdict(list)
        for known in people:
            self.add(known)

    def add(self, known: Known) -> None:
        """Let later rows find `known`; one added twice is kept once."""
        if known.citizen is not None:
            self._by_citizen.setdefault(known.citizen, known)
        if known.key is not None and all(other.id != known.id for other in self._by_key[known.key]):
            self._by_key[known.key].append(known)

    def knows_number(self, citizen: bytes | None) -> bool:
        """Whether somebody with this citizen id is known."""
        return citizen in self._by_citizen

    def match(self, this: Known) -> Match:
        """Whom the staged person `this` means."""
        if this.commune_code and not self._within_reach(this.commune_code):
            return Match(None, Trouble.ROW_ELSEWHERE)
        if this.citizen is not None and (holder := self._by_citizen.get(this.citizen)):
            if not self._within_reach(holder.commune_code):
                return Match(None, Trouble.NUMBER_ELSEWHERE)
            if compare_holder(holder.name, this.name).match is NameMatch.MISMATCH:
                return Match(holder, Trouble.OTHER_NAME)
            return Match(holder)
        named = self._by_key.get(this.key, []) if this.key else []
        fitting = [known for known in named if _may_be_one(known, this)]
        if len(fitting) > 1:
            return Match(None, Trouble.SEVERAL)
        return Match(fitting[0] if fitting else None)

    def _within_reach(self, commune_code: str) -> bool:
        return self._communes is None or commune_code in self._communes


def _may_be_one(known: Known, this: Known) -> bool:
    if known.citizen is not None and this.citizen is not None:
        return known.citizen == this.citizen
    if known.birth_date and this.birth_date and known.birth_date != this.birth_date:
        return False
    if has_marks(known.name) and has_marks(this.name):
        return same_identity(known.name, this.name)
    return True


def as_known(person: StagedPerson, person_id: UUID) -> Known:
    """A staged person in the form people are matched in; `person_id` is the one it gets if it is new."""
    name = person.full_name or ""
    return Known(
        id=person_id,
        name=name,
        folded=fold_name(name),
        birth_year=person.birth_year,
        birth_date=person.birth_date,
        commune_code=person.ward_code or "",
        citizen=citizen_id_index(person.citizen_id) if person.citizen_id else None,
    )


def people_like(session: Session, batch: Sequence[Known], communes: Collection[str] | None) -> PeopleIndex:
    """Those on the roster whom the staged people of `batch` may mean, in two queries whatever the batch's size.

    Both join a list: inside a merge PostgreSQL has no statistics yet, and `= ANY (…)` would then be compared with
    every person, value by value.
    """
    index = PeopleIndex(_with_numbers(session, [this.citizen for this in batch if this.citizen]), communes)
    unmatched = {this.key for this in batch if this.key and not index.knows_number(this.citizen)}
    for known in _with_keys(session, sorted(unmatched)):
        index.add(known)
    return index


_COLUMNS = (
    Person.id,
    Person.full_name,
    Person.folded_name,
    Person.birth_year,
    Person.birth_date,
    Person.commune_code,
    Person.citizen_id_index,
)


def _with_numbers(session: Session, numbers: Sequence[bytes]) -> list[Known]:
    wanted = func.unnest(literal(list(numbers), ARRAY(LargeBinary))).table_valued("number").render_derived()
    rows = session.execute(select(*_COLUMNS).join(wanted, Person.citizen_id_index == wanted.c.number))
    return [Known(*row) for row in rows]


def _with_keys(session: Session, keys: Sequence[NameKey]) -> list[Known]:
    wanted = (
        func.unnest(
            literal([key[0] for key in keys], ARRAY(String)),
            literal([key[1] for key in keys], ARRAY(Integer)),
            literal([key[2] for key in keys], ARRAY(String)),
        )
        .table_valued("name", "year", "commune")
        .render_derived()
    )
    rows = session.execute(
        select(*_COLUMNS).join(
            wanted,
            (Person.folded_name == wanted.c.name)
            & (Person.birth_year == wanted.c.year)
            & (Person.commune_code == wanted.c.commune),
        )
    )
    return [Known(*row) for row in rows]
