"""What the installation keeps of a citizen's talk, and all that it keeps: read as a test needs it, secrets opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from cryptography.fernet import InvalidToken
from psycopg import sql
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.components.event_cipher import EventCipher
from conversations.attachment import Attachment, AttachmentState
from conversations.escalation import Escalation
from conversations.thread import Channel, InboundMessage, Thread
from core.clock import now
from core.database import transaction
from core.encryption import blind_index, decrypt
from outreach.channels.registry import account_for
from outreach.message import Message, MessageKind, MessageState
from roster.claim import Claim
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.person import Person
from roster.survey.draft import Draft
from tests.e2e.town import Phone, wait_for

_FERNET = b"gAAAA"


@dataclass(frozen=True)
class Talk:
    """One citizen's talk by SMS, as the database has it. `phone`: the handset that it is led on."""

    phone: Phone

    def thread(self) -> Thread:
        """The talk's thread."""
        with transaction() as session:
            return thread_of(session, self.phone.number)

    def draft(self) -> Draft:
        """The newest survey of the talk."""
        with transaction() as session:
            drafts = select(Draft).where(Draft.thread_id == thread_of(session, self.phone.number).id)
            return session.scalars(drafts.order_by(Draft.started_at.desc())).first() or _none("draft")

    def words(self) -> list[InboundMessage]:
        """Everything the citizen said, oldest first."""
        with transaction() as session:
            words = select(InboundMessage).join(Thread, Thread.id == InboundMessage.thread_id)
            mine = words.where(
                Thread.channel == Channel.SMS, Thread.contact_id == contact_id_of(session, self.phone.number)
            )
            return list(session.scalars(mine.order_by(InboundMessage.id)))

    def answers_to(self, word: InboundMessage) -> list[Message]:
        """What went into the ledger as an answer to `word`."""
        with transaction() as session:
            return list(session.scalars(select(Message).where(Message.reply_to == word.id).order_by(Message.ordinal)))

    def escalations(self) -> list[Escalation]:
        """What officers have or had to do about this talk."""
        with transaction() as session:
            mine = select(Escalation).where(Escalation.thread_id == thread_of(session, self.phone.number).id)
            return list(session.scalars(mine))

    def write(self, text: str) -> InboundMessage:
        """Say `text`; gives it as it was taken in."""
        before = len(self.words())
        self.phone.write(text)
        return wait_for(f"{text!r} to be taken in", lambda: self.words()[before:])[0]

    def wait_until_handled(self, word: InboundMessage, seconds: float = 45) -> InboundMessage:
        """Wait until the bot or an officer has `word` behind them."""
        return wait_for("a word to be handled", lambda: next((w for w in self.words() if _is(w, word)), None), seconds)

    def answer_to(self, word: InboundMessage, seconds: float = 45) -> str:
        """The one answer to `word`, once it has come to the phone."""
        self.wait_until_handled(word, seconds)
        [answer] = self.answers_to(word)
        wait_for("the answer on the phone", lambda: answer.body in self.phone.inbox())
        return answer.body


def _is(seen: InboundMessage, word: InboundMessage) -> bool:
    return seen.id == word.id and seen.handled_at is not None


def thread_of(session: Session, number: str) -> Thread:
    """The thread of the SMS with `number` (0…)."""
    found = select(Thread).where(Thread.channel == Channel.SMS, Thread.contact_id == contact_id_of(session, number))
    return session.scalars(found).one()


def contact_id_of(session: Session, number: str) -> UUID:
    """The contact point of the phone with `number` (0…)."""
    index = blind_index(ContactKind.PHONE.value, number)
    return session.scalars(select(ContactPoint.id).where(ContactPoint.address_index == index)).one()


def _none(what: str) -> Any:
    raise AssertionError(f"there is no {what}")


def everything_kept(database: str) -> str:
    """Every value of every table, what is encrypted opened with the installation's keys."""
    with psycopg.connect(database) as owner:
        return "\n".join(_opened(value) for value in _values(owner, ("public", "rasa")))


def raw_bytes_of_rasa(database: str) -> bytes:
    """Every value of Rasa's own tables as somebody without the keys would find it."""
    with psycopg.connect(database) as owner:
        return b"\n".join(_raw(value) for value in _values(owner, ("rasa",)))


def _values(owner: psycopg.Connection, schemas: tuple[str, ...]) -> list[Any]:
    tables = owner.execute(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_schema = ANY(%s) AND table_type = 'BASE TABLE'",
        [list(schemas)],
    ).fetchall()
    rows = [
        row for table in tables for row in owner.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(*table)))
    ]
    return [value for row in rows for value in row]


def _raw(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _opened(value: Any) -> str:
    if not isinstance(value, bytes | memoryview) or not bytes(value).startswith(_FERNET):
        return repr(value)
    try:
        return decrypt(bytes(value))
    except (UnicodeDecodeError, InvalidToken):
        return repr(EventCipher.from_environment().open(bytes(value)))


def claims_of(person: Person) -> list[Claim]:
    with transaction() as session:
        return list(session.scalars(select(Claim).where(Claim.person_id == person.id)))


def kept_attachment(message_id: int) -> Attachment | None:
    with transaction() as session:
        return session.scalars(
            select(Attachment).where(Attachment.message_id == message_id, Attachment.state == AttachmentState.KEPT)
        ).one_or_none()


def nothing_is_on_its_way() -> bool:
    with transaction() as session:
        states = set(session.scalars(select(Message.state).where(Message.kind == MessageKind.WAVE)))
    return MessageState.DELIVERED in states and not states & {MessageState.PLANNED, MessageState.CLAIMED}


def people_reached() -> set[UUID | None]:
    with transaction() as session:
        came = Message.state.in_((MessageState.ACCEPTED, MessageState.DELIVERED))
        return set(session.scalars(select(Message.person_id).where(Message.kind == MessageKind.WAVE, came)))


def invite_too(person: Person, talk: Talk) -> None:
    """Have `person` invited on the phone of `talk` as well."""
    with transaction() as session:
        here = Message.contact_id == contact_id_of(session, talk.phone.number)
        wave = session.scalars(select(Message).where(Message.kind == MessageKind.WAVE, here)).one()
        session.add(PersonContact(person_id=person.id, contact_id=wave.contact_id, commune_code=person.commune_code))
        account = account_for(wave.channel)
        session.add(
            Message(
                kind=MessageKind.WAVE,
                campaign_id=wave.campaign_id,
                person_id=person.id,
                commune_code=person.commune_code,
                contact_id=wave.contact_id,
                channel=wave.channel,
                account=account.name,
                provider=account.provider,
                body="Thư mời",
                segments=1,
                state=MessageState.DELIVERED,
                created_at=now(),
                changed_at=now(),
            )
        )
