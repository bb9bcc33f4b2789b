"""A bounded number of rows on their way into the roster: match, take, write."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from roster.importing.against_roster import trouble_finding
from roster.importing.errors import RowInError
from roster.importing.loading import load_standings
from roster.importing.matching import Known, as_known, people_like
from roster.importing.standing import Difference, Standing
from roster.importing.writing import Gain, RosterWriter
from roster.intake import Person as StagedPerson


@dataclass(frozen=True)
class Incoming:
    """One staged row that is to be merged. `matched` is the person it was tied to so far."""

    id: int
    sheet: str
    row: int
    person: StagedPerson
    matched: UUID | None


@dataclass
class BatchOutcome:
    """What the batch did: ids of people, and rows that matching could not settle."""

    added: set[UUID] = field(default_factory=set)
    changed: set[UUID] = field(default_factory=set)
    met: set[UUID] = field(default_factory=set)
    differences: list[tuple[Incoming, UUID, list[Difference]]] = field(default_factory=list)
    unsettled: list[RowInError] = field(default_factory=list)
    gains: list[Gain] = field(default_factory=list)


class MergeBatch:
    """Merges one batch of rows of one import into the people of `communes` (None: of all)."""

    def __init__(self, session: Session, import_id: UUID, now: datetime, communes: Collection[str] | None) -> None:
        self._session = session
        self._communes = communes
        self._now = now
        self._writer = RosterWriter(session, import_id, now)

    def merge(self, rows: Sequence[Incoming]) -> BatchOutcome:
        """Match every row, take what it says, and write what is new."""
        outcome = BatchOutcome()
        pairs, new = self._match(rows, outcome)
        known = {person_id for _, person_id in pairs} - new
        standings = load_standings(self._session, known)
        standings |= {person_id: Standing(person_id, {}, is_new=True) for person_id in new}
        for row, person_id in pairs:
            differences = standings[person_id].take(row.person, self._now)
            if differences:
                outcome.differences.append((row, person_id, differences))
        outcome.gains = self._writer.write(standings.values())
        self._writer.tie([(row.id, person_id) for row, person_id in pairs if row.matched != person_id])
        self._writer.keep_differences([(row.id, found) for row, _, found in outcome.differences])
        outcome.added, outcome.met = new, {person_id for _, person_id in pairs}
        outcome.changed = {standing.id for standing in standings.values() if standing.changed} - new
        return outcome

    def _match(self, rows: Sequence[Incoming], outcome: BatchOutcome) -> tuple[list[tuple[Incoming, UUID]], set[UUID]]:
        """For every row the person it means; those nobody knew get an id, and later rows may mean them too."""
        people: list[tuple[Incoming, Known]] = [(row, as_known(row.person, uuid4())) for row in rows]
        index = people_like(self._session, [this for _, this in people], self._communes)
        pairs: list[tuple[Incoming, UUID]] = []
        new: set[UUID] = set()
        for row, this in people:
            match = index.match(this)
            if match.trouble is not None:
                field_in_error = trouble_finding(match.trouble, row.person).field
                outcome.unsettled.append(RowInError(row.id, row.sheet, row.row, (field_in_error.value,)))
                continue
            if match.known is None:
                index.add(this)
                new.add(this.id)
            pairs.append((row, match.known.id if match.known else this.id))
        return pairs, new
