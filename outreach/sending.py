"""Sending what is claimed, and writing down what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from core import clock
from core.database import transaction
from core.logs import logger
from outreach.attempts import Claimed
from outreach.channels.adapter import ChannelAdapter, Outcome, Unknown
from outreach.channels.fuse import Fuse
from outreach.outcomes import record_outcomes

_log = logger(__name__)

type Tried = list[tuple[Claimed, Outcome]]


def send_in_order(claimed: Sequence[Claimed], adapter: ChannelAdapter, fuse: Fuse) -> Tried:
    """Send one after the other, and write down every outcome: the parts of an answer arrive in their order."""
    tried: Tried = []
    for one in claimed:
        outcome: list[tuple[Claimed, Outcome]] = [(one, send_one(one, adapter, fuse))]
        write_down(outcome)
        tried += outcome
    return tried


def send_one(one: Claimed, adapter: ChannelAdapter, fuse: Fuse) -> Outcome:
    """Send one message. Raises nothing: whatever goes wrong is an outcome."""
    try:
        return adapter.send(one.outgoing, fuse)
    except Exception as error:  # an adapter's own fault: it may have sent before it fell
        _log.error("adapter_failed", attempt=one.attempt_id, error=type(error).__name__)
        return Unknown("adapter_failed")


def write_down(tried: Tried) -> None:
    """Write these outcomes into the ledger."""
    if tried:
        with transaction() as session:
            record_outcomes(session, tried, clock.now())
