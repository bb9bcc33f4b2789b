"""What waits today: numbers over the communes a desk sees."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from console.reading.call_queue import calls_open
from console.reading.change_requests import changes_waiting
from conversations.escalation import Escalation
from roster.claim import Claim, ClaimState
from roster.survey.draft import Draft, DraftState

TO_VERIFY = (ClaimState.DECLARED, ClaimState.CHECKED)
TO_APPROVE = (ClaimState.VERIFIED,)


@dataclass(frozen=True)
class Waiting:
    """How much of each work there is."""

    to_verify: int
    to_approve: int
    escalations: int
    calls: int
    changes: int
    unfinished: int


def waiting(session: Session) -> Waiting:
    """What waits for somebody."""
    return Waiting(
        to_verify=_count(session, Claim.state.in_(TO_VERIFY)),
        to_approve=_count(session, Claim.state.in_(TO_APPROVE)),
        escalations=_count(session, Escalation.closed_at.is_(None), table=Escalation),
        calls=calls_open(session),
        changes=changes_waiting(session),
        unfinished=_count(session, Draft.state == DraftState.OPEN, table=Draft),
    )


def _count(session: Session, *conditions: ColumnElement[bool], table: type = Claim) -> int:
    counted = select(func.count()).select_from(table).where(*conditions)
    return session.scalar(counted) or 0
