"""What the scheduler does again and again for conversations: wake what waits, keep the gauges true."""

from __future__ import annotations

from datetime import datetime

from conversations.answering import gauge_unanswered, threads_waiting
from conversations.attachments import FETCH, QUEUE, attachments_waiting
from conversations.escalations import gauge_open
from conversations.inbound import ANSWER, ANSWER_QUEUE
from core.database import transaction
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
    """Write how much waits to the gauges that pace waves."""
    with transaction() as session:
        gauge_open(session, now)
        gauge_unanswered(session, now)
    return 0


def wake_fetching(now: datetime) -> int:
    """Have the pictures and recordings fetched that wait at their providers."""
    with transaction() as session:
        return attachments_waiting(session, now) and queue_once(session, FETCH, lock=FETCH, queue=QUEUE)


TICKS = (
    Tick("wake_answers", 5, wake_answers),
    Tick("wake_fetching", 10, wake_fetching),
    Tick("gauge_conversations", 15, gauge),
)
