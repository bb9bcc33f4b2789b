"""The processes that work and wake: workers of the job queue, and the one scheduler."""

from __future__ import annotations

import conversations.answering
import conversations.attachments
import outreach.dispatch
import outreach.receipts
import outreach.replies
from conversations.ticks import TICKS as CONVERSATION_TICKS
from core.jobs import worker_app
from outreach.scheduler import run_scheduler as schedule
from outreach.ticks import TICKS as OUTREACH_TICKS

REGISTERED = (
    conversations.answering,
    conversations.attachments,
    outreach.dispatch,
    outreach.receipts,
    outreach.replies,
)
"""Importing these registers every task."""


def run_worker(queues: list[str], concurrency: int) -> None:
    """Work on `queues` until stopped; jobs run in threads, so synchronous database work holds up no heartbeat."""
    app = worker_app()
    with app.open():
        app.run_worker(queues=queues, concurrency=concurrency, delete_jobs="successful")


def run_scheduler() -> None:
    """Tick for outreach and conversations until stopped."""
    schedule((*OUTREACH_TICKS, *CONVERSATION_TICKS))
