"""Signed lists as the desk sees them, and beside the present."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.reading.list_scope import list_scope
from roster.campaign import Campaign
from roster.commune import Commune
from roster.exports.outcome_lists import cells_of, titles_of
from roster.lists import list_rows
from roster.sign_off.differences import Compared, Standing, compare, standings
from roster.sign_off.signed_list import SignedList, SignedSheet
from roster.survey.outcome import OutcomeGroup

MOST_LISTED = 200


@dataclass(frozen=True)
class VersionLine:
    """One version, and whose lists they are."""

    signed: SignedList
    commune: str


def versions(session: Session, campaign_id: int, commune_code: str | None) -> list[VersionLine]:
    """The versions in sight, the newest first."""
    query = (
        select(SignedList, Commune.name)
        .join(Commune, Commune.code == SignedList.commune_code)
        .where(SignedList.campaign_id == campaign_id)
        .order_by(SignedList.signed_at.desc(), SignedList.id.desc())
        .limit(MOST_LISTED)
    )
    if commune_code is not None:
        query = query.where(SignedList.commune_code == commune_code)
    return [VersionLine(*row) for row in session.execute(query)]


def differences(session: Session, signed: SignedList, sheets: Sequence[SignedSheet]) -> Compared:
    """The version beside the commune's lists of this moment."""
    before: dict[str, Standing] = {}
    for sheet in sheets:
        before |= standings(OutcomeGroup(sheet.outcome_group), sheet.columns, sheet.rows)
    scope = list_scope(session.get_one(Campaign, signed.campaign_id), [signed.commune_code])
    after = {
        str(row.person_id): Standing(row.group, dict(zip(titles_of(row.group), cells_of(row.group, row), strict=True)))
        for row in list_rows(session, scope, OutcomeGroup)
    }
    return compare(before, after)
