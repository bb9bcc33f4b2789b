"""Several claims decided at once: those alone in which nothing is left to decide (`roster.checks.needs_eyes`).

Each claim is looked at again and decided in a transaction of its own, so that one that is refused holds up no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from sqlalchemy.orm import Session

from console.desk import scoped
from console.elsewhere import others_with_these_accounts
from console.reading.claim_queue import QueueRow, queue_head
from core.clock import today
from roster.checks import needs_eyes
from roster.claim import Claim, ClaimState
from roster.claim_checks import findings_on
from roster.claim_errors import ClaimRefused, NeedsEyes
from roster.claim_states import TransitionRefused
from roster.person import Person

MOST_LOOKED_AT = 100
"""So many claims are held against the roster when the page opens: the first of the queue."""
MOST_AT_ONCE = 50

type Decision = Callable[[Session, UUID], Claim]


@dataclass(frozen=True)
class LeftOut:
    """A ticked claim that was not decided, and why; no name where the claim is not seen any more."""

    name: str | None
    claim_id: UUID
    reason: str


def nothing_to_see(session: Session, states: Sequence[ClaimState], not_by: int | None) -> list[QueueRow]:
    """Of the first claims of the queue those without a finding, at most as many as are decided at once."""
    head = queue_head(session, states, MOST_LOOKED_AT, not_by=not_by)
    elsewhere = others_with_these_accounts([row.claim.id for row in head])
    clean = (row for row in head if not needs_eyes(findings_on(session, row.claim, today(), elsewhere[row.claim.id])))
    return list(islice(clean, MOST_AT_ONCE))


def decide_together(ticked: Iterable[UUID], decision: Decision) -> tuple[int, list[LeftOut]]:
    """Decide the ticked claims one by one, the first `MOST_AT_ONCE` of them: how many were, and which were left out."""
    done, left_out = 0, []
    for claim_id in list(dict.fromkeys(ticked))[:MOST_AT_ONCE]:
        try:
            _decide(claim_id, decision)
            done += 1
        except (ClaimRefused, TransitionRefused) as refusal:
            left_out.append(LeftOut(_name(claim_id), claim_id, str(refusal)))
    return done, left_out


def _decide(claim_id: UUID, decision: Decision) -> None:
    """The decision locks the claim; a finding undoes it. Raises ClaimRefused, TransitionRefused."""
    with scoped() as session:
        claim = decision(session, claim_id)
        found = findings_on(session, claim, today(), others_with_these_accounts([claim_id])[claim_id])
        if needs_eyes(found):
            raise NeedsEyes(found)


def _name(claim_id: UUID) -> str | None:
    with scoped() as session:
        claim = session.get(Claim, claim_id)
        person = session.get(Person, claim.person_id) if claim and claim.person_id else None
        return person.full_name if person else None
