"""Moving a claim from state to state: locked, by the one table, each step in the audit log."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core import audit
from roster.claim import Claim, ClaimState
from roster.claim_errors import ClaimNotFound
from roster.claim_states import require_way

_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){5,}")


def locked_claim(session: Session, claim_id: UUID) -> Claim:
    """The claim as it stands now, locked for this transaction. Raises ClaimNotFound, also where a policy hides it."""
    claim = session.get(Claim, claim_id, with_for_update=True, populate_existing=True)
    if claim is None:
        raise ClaimNotFound
    return claim


def move(session: Session, claim: Claim, to: ClaimState, actor: audit.Actor, now: datetime, reason: str = "") -> None:
    """Bring a locked claim to `to`. Raises TransitionRefused where the table has no way."""
    require_way(claim.state, to)
    before, claim.state = claim.state, to
    record_on(session, claim, to.value, actor, now, {"state": before.value}, {"state": to.value}, reason)


def record_on(
    session: Session,
    claim: Claim,
    action: str,
    actor: audit.Actor,
    now: datetime,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str = "",
) -> None:
    """Append to the audit log. A reason is an officer's own words: long numbers in it are masked."""
    audit.record(
        session,
        now,
        actor,
        action,
        f"claim:{claim.id}",
        commune_code=claim.commune_code,
        before=before,
        after=after,
        reason=_LONG_NUMBER.sub("•••", reason),
    )
