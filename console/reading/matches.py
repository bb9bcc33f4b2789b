"""Match files as the desk sees them: those that went out, and how far the police's answers have come."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.commune import Commune
from roster.matching_police.match_file import MatchFile, MatchRow
from roster.matching_police.results import MatchResult

MOST_LISTED = 40


@dataclass(frozen=True)
class FileLine:
    """One file, and for how many of its people an answer has come."""

    file: MatchFile
    commune: str
    answered: int


def files_made(session: Session) -> list[FileLine]:
    """The files in sight, the newest first."""
    answered = select(func.count()).where(MatchRow.match_file_id == MatchFile.id, MatchRow.result.is_not(None))
    wanted = (
        select(MatchFile, Commune.name, answered.correlate(MatchFile).scalar_subquery())
        .join(Commune, Commune.code == MatchFile.commune_code)
        .order_by(MatchFile.made_at.desc(), MatchFile.id)
        .limit(MOST_LISTED)
    )
    return [FileLine(*row) for row in session.execute(wanted)]


def results_of(session: Session, file: MatchFile) -> dict[MatchResult, int]:
    """How many of the file's people have which result."""
    rows = session.execute(
        select(MatchRow.result, func.count())
        .where(MatchRow.match_file_id == file.id, MatchRow.result.is_not(None))
        .group_by(MatchRow.result)
    )
    counted = dict(rows.all())
    return {result: counted.get(result, 0) for result in MatchResult}
