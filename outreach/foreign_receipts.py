"""Receipts of messages that are not ours: a provider's account that others use too tells of theirs as well.

A receipt may be here before our own note that the provider took the message, and after a lost answer long before it: so
each waits for days. Then nobody asks for it any more, and it is forgotten.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from core.logs import logger
from outreach.delivery_settings import delivery_settings
from outreach.message import Message, Receipt

_log = logger(__name__)
_AT_ONCE = 5000


def forget_foreign_receipts(session: Session, now: datetime) -> int:
    """Delete what has waited too long for a message of ours, at most _AT_ONCE; how many. Logged by provider alone."""
    limit = now - timedelta(days=delivery_settings().foreign_receipt_days)
    ours = exists().where(
        Message.provider == Receipt.provider, Message.provider_message_id == Receipt.provider_message_id
    )
    foreign = (
        select(Receipt.id)
        .where(Receipt.applied_at.is_(None), Receipt.received_at < limit, ~ours)
        .order_by(Receipt.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    forgotten = session.scalars(delete(Receipt).where(Receipt.id.in_(foreign)).returning(Receipt.provider))
    counted = Counter(forgotten)
    for provider, count in counted.items():
        _log.warning("foreign_receipts_forgotten", provider=provider, count=count)
    return counted.total()
