"""What an arriving message tells about its sender: who came, who left, and whose phone it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.events import Event
from conversations.thread import InboundMessage, Thread
from core import audit
from core.encryption import blind_index
from roster.contact import ContactKind, ContactPoint
from roster.stopping import stop


def arrive(session: Session, thread: Thread, message: InboundMessage) -> None:
    """Note on the thread's contact point what `message` tells; before anything is answered."""
    contact = session.get_one(ContactPoint, thread.contact_id, with_for_update=True)
    contact.left_at = message.received_at if message.media == Event.UNFOLLOW else None
    if contact.left_at is None:
        contact.heard_at = message.received_at
    if message.shared_phone is not None:
        _tie(session, thread, contact, message.shared_phone, message.received_at)


def _tie(session: Session, thread: Thread, contact: ContactPoint, phone: str, at: datetime) -> None:
    """The account is the phone's: who is reached there is the one who writes here. A phone the roster does not know
    ties nobody, and sounds the same."""
    known = session.scalar(
        select(ContactPoint.id).where(
            ContactPoint.kind == ContactKind.PHONE,
            ContactPoint.address_index == blind_index(ContactKind.PHONE.value, phone),
        )
    )
    if known is None or known == contact.same_as:
        return
    contact.same_as = known
    if contact.stopped_at is not None:
        stop(session, contact, contact.stopped_at)
    audit.record(session, at, audit.Actor("thread", str(thread.id)), "contact.same_as",
                 f"contact:{contact.id}", commune_code=thread.commune_code, after={"same_as": str(known)})  # fmt: skip
