"""Taking a word in: once, its secrets masked, with the job that answers it, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, bindparam, select
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

_IS_CONTACT = and_(ContactPoint.kind == bindparam("kind"), ContactPoint.address_index == bindparam("index"))
_OF_CHANNEL = Thread.channel == bindparam("channel")
_CONTACT = select(ContactPoint.id).where(_IS_CONTACT)
_THREAD = select(Thread.id).where(_OF_CHANNEL, Thread.contact_id == bindparam("contact"))
_CONTACT_AND_THREAD = (
    select(ContactPoint.id, Thread.id)
    .outerjoin(Thread, and_(Thread.contact_id == ContactPoint.id, _OF_CHANNEL))
    .where(_IS_CONTACT)
)
"""Every word asks this: statements made once, and one question where two would do."""


@dataclass(frozen=True)
class Word:
    """One message as a channel's webhook hands it on.

    address: whom it came from (0… phone, user id, session id). payload: a pressed button's. event: what came besides,
    or instead of, words. media: how the provider hands out a picture, recording or file; uploaded: the same, brought
    along. shared_phone (0… form): shared by the channel's own button or form; the event says what that proves.
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
    taken = insert_once(
        session,
        InboundMessage,
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
    if not taken:
        return False
    if word.media is not None or word.uploaded is not None:
        note_attachment(session, word.channel, word.provider_message_id, word.media, word.uploaded, at)
    defer(session, ANSWER, lock=f"thread:{thread_id}", queue=ANSWER_QUEUE, thread_id=str(thread_id))
    return True


def contact_for(session: Session, kind: ContactKind, address: str, at: datetime) -> UUID:
    """The contact point of `address` (phones in 0… form), made if new; the public door may call it."""
    wanted = {"kind": kind, "index": blind_index(kind.value, address)}
    known = session.connection().execute(_CONTACT, wanted).scalar()
    return known or _new_contact(session, address, wanted, at)


def _thread_for(session: Session, word: Word, at: datetime) -> UUID:
    kind = CONTACT_KIND[word.channel]
    wanted = {"kind": kind, "index": blind_index(kind.value, word.address)}
    known = session.connection().execute(_CONTACT_AND_THREAD, {**wanted, "channel": word.channel}).one_or_none()
    contact_id, thread_id = known or (_new_contact(session, word.address, wanted, at), None)
    return thread_id or _new_thread(session, word.channel, contact_id, at)


def _new_contact(session: Session, address: str, wanted: dict[str, Any], at: datetime) -> UUID:
    id_, kind, index = uuid4(), wanted["kind"], wanted["index"]
    if insert_once(session, ContactPoint, id=id_, kind=kind, address=address, address_index=index, created_at=at):
        return id_
    return session.connection().execute(_CONTACT, wanted).scalar_one()  # another call came in between


def _new_thread(session: Session, channel: Channel, contact_id: UUID, at: datetime) -> UUID:
    id_ = uuid4()
    if insert_once(session, Thread, id=id_, channel=channel, contact_id=contact_id, created_at=at):
        return id_
    return session.connection().execute(_THREAD, {"channel": channel, "contact": contact_id}).scalar_one()
