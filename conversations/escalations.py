"""Handing a thread to an officer, and back to the bot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations.escalation import Escalation, Priority, Reason
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
    thread, locked = _locked(session, escalation)
    if locked.closed_at is not None or locked.taken_by not in (None, staff_id):
        return False
    _give(thread, locked, staff_id, at)
    _record(session, locked, "take", at, audit.staff_actor(staff_id))
    return True


def take_over(session: Session, escalation: Escalation, staff_id: int, reason: str, at: datetime) -> bool:
    """Take what a colleague has, who is away; `reason` is kept in the audit log. False where nobody else has it."""
    thread, locked = _locked(session, escalation)
    if locked.closed_at is not None or locked.taken_by in (None, staff_id):
        return False
    before = {"taken_by": locked.taken_by}
    locked.handed_by = locked.handed_at = locked.hand_note = None
    _give(thread, locked, staff_id, at)
    _record(session, locked, "take_over", at, audit.staff_actor(staff_id), before=before, reason=reason)
    return True


def hand_over(
    session: Session, escalation: Escalation, staff_id: int, colleague: int | None, note: str, at: datetime
) -> bool:
    """Give what `staff_id` has to `colleague`, None: back to all, with a note. False where `staff_id` has it no longer.

    The bot stays silent. The citizen is told nothing: for them it is the same office.
    """
    thread, locked = _locked(session, escalation)
    if locked.closed_at is not None or locked.taken_by != staff_id:
        return False
    _give(thread, locked, colleague, at)
    locked.handed_by, locked.handed_at, locked.hand_note = staff_id, at, note
    after = {"taken_by": colleague}
    _record(session, locked, "hand_over", at, audit.staff_actor(staff_id), before={"taken_by": staff_id}, after=after)
    return True


def settle_priority(
    session: Session, escalation: Escalation, priority: Priority, staff_id: int, reason: str, at: datetime
) -> bool:
    """Set how soon it should be looked at, above the rule; `reason` is kept in the audit log. False where closed."""
    _, locked = _locked(session, escalation)
    if locked.closed_at is not None:
        return False
    before = {"priority": locked.priority_set.value if locked.priority_set else ""}
    locked.priority_set = priority
    after = {"priority": priority.value}
    _record(session, locked, "set_priority", at, audit.staff_actor(staff_id), before=before, after=after, reason=reason)
    return True


def close(
    session: Session, escalation: Escalation, staff_id: int, outcome: str, at: datetime, note: str | None = None
) -> bool:
    """Close an escalation with its outcome; the bot owns the thread again. False where it was closed already.

    `note`: the officer's own words, kept encrypted and out of the audit log, which nobody can erase from.
    """
    thread, locked = _locked(session, escalation)
    if locked.closed_at is not None:
        return False
    locked.closed_at, locked.outcome, locked.closing_note = at, outcome, note
    thread.owner, thread.staff_id = Owner.BOT, None
    _record(session, locked, "close", at, audit.staff_actor(staff_id))
    return True


def still_has(session: Session, escalation: Escalation, staff_id: int) -> bool:
    """Whether the open escalation is this officer's, who keeps it until the transaction ends."""
    _, locked = _locked(session, escalation)
    return locked.closed_at is None and locked.taken_by == staff_id


def gauge_open(session: Session, at: datetime) -> int:
    """Write how many escalations are open to the gauge that paces waves."""
    count = session.scalar(select(func.count()).select_from(Escalation).where(Escalation.closed_at.is_(None))) or 0
    set_gauge(session, GaugeName.OPEN_ESCALATIONS, count, at)
    return count


def _locked(session: Session, escalation: Escalation) -> tuple[Thread, Escalation]:
    """Both rows as they stand now, held until the end; always in this order, so that two never wait for each other."""
    thread = session.get_one(Thread, escalation.thread_id, with_for_update=True, populate_existing=True)
    return thread, session.get_one(Escalation, escalation.id, with_for_update=True, populate_existing=True)


def _give(thread: Thread, escalation: Escalation, staff_id: int | None, at: datetime) -> None:
    escalation.taken_by, escalation.taken_at = staff_id, None if staff_id is None else at
    thread.staff_id = staff_id


def _record(
    session: Session,
    escalation: Escalation,
    action: str,
    at: datetime,
    actor: audit.Actor,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    audit.record(
        session,
        at,
        actor,
        action,
        f"escalation:{escalation.id}",
        commune_code=escalation.commune_code,
        before=before,
        after={"reason": escalation.reason.value, "outcome": escalation.outcome or "", **(after or {})},
        reason=reason,
    )
