"""Citizens who talk with the dialogue: their words go in as from a channel, what they hear is read in the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4

from sqlalchemy import select

from conversations.answering import answer
from conversations.escalation import Escalation
from conversations.events import Event
from conversations.inbound import CONTACT_KIND, Word, take_in
from conversations.thread import Channel, InboundMessage, Owner, Thread
from core.clock import now
from core.database import transaction
from core.encryption import blind_index
from outreach.message import Message, MessageKind, MessageState
from roster.claim import Claim
from roster.contact import ContactPoint, PersonContact
from roster.person import Person
from roster.survey.draft import Draft
from roster.survey.drafts import latest_draft
from tests.bot.rasa_part import RasaPart
from tests.console.ward import Citizen


@dataclass(frozen=True)
class Heard:
    """One reply: its text, and the titles of its choices where they are on buttons."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass
class Talk:
    """One citizen at one address of a channel."""

    rasa: RasaPart
    channel: Channel
    address: str

    def say(
        self,
        text: str = "",
        *labels: str,
        payload: str | None = None,
        event: Event | None = None,
        shared_phone: str | None = None,
    ) -> Heard:
        """Say something (classified as `labels`, where the test cares) and hear the reply; Heard("") is silence."""
        if labels:
            self.rasa.hears(text, *labels)
        word = Word(
            self.channel, self.address, uuid4().hex, text, payload=payload, event=event, shared_phone=shared_phone
        )
        with transaction() as session:
            assert take_in(session, word, now())
        answer(str(self.thread_id))
        with transaction() as session:
            taken = session.scalars(
                select(InboundMessage).where(InboundMessage.provider_message_id == word.provider_message_id)
            ).one()
            assert taken.handled_at is not None, "the turn failed"
            replies = session.scalars(
                select(Message).where(Message.reply_to == taken.id).order_by(Message.ordinal)
            ).all()
        offered = json.loads(replies[-1].choices or "[]") if replies else []
        return Heard("\n".join(reply.body or "" for reply in replies), tuple(choice["title"] for choice in offered))

    def converse(self, *texts: str) -> str:
        """Say one thing after the other; the last reply's text."""
        return [self.say(text).text for text in texts][-1]

    @cached_property
    def thread_id(self) -> UUID:
        index = blind_index(CONTACT_KIND[self.channel].value, self.address)
        with transaction() as session:
            return session.scalars(
                select(Thread.id)
                .join(ContactPoint, ContactPoint.id == Thread.contact_id)
                .where(Thread.channel == self.channel, ContactPoint.address_index == index)
            ).one()

    def thread(self) -> Thread:
        with transaction() as session:
            return session.get_one(Thread, self.thread_id)

    def draft(self) -> Draft:
        with transaction() as session:
            draft = latest_draft(session, self.thread_id)
            assert draft is not None
            return draft

    def escalations(self) -> list[Escalation]:
        with transaction() as session:
            return list(session.scalars(select(Escalation).where(Escalation.thread_id == self.thread_id)))

    def owner(self) -> Owner:
        return self.thread().owner

    def claims(self) -> list[Claim]:
        """The claims of this thread in the order of their declaration."""
        with transaction() as session:
            return list(
                session.scalars(
                    select(Claim)
                    .join(Draft, Draft.id == Claim.draft_id)
                    .where(Draft.thread_id == self.thread_id)
                    .order_by(Claim.declared_at)
                )
            )


def invite(person: Citizen, campaign_id: int, on: Citizen | None = None) -> None:
    """Have `person` invited by SMS, on the own phone or on somebody else's."""
    contact_id = (on or person).contact_id
    with transaction() as session:
        if on is not None:
            session.add(PersonContact(person_id=person.person_id, contact_id=contact_id, commune_code=_commune(person)))
        session.add(
            Message(
                kind=MessageKind.WAVE,
                campaign_id=campaign_id,
                person_id=person.person_id,
                commune_code=_commune(person),
                contact_id=contact_id,
                channel="sms",
                account="twilio",
                provider="twilio",
                body="Thư mời",
                segments=1,
                state=MessageState.DELIVERED,
                created_at=now(),
                changed_at=now(),
            )
        )


def _commune(person: Citizen) -> str:
    with transaction() as session:
        return session.get_one(Person, person.person_id).commune_code
