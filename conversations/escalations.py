"""Handing a thread to an officer, and back to the bot."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations.escalation import Escalation, Reason
from conversations.thread import Owner, Thread
from core import audit
from core.gauges import GaugeName, set_gauge
from roster.person import Person


def escalate(
    session: Session, thread: Thread, reason: Reason, summary: str, at: datetime, about: Person | None = None
) -> Escalation:
    """Give `thread` to the officers with what was said so far; an open escalation is joined, not doubled.

    `about`: whom it is about, where that is somebody else than the thread's own person.
    """
    person_id = about.id if about else thread.person_id
    commune_code = about.commune_code if about else thread.commune_code
    thread.owner = Owner.OFFICER
    thread.offered = None
    known = open_escalation(session, thread)
    if known is not None:
        return known
    escalation = Escalation(
        thread_id=thread.id,
        person_id=person_id,
        commune_code=commune_code,
        reason=reason,
        summary=summary,
        opened_at=at,
    )
    session.add(escalation)
    session.flush()
    _record(session, escalation, "escalate", at, audit.SYSTEM)
    return escalation


def open_escalation(session: Session, thread: Thread) -> Escalation | None:
    """The escalation that is open on `thread`, or None."""
    return session.scalars(
        select(Escalation).where(Escalation.thread_id == thread.id, Escalation.closed_at.is_(None))
    ).first()


def take(session: Session, escalation: Escalation, staff_id: int, at: datetime) -> bool:
    """Take an escalation for one officer; False where another already has."""
    locked = session.get(Escalation, escalation.id, with_for_update=True, populate_existing=True)
    if locked is None or locked.closed_at is not None or locked.taken_by not in (None, staff_id):
        return False
    locked.taken_by, locked.taken_at = staff_id, at
    session.get_one(Thread, locked.thread_id).staff_id = staff_id
    _record(session, locked, "take", at, audit.staff_actor(staff_id))
    return True


def close(session: Session, escalation: Escalation, staff_id: int, outcome: str, at: datetime) -> bool:
    """Close an escalation with its outcome; the bot owns the thread again. False where it was closed already."""
    thread = session.get_one(Thread, escalation.thread_id, with_for_update=True, populate_existing=True)
    locked = session.get_one(Escalation, escalation.id, with_for_update=True, populate_existing=True)
    if locked.closed_at is not None:
        return False
    locked.closed_at, locked.outcome = at, outcome
    thread.owner, thread.staff_id = Owner.BOT, None
    _record(session, locked, "close", at, audit.staff_actor(staff_id))
    return True


def gauge_open(session: Session, at: datetime) -> int:
    """Write how many escalations are open to the gauge that paces waves."""
    count = session.scalar(select(func.count()).select_from(Escalation).where(Escalation.closed_at.is_(None))) or 0
    set_gauge(session, GaugeName.OPEN_ESCALATIONS, count, at)
    return count


def _record(session: Session, escalation: Escalation, action: str, at: datetime, actor: audit.Actor) -> None:
    audit.record(
        session,
        at,
        actor,
        action,
        f"escalation:{escalation.id}",
        commune_code=escalation.commune_code,
        after={"reason": escalation.reason.value, "outcome": escalation.outcome or ""},
    )
