"""Visit lists as the desk sees them: the lists made, their rows, and how far each person has come since."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.claim import Claim
from roster.claim_states import STANDING
from roster.commune import Commune
from roster.person import Person
from roster.visiting.making import rows_of
from roster.visiting.visit_list import VisitList, VisitOutcome, VisitRow
from roster.visiting.walking import Door, door_of

MOST_LISTED = 40


@dataclass(frozen=True)
class ListLine:
    """One list, and to how many of its doors somebody has been."""

    list: VisitList
    commune: str
    done: int


@dataclass(frozen=True)
class VisitLine:
    """One row of a list with its person. `outcome`: as noted, or declared since by whatever way."""

    row: VisitRow
    person: Person
    door: Door
    outcome: VisitOutcome | None


def lists_made(session: Session, campaign_id: int, commune_code: str | None) -> list[ListLine]:
    """The lists of the campaign in sight, the newest first."""
    been = select(func.count()).where(VisitRow.visit_list_id == VisitList.id, VisitRow.outcome.is_not(None))
    wanted = (
        select(VisitList, Commune.name, been.correlate(VisitList).scalar_subquery())
        .join(Commune, Commune.code == VisitList.commune_code)
        .where(VisitList.campaign_id == campaign_id)
        .order_by(VisitList.made_at.desc(), VisitList.id.desc())
        .limit(MOST_LISTED)
    )
    if commune_code is not None:
        wanted = wanted.where(VisitList.commune_code == commune_code)
    return [ListLine(*row) for row in session.execute(wanted)]


def lines_of(session: Session, visit_list: VisitList) -> list[VisitLine]:
    """The rows of one list in their order."""
    rows = rows_of(session, visit_list)
    declared = set(
        session.scalars(
            select(Claim.person_id).where(
                Claim.campaign_id == visit_list.campaign_id,
                Claim.state.in_(STANDING),
                Claim.person_id.in_([person.id for _, person in rows]),
            )
        )
    )
    return [
        VisitLine(row, person, door_of(person.address),
                  VisitOutcome.DECLARED if person.id in declared else row.outcome)
        for row, person in rows
    ]  # fmt: skip
