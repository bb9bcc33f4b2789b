"""Receipts that wait for their message, as an adapter may ask for them after a lost answer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.message import Receipt


def heard_of(session: Session, provider: str, provider_id: str) -> bool:
    """Whether `provider` has told anything of a message under this id: then it certainly has it."""
    told = select(Receipt.id).where(Receipt.provider == provider, Receipt.provider_message_id == provider_id)
    return session.scalar(told.limit(1)) is not None
