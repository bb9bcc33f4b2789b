"""Staged rows held against the roster: who is known already, and where an officer must decide who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from roster.importing.matching import Match, Trouble, as_known, people_like
from roster.intake import Field, Finding, Person, StagedRow
from roster.intake.staged import error

_REASONS = {
    Trouble.OTHER_NAME: "Trùng số CCCD với một người đã có trong danh sách nhưng khác họ tên; một bên ghi sai số",
    Trouble.SEVERAL: (
        "Danh sách đã có nhiều người trùng họ tên, năm sinh và xã, phường; xin ghi số CCCD để biết là ai"
    ),
}


def hold_against_roster(session: Session, rows: Sequence[StagedRow]) -> list[UUID | None]:
    """Add to each row's findings what the roster says against it; gives for each row the person it means, if known."""
    people = [(row, as_known(row.person or Person(), uuid4())) for row in rows]
    index = people_like(session, [this for _, this in people])
    return [_settle(row, index.match(this)) for row, this in people]


def _settle(row: StagedRow, match: Match) -> UUID | None:
    if match.trouble is not None:
        row.findings.append(trouble_finding(match.trouble, row.person or Person()))
    return match.known.id if match.known else None


def trouble_finding(trouble: Trouble, person: Person) -> Finding:
    """The error an officer reads where matching cannot decide."""
    if trouble is Trouble.OTHER_NAME:
        return error(Field.CITIZEN_ID, person.citizen_id or "", _REASONS[trouble])
    return error(Field.DUPLICATE, person.full_name or "", _REASONS[trouble])
