"""Answers and officers' words: a lane of their own, at any hour, never behind a wave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.database import transaction
from core.jobs import defer, jobs
from core.logs import logger
from outreach.account_health import Trouble, diagnose, rest
from outreach.account_pause import is_held
from outreach.channels.adapter import Accepted, Outcome
from outreach.channels.fuse import Fuse
from outreach.channels.registry import accounts, adapter_for
from outreach.claiming import claim_replies
from outreach.delivery_settings import delivery_settings
from outreach.due import rests
from outreach.message import Message, MessageKind, MessageState
from outreach.outcomes import effect
from outreach.queueing import queue_once
from outreach.sending import send_in_order
from outreach.worker_life import life

TASK, QUEUE = "outreach.deliver_replies", "replies"
_log = logger(__name__)
_LEFT_BEHIND = timedelta(seconds=30)


@jobs.task(name=TASK, queue=QUEUE)
def deliver_replies(message_ids: list[int]) -> None:
    """Send these replies."""
    send_reply_messages(message_ids)


def queue_replies(session: Session, message_ids: Sequence[int], thread_id: UUID | None) -> None:
    """Have replies sent once `session`'s transaction is committed; those of one thread go out in turn."""
    defer(session, TASK, lock=_lock(thread_id), queue=QUEUE, message_ids=list(message_ids))


def send_reply_messages(message_ids: Sequence[int]) -> int:
    """Send those of `message_ids` (kinds reply and officer) that still wait; how many the provider took.

    Repeating it sends nothing twice. The first that cannot go out now keeps those after it waiting.
    """
    sent = 0
    with life().run() as run:
        for message_id in message_ids:
            fuse = Fuse(delivery_settings().fuse_seconds)
            with transaction() as session:
                account = session.get_one(Message, message_id).account
                if is_held(session, account, clock.now()):
                    return sent
                claimed = claim_replies(session, [message_id], clock.now(), run.key).claimed
            for _, outcome in send_in_order(claimed, adapter_for(account), fuse):
                _obey(account, outcome)
                if effect(outcome).state in (MessageState.PLANNED, MessageState.UNKNOWN):
                    return sent
                sent += isinstance(outcome, Accepted)
    return sent


def wake_replies(session: Session, now: datetime) -> int:
    """Queue the replies that were left behind (a worker that died, a provider that was away or had named a time that
    is over); how many."""
    held = [name for name in accounts() if is_held(session, name, now)]
    left = session.execute(
        select(Message.id, Message.thread_id)
        .where(Message.state == MessageState.PLANNED, Message.kind != MessageKind.WAVE)
        .where(Message.changed_at <= now - _LEFT_BEHIND, Message.account.not_in(held), ~rests(now))
        .order_by(Message.thread_id, Message.id)
    ).all()
    woken = 0
    for thread_id, rows in groupby(left, key=lambda row: row.thread_id):
        ids = [row.id for row in rows]
        if queue_once(session, TASK, lock=_lock(thread_id), queue=QUEUE, message_ids=ids):
            woken += len(ids)
    return woken


def _obey(account: str, outcome: Outcome) -> None:
    """Where the provider has named a time before which it takes nothing, nobody knocks earlier, waves included."""
    finding = diagnose([outcome])
    if finding is not None and finding.trouble is Trouble.TOO_FAST:
        with transaction() as session:
            pause = rest(session, account, finding, clock.now())
        _log.warning("account_too_fast", account=account, seconds=pause.total_seconds())


def _lock(thread_id: UUID | None) -> str:
    return f"replies:{thread_id or 'without-thread'}"
