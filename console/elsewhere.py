"""What lies beyond a desk's communes, as a number and nothing more: the second place where the console sees all."""

from __future__ import annotations

from uuid import UUID

from core.database import Role, transaction
from roster.claim import Claim
from roster.claim_checks import shared_elsewhere


def others_with_this_account(claim_id: UUID) -> int:
    """How many people of other communes have declared the same account as this claim."""
    with transaction(Role.WORKER) as everywhere:
        claim = everywhere.get(Claim, claim_id)
        return 0 if claim is None else shared_elsewhere(everywhere, claim)
