"""Sending what is claimed: batch by batch, each outcome written down before the next batch is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from core import clock
from core.database import transaction
from core.logs import logger
from outreach.channels.adapter import ChannelAdapter, Outcome, Unknown
from outreach.channels.fuse import Fuse
from outreach.claiming import Claimed
from outreach.outcomes import record_outcomes

_log = logger(__name__)

type Tried = list[tuple[Claimed, Outcome]]


def send_together(claimed: Sequence[Claimed], adapter: ChannelAdapter, fuse: Fuse, pool: ThreadPoolExecutor) -> Tried:
    """Send a batch on the threads of `pool` and write down every outcome."""
    outcomes = pool.map(lambda one: _send(one, adapter, fuse), claimed)
    return _written_down(list(zip(claimed, outcomes, strict=True)))


def send_in_order(claimed: Sequence[Claimed], adapter: ChannelAdapter, fuse: Fuse) -> Tried:
    """Send one after the other, and write down every outcome: the parts of an answer arrive in their order."""
    tried: Tried = []
    for one in claimed:
        tried += _written_down([(one, _send(one, adapter, fuse))])
    return tried


def _send(one: Claimed, adapter: ChannelAdapter, fuse: Fuse) -> Outcome:
    try:
        return adapter.send(one.outgoing, fuse)
    except Exception as error:  # an adapter's own fault: it may have sent before it fell
        _log.error("adapter_failed", attempt=one.attempt_id, error=type(error).__name__)
        return Unknown("adapter_failed")


def _written_down(tried: Tried) -> Tried:
    with transaction() as session:
        record_outcomes(session, tried, clock.now())
    return tried
