"""Taking a word in: once, its secrets masked, with the job that answers it, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from conversations.attachments import note_attachment
from conversations.events import Event
from conversations.thread import Channel, InboundMessage, Thread
from core.encryption import blind_index
from core.inserting import insert_once
from core.jobs import defer
from language.secrets_guard import find_secrets, mask_secrets
from language.text import nfc
from outreach.channels.provider import Media
from roster.contact import ContactKind, ContactPoint

ANSWER = "conversations.answer"
ANSWER_QUEUE = "answers"

CONTACT_KIND = {
    Channel.SMS: ContactKind.PHONE,
    Channel.ZALO: ContactKind.ZALO,
    Channel.TELEGRAM: ContactKind.TELEGRAM,
    Channel.WEB: ContactKind.WEB,
}
LONGEST_TEXT = 4096


@dataclass(frozen=True)
class Word:
    """One message as a channel's webhook hands it on.

    address: whom it came from (0… phone, user id, session id). payload: a pressed button's. event: what came besides,
    or instead of, words. media: how the provider hands out a picture, recording or file; uploaded: the same, brought
    along. shared_phone (0… form): shared by the channel's own button, which proves whose it is.
    """

    channel: Channel
    address: str
    provider_message_id: str
    text: str
    payload: str | None = None
    event: Event | None = None
    media: str | None = None
    uploaded: Media | None = None
    shared_phone: str | None = None


def take_in(session: Session, word: Word, at: datetime) -> bool:
    """Insert `word` once and defer its answer; False when it had come before."""
    thread_id = _thread_for(session, word, at)
    text = nfc(word.text)[:LONGEST_TEXT]
    secret = bool(find_secrets(text))
    row = insert(InboundMessage).values(
        channel=word.channel,
        provider_message_id=word.provider_message_id,
        thread_id=thread_id,
        text=mask_secrets(text) if secret else text,
        payload=word.payload,
        media=word.event,
        shared_phone=word.shared_phone,
        secret=secret,
        received_at=at,
    )
    if not insert_once(session, row):
        return False
    if word.media is not None or word.uploaded is not None:
        note_attachment(session, word.channel, word.provider_message_id, word.media, word.uploaded, at)
    defer(session, ANSWER, lock=f"thread:{thread_id}", queue=ANSWER_QUEUE, thread_id=str(thread_id))
    return True


def contact_for(session: Session, kind: ContactKind, address: str, at: datetime) -> UUID:
    """The contact point of `address` (phones in 0… form), made if new; the public door may call it."""
    index = blind_index(kind.value, address)
    known = session.scalar(
        select(ContactPoint.id).where(ContactPoint.kind == kind, ContactPoint.address_index == index)
    )
    return known or _insert_or_find_contact(session, kind, address, index, at)


def _thread_for(session: Session, word: Word, at: datetime) -> UUID:
    contact_id = contact_for(session, CONTACT_KIND[word.channel], word.address, at)
    return _insert_or_find_thread(session, word.channel, contact_id, at)


def _insert_or_find_contact(session: Session, kind: ContactKind, address: str, index: bytes, at: datetime) -> UUID:
    row = insert(ContactPoint).values(id=uuid4(), kind=kind, address=address, address_index=index, created_at=at)
    session.execute(row.on_conflict_do_nothing(index_elements=["kind", "address_index"]))
    return session.scalars(
        select(ContactPoint.id).where(ContactPoint.kind == kind, ContactPoint.address_index == index)
    ).one()


def _insert_or_find_thread(session: Session, channel: Channel, contact_id: UUID, at: datetime) -> UUID:
    found = session.scalar(select(Thread.id).where(Thread.channel == channel, Thread.contact_id == contact_id))
    if found is not None:
        return found
    row = insert(Thread).values(
        id=uuid4(), channel=channel, contact_id=contact_id, owner="bot", codes_tried=0, created_at=at
    )
    session.execute(row.on_conflict_do_nothing(index_elements=["channel", "contact_id"]))
    return session.scalars(select(Thread.id).where(Thread.channel == channel, Thread.contact_id == contact_id)).one()
