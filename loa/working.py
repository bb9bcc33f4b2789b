"""The processes that work and wake: workers of the job queue, and the one scheduler."""

from __future__ import annotations

import conversations.answering
import conversations.attachments
import conversations.hotline
import outreach.channels.telegram.jobs
import outreach.channels.zalo.jobs
import outreach.dispatch
import outreach.receipts
import outreach.replies
from conversations.ticks import TICKS as CONVERSATION_TICKS
from core.jobs import worker_app
from outreach.channels.registry import accounts
from outreach.channels.zalo.ticks import TICKS as ZALO_TICKS
from outreach.delivery_settings import delivery_settings
from outreach.scheduler import run_scheduler as schedule
from outreach.ticks import TICKS as OUTREACH_TICKS

REGISTERED = (
    conversations.answering,
    conversations.attachments,
    conversations.hotline,
    outreach.channels.telegram.jobs,
    outreach.channels.zalo.jobs,
    outreach.dispatch,
    outreach.receipts,
    outreach.replies,
)
"""Importing these registers every task."""


def run_worker(queues: list[str], concurrency: int) -> None:
    """Work on `queues` until stopped; jobs run in threads, so synchronous database work holds up no heartbeat."""
    accounts()  # settings that production refuses end this here, before a job is taken
    app, own = worker_app(), delivery_settings()
    with app.open():
        app.run_worker(
            queues=queues,
            concurrency=concurrency,
            delete_jobs="successful",
            fetch_job_polling_interval=own.look_for_jobs_seconds,
            update_heartbeat_interval=own.heartbeat_seconds,
            stalled_worker_timeout=own.stalled_after_seconds,
        )


def run_scheduler() -> None:
    """Tick for outreach, its accounts and conversations until stopped."""
    schedule((*OUTREACH_TICKS, *ZALO_TICKS, *CONVERSATION_TICKS))
