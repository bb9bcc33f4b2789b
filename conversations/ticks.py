"""What the scheduler does again and again for conversations: wake what waits, keep the gauges true."""

from __future__ import annotations

from datetime import datetime

from conversations.answering import gauge_unanswered, threads_waiting
from conversations.attachments import FETCH, QUEUE, attachments_waiting
from conversations.escalations import gauge_open
from conversations.hotline import QUEUE as CALLS_QUEUE
from conversations.hotline import TASK as CALLS
from conversations.hotline import calls_waiting
from conversations.inbound import ANSWER, ANSWER_QUEUE
from conversations.retention import RETENTION
from conversations.scam_worries import gauge_worries
from core.audit_notes import keep, present_end
from core.database import transaction
from core.logs import logger
from core.settings import settings
from outreach.own_yes import ask_for_own_yes, close_needless
from outreach.queueing import queue_once
from outreach.ticks import Tick


def wake_answers(now: datetime) -> int:
    """Defer the answers of threads with unhandled messages: after a failed turn, or a worker's death."""
    with transaction() as session:
        return sum(
            queue_once(session, ANSWER, lock=f"thread:{thread}", queue=ANSWER_QUEUE, thread_id=str(thread))
            for thread in threads_waiting(session)
        )


def gauge(now: datetime) -> int:
    """Write how much waits, and how many worry about a scam, to the gauges that pace and pause waves."""
    with transaction() as session:
        gauge_open(session, now)
        gauge_unanswered(session, now)
        gauge_worries(session, now)
    return 0


def wake_fetching(now: datetime) -> int:
    """Have the pictures and recordings fetched that wait at their providers."""
    with transaction() as session:
        return attachments_waiting(session, now) and queue_once(session, FETCH, lock=FETCH, queue=QUEUE)


def wake_call_backs(now: datetime) -> int:
    """Have tasks made of calls to the hotline that were left behind."""
    with transaction() as session:
        return calls_waiting(session) and queue_once(session, CALLS, lock=CALLS, queue=CALLS_QUEUE)


def tend_own_yes(now: datetime) -> int:
    """Ask for the beneficiary's own yes where a relative has declared, and no longer where nobody needs it."""
    with transaction() as session:
        return close_needless(session, now) + ask_for_own_yes(session, now)


def note_audit_end(now: datetime) -> int:
    """Note where the audit log ends, outside the database: in the process's log, and in the operator's file."""
    with transaction() as session:
        end = present_end(session, now)
    if end is None:
        return 0
    logger("audit").info("end of the log", entry=end.entry_id, hash=end.hash.hex())
    if (file := settings().audit_notes) is not None:
        keep(end, file)
    return 1


TICKS = (
    Tick("wake_answers", 5, wake_answers),
    Tick("wake_fetching", 10, wake_fetching),
    Tick("wake_call_backs", 10, wake_call_backs),
    Tick("tend_own_yes", 60, tend_own_yes),
    Tick("gauge_conversations", 15, gauge),
    Tick("note_audit_end", 3600, note_audit_end),
    RETENTION,
)
