"""Calls to the hotline: taken in once, and made into a task to call back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.hotline_call import CallKind, HotlineCall
from conversations.hotline_settings import exchange_settings
from conversations.inbound import contact_for
from core import clock
from core.database import Role, transaction
from core.inserting import insert_once
from core.jobs import jobs
from outreach.call_backs import ask_to_call_back
from outreach.follow_up import FollowUpSource
from outreach.queueing import queue_once
from roster.contact import ContactKind

TASK, QUEUE = "conversations.call_backs", "default"
_AT_ONCE = 200


@dataclass(frozen=True)
class Call:
    """One call that nobody took. `caller` in 0… form, landlines too; `hotline` likewise where it is one of ours."""

    call_id: str
    caller: str
    hotline: str
    kind: CallKind
    called_at: datetime


def take_call(session: Session, call: Call, at: datetime) -> bool:
    """Insert `call` once, in the public door's transaction, and defer what follows; False when it had come before."""
    taken = insert_once(
        session,
        HotlineCall,
        call_id=call.call_id,
        contact_id=contact_for(session, ContactKind.PHONE, call.caller, at),
        hotline=call.hotline,
        kind=call.kind,
        called_at=call.called_at,
        received_at=at,
    )
    if taken:
        queue_once(session, TASK, lock=TASK, queue=QUEUE)
    return taken


@jobs.task(name=TASK, queue=QUEUE)
def call_backs() -> None:
    """Make tasks of the calls that wait."""
    handle_calls(clock.now())


def handle_calls(now: datetime) -> int:
    """Make a task of each call that waits, or note it on the one that is open for the phone; how many calls."""
    with transaction(Role.WORKER) as session:
        waiting = session.scalars(
            select(HotlineCall)
            .where(HotlineCall.handled_at.is_(None))
            .order_by(HotlineCall.id)
            .limit(_AT_ONCE)
            .with_for_update(skip_locked=True)
        ).all()
        for call in waiting:
            _handle(session, call, now)
        return len(waiting)


def calls_waiting(session: Session) -> bool:
    """Whether a call has no task yet: a tick has them made after a worker's death."""
    return session.scalar(select(HotlineCall.id).where(HotlineCall.handled_at.is_(None)).limit(1)) is not None


def _handle(session: Session, call: HotlineCall, now: datetime) -> None:
    own = exchange_settings()
    task = ask_to_call_back(
        session,
        call.contact_id,
        FollowUpSource.MISSED_CALL,
        now,
        commune_code=own.hotlines.get(call.hotline),
        due_at=call.called_at + own.call_back_within,
        called_at=call.called_at,
    )
    call.handled_at, call.commune_code = now, task.commune_code
