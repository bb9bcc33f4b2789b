"""The job that sends a wave over one account: a few seconds at a time, within calendar, pace and quota."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from core import clock
from core.database import transaction
from core.jobs import jobs
from core.logs import logger
from outreach.account_pause import is_paused, pause_account
from outreach.calendar import VIETNAM, permitted
from outreach.channels.adapter import ChannelAdapter, ErrorClass, NotSent, Outcome, Rejected, Throttled, Unknown
from outreach.channels.fuse import Fuse
from outreach.channels.provider import Account
from outreach.channels.registry import accounts, adapter_for
from outreach.claiming import Batch, claim_wave, rests
from outreach.delivery_settings import delivery_settings
from outreach.message import Message, MessageKind, MessageState
from outreach.pace import Pace
from outreach.queueing import queue_once
from outreach.sending import Tried, send_together
from outreach.worker_life import LifeLost, Run, life

_log = logger(__name__)

TASK, QUEUE = "outreach.dispatch", "sending"
RUN_SECONDS = 30.0
"""A job ends after this and puts itself back into the queue: other jobs get their turn, a stopped worker ends soon."""


@dataclass
class Sent:
    """What a run did. `unfinished`: it ended for its time, with rows left."""

    looked_at: int = 0
    tried: int = 0
    unfinished: bool = False


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
    if not permitted(now, delivery_settings().hours):
        return []
    return [name for name in accounts() if not is_paused(session, name, now) and _is_due(session, name, now)]


def _is_due(session: Session, account: str, now: datetime) -> bool:
    """Ends at the first row found: of a wave of hundreds of thousands nearly any will do."""
    due = select(literal(1)).where(
        Message.account == account, Message.state == MessageState.PLANNED, Message.kind == MessageKind.WAVE, ~rests(now)
    )
    return session.scalar(due.limit(1)) is not None


def run_dispatch(
    account: Account,
    adapter: ChannelAdapter,
    *,
    seconds: float = RUN_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send due wave messages of `account` until none is left or `seconds` have passed."""
    sent, pace = Sent(), Pace(account.wave_per_second)
    ends_at = time.monotonic() + seconds
    with life().run() as run, ThreadPoolExecutor(delivery_settings().sending_threads) as pool:
        while True:
            began = time.monotonic()
            fuse = Fuse(delivery_settings().fuse_seconds)
            batch = _claim(account, pace, run)
            if not batch.looked_at:
                return sent
            tried = send_together(batch.claimed, adapter, fuse, pool)
            sent.looked_at += batch.looked_at
            sent.tried += len(tried)
            if _rests_after(account, tried):
                return sent
            pace = pace.slower() if _too_fast(tried) else pace
            if time.monotonic() >= ends_at:
                sent.unfinished = True
                return sent
            sleep(pace.rest_after(len(tried), time.monotonic() - began))


def _claim(account: Account, pace: Pace, run: Run) -> Batch:
    now = clock.now()
    try:
        run.check()
    except LifeLost:
        _log.warning("run_ended_without_its_lock", account=account.name)
        return Batch([], 0)
    with transaction() as session:
        limit = _allowance(session, account, now, pace.batch)
        return claim_wave(session, account.name, limit, now, run.key) if limit else Batch([], 0)


def _allowance(session: Session, account: Account, now: datetime, wanted: int) -> int:
    """How many of `wanted` messages may go out now."""
    if not permitted(now, delivery_settings().hours) or is_paused(session, account.name, now):
        return 0
    if account.daily_quota is None:
        return wanted
    return max(0, min(wanted, account.daily_quota - _accepted_today(session, account.name, now)))


def _accepted_today(session: Session, account: str, now: datetime) -> int:
    midnight = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    today = select(func.count()).where(Message.account == account, Message.accepted_at >= midnight)
    return session.scalar(today) or 0


def _too_fast(tried: Tried) -> bool:
    return any(isinstance(outcome, Throttled) for _, outcome in tried)


def _rests_after(account: Account, tried: Tried) -> bool:
    """Whether the provider is shut to the account or away; then the account rests, and only it.

    Without the rest a provider's bad hour would turn a whole wave into lost answers.
    """
    codes = {outcome.code for _, outcome in tried if isinstance(outcome, Rejected) and _shuts(outcome)}
    own = delivery_settings()
    if codes:
        _rest(account, own.account_pause_seconds, "account_shut", codes=sorted(codes))
    elif tried and all(_away(outcome) for _, outcome in tried):
        _rest(account, own.retry_pause_seconds, "provider_away")
    else:
        return False
    return True


def _shuts(refusal: Rejected) -> bool:
    return refusal.error_class is ErrorClass.STOP_ACCOUNT


def _away(outcome: Outcome) -> bool:
    return isinstance(outcome, Unknown) or (isinstance(outcome, NotSent) and outcome.away)


def _rest(account: Account, seconds: float, why: str, **details: object) -> None:
    now = clock.now()
    with transaction() as session:
        pause_account(session, account.name, now + timedelta(seconds=seconds), now)
    _log.error(why, account=account.name, seconds=seconds, **details)
