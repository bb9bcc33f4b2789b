"""Staged rows held against the roster: who is known already, and where an officer must decide who is meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from roster.importing.matching import Match, Trouble, as_known, people_like
from roster.intake import Field, Finding, Person, StagedRow
from roster.intake.staged import error

_ELSEWHERE = "Người này thuộc xã, phường khác; nhờ cán bộ quản lý chung xử lý"
"""One wording, whatever the roster holds: it gives nothing away about people of other communes."""

_REASONS = {
    Trouble.OTHER_NAME: "Trùng số CCCD với một người đã có trong danh sách nhưng khác họ tên; một bên ghi sai số",
    Trouble.SEVERAL: (
        "Danh sách đã có nhiều người trùng họ tên, năm sinh và xã, phường; xin ghi số CCCD để biết là ai"
    ),
    Trouble.ROW_ELSEWHERE: _ELSEWHERE,
    Trouble.NUMBER_ELSEWHERE: _ELSEWHERE,
}


def hold_against_roster(
    session: Session, rows: Sequence[StagedRow], communes: Collection[str] | None
) -> list[UUID | None]:
    """Add to each row's findings what the roster says against it; gives for each row the person it means, if known.

    `communes`: those whose people the rows may mean, None for all.
    """
    people = [(row, as_known(row.person or Person(), uuid4())) for row in rows]
    index = people_like(session, [this for _, this in people], communes)
    return [_settle(row, index.match(this)) for row, this in people]


def _settle(row: StagedRow, match: Match) -> UUID | None:
    if match.trouble is not None:
        row.findings.append(trouble_finding(match.trouble, row.person or Person()))
    return match.known.id if match.known else None


def trouble_finding(trouble: Trouble, person: Person) -> Finding:
    """The error an officer reads where matching cannot decide."""
    match trouble:
        case Trouble.OTHER_NAME | Trouble.NUMBER_ELSEWHERE:
            return error(Field.CITIZEN_ID, person.citizen_id or "", _REASONS[trouble])
        case Trouble.ROW_ELSEWHERE:
            return error(Field.WARD, person.ward or "", _REASONS[trouble])
        case Trouble.SEVERAL:
            return error(Field.DUPLICATE, person.full_name or "", _REASONS[trouble])
