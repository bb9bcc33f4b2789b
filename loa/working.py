"""The processes that work and wake: workers of the job queue, and the one scheduler."""

from __future__ import annotations

import outreach.receipts

import outreach.dispatch
import outreach.replies  # noqa: F401  # each import registers its tasks
from core.jobs import worker_app


def run_worker(queues: list[str], concurrency: int) -> None:
    """Work on `queues` until stopped; jobs run in threads, so synchronous database work holds up no heartbeat."""
    app = worker_app()
    with app.open():
        app.run_worker(queues=queues, concurrency=concurrency, install_signal_handlers=True)
