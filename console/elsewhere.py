"""What lies beyond a desk's communes: as a number and nothing more, or where a phone may be known to somebody else.

The second place where the console sees all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from conversations.inbound import contact_for
from core import audit
from core.clock import now
from core.database import Role, transaction
from outreach.call_backs import ask_to_call_back
from outreach.follow_up import FollowUpSource
from roster.claim import Claim
from roster.claim_checks import shared_elsewhere
from roster.contact import ContactKind


def others_with_these_accounts(claim_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many people of other communes have declared the same account, by claim."""
    with transaction(Role.WORKER) as everywhere:
        claims = {claim_id: everywhere.get(Claim, claim_id) for claim_id in claim_ids}
        return {key: shared_elsewhere(everywhere, claim) if claim else 0 for key, claim in claims.items()}


def note_number(phone: str, commune_code: str | None, staff_id: int, due_at: datetime) -> int:
    """Ask for a call back to `phone` (0… form), by the officers of this commune; the task's key.

    The phone may be known, or be called back already, where the desk does not see it; of that the desk learns nothing.
    """
    with transaction(Role.WORKER) as everywhere:
        contact_id = contact_for(everywhere, ContactKind.PHONE, phone, now())
        task = ask_to_call_back(
            everywhere,
            contact_id,
            FollowUpSource.OFFICER,
            now(),
            commune_code=commune_code,
            due_at=due_at,
            staff_id=staff_id,
        )
        actor = audit.staff_actor(staff_id)
        audit.record(
            everywhere, now(), actor, "follow_up.noted", f"follow_up:{task.id}", commune_code=task.commune_code
        )
        return task.id
