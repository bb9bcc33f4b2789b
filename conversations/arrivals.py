"""What an arriving message tells about its sender: who came, who left, and whose phone it is.

A phone that the roster does not know ties nobody, and sounds the same; one that was typed is `typed_phone`'s business.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

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
    if message.shared_phone is not None and message.media == Event.CONTACT:
        phone = known_phone(session, message.shared_phone)
        if phone is not None:
            tie(session, thread, contact, phone, message.received_at)


def known_phone(session: Session, phone: str) -> UUID | None:
    """The contact point of `phone` (0… form); None where we know nobody there."""
    index = blind_index(ContactKind.PHONE.value, phone)
    return session.scalar(
        select(ContactPoint.id).where(ContactPoint.kind == ContactKind.PHONE, ContactPoint.address_index == index)
    )


def tie(session: Session, thread: Thread, contact: ContactPoint, phone_id: UUID, at: datetime) -> None:
    """The account is the phone's: who is reached there is the one who writes here. `contact`: the thread's, locked."""
    if phone_id == contact.same_as:
        return
    contact.same_as = phone_id
    if contact.stopped_at is not None:
        stop(session, contact, contact.stopped_at)
    audit.record(session, at, audit.Actor("thread", str(thread.id)), "contact.same_as",
                 f"contact:{contact.id}", commune_code=thread.commune_code,
                 after={"same_as": str(phone_id)})  # fmt: skip
