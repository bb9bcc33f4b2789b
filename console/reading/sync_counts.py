"""How far the accounts of a campaign have come on their way into the welfare software."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.claim import Claim, ClaimState


@dataclass(frozen=True)
class SyncCounts:
    """Accounts that wait, that were taken over, that have had money, whose money came back."""

    approved: int
    synced: int
    paid: int
    returned: int


def sync_counts(session: Session, campaign_id: int, commune_code: str | None) -> SyncCounts:
    """The claims with an account, in sight, by how far they have come."""
    query = select(Claim.state, func.count()).where(Claim.campaign_id == campaign_id, Claim.account_index.is_not(None))
    if commune_code is not None:
        query = query.where(Claim.commune_code == commune_code)
    counted = dict(session.execute(query.group_by(Claim.state)).all())
    states = (ClaimState.APPROVED, ClaimState.SYNCED, ClaimState.PAID_CONFIRMED, ClaimState.RETURNED)
    return SyncCounts(*(counted.get(state, 0) for state in states))
