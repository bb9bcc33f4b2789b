"""The job that sends a wave over one account: a few seconds at a time, within calendar, pace and quota."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy.orm import Session

from core.database import transaction
from core.jobs import jobs
from core.logs import logger
from outreach.account_pause import is_paused
from outreach.allowance import LAWFUL
from outreach.calendar import permitted
from outreach.channels.adapter import ChannelAdapter
from outreach.channels.provider import Account
from outreach.channels.registry import accounts, adapter_for
from outreach.delivery_settings import delivery_settings
from outreach.due import due_campaigns
from outreach.queueing import queue_once
from outreach.quick_turns import take_quick_turns
from outreach.wave_pace import wave_percent
from outreach.wave_run import Sent, WaveRun
from outreach.worker_life import life

_log = logger(__name__)

TASK, QUEUE = "outreach.dispatch", "sending"
RUN_SECONDS = 30.0
"""A job ends after this and puts itself back into the queue: other jobs get their turn, a stopped worker ends soon."""


@jobs.task(name=TASK, queue=QUEUE)
def dispatch(account: str) -> None:
    """Send what is due over `account`."""
    sent = run_dispatch(accounts()[account], adapter_for(account))
    _log.info("dispatched", account=account, looked_at=sent.looked_at, tried=sent.tried)
    if sent.unfinished:
        with transaction() as session:
            queue_dispatch(session, account)


def queue_dispatch(session: Session, account: str) -> None:
    """Put a dispatch job for `account` into the queue, unless one waits there already."""
    queue_once(session, TASK, lock=f"account:{account}", queue=QUEUE, account=account)


def due_accounts(session: Session, now: datetime) -> list[str]:
    """The accounts with wave messages that may go out at `now`."""
    if not permitted(now, LAWFUL) or not wave_percent(session):
        return []
    names = [name for name in accounts() if not is_paused(session, name, now)]
    return [name for name in names if due_campaigns(session, name, now)]


def run_dispatch(
    account: Account,
    adapter: ChannelAdapter,
    *,
    seconds: float = RUN_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send due wave messages of `account` until none is left, it has to rest, or `seconds` have passed."""
    take_quick_turns()
    with life().run() as run, ThreadPoolExecutor(delivery_settings().sending_threads) as pool:
        return WaveRun(account, adapter, run, pool, sleep).go(seconds)
