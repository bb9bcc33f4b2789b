"""An invented commune office with people, phones, a campaign and a stand-in provider, for the tests of sending."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import transaction
from core.encryption import blind_index
from language.codes import new_code
from language.phones import to_e164
from language.text import fold_name
from outreach.audience import Audience
from outreach.campaign_setup import CampaignPlan, StepPlan, plan_campaign, plan_step, steps_of
from outreach.channels.registry import accounts, adapter_for
from outreach.dispatch import run_dispatch
from outreach.ladder import climb_ladders
from outreach.message import Attempt, Message, MessageKind, MessageState
from outreach.releasing import release_step
from outreach.rolling import roll_steps
from outreach.sealing import seal_due_steps
from outreach.step import Step, StepKind
from outreach.timing import Timing
from outreach.usual_texts import USUAL_TEXTS
from outreach.wave_run import Sent
from roster.campaign import Campaign
from roster.claim import Claim, ClaimState
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Entitlement, Gender, Person
from roster.survey.draft import Draft, DraftState
from tests.environment import TestClock
from tests.simulator.customer import StandIn

FACTS = {"phone": "024 3834 0000", "office": "trụ sở UBND phường", "hours": "8h-17h", "payday": "5"}
PLANNER, RELEASER = 1, 2
COMMUNE = "00199"
OTHER_COMMUNE = "00175"

_phones = itertools.count(912_000_000)


def new_phone() -> str:
    """A mobile number that no test has used yet, in 0… form."""
    return f"0{next(_phones)}"


@dataclass
class Office:
    """Builds what a test is about and looks at what became of it. `stand_in` is the provider."""

    clock: TestClock
    stand_in: StandIn
    campaign_id: int = 0
    steps: dict[StepKind, int] = field(default_factory=dict)

    # --- building ------------------------------------------------------------------------------------------------

    def person(
        self,
        *phones: str,
        name: str = "Nguyễn Thị Hoa",
        holder: Holder = Holder.UNKNOWN,
        confirmed: bool = False,
        commune: str = COMMUNE,
        category: str = "social_protection",
    ) -> UUID:
        """A beneficiary born in 1948, with these phones in this order."""
        with transaction() as session:
            person = Person(
                reference=new_code(secrets.randbelow),
                full_name=name,
                folded_name=fold_name(name),
                birth_year=1948,
                gender=Gender.FEMALE,
                commune_code=commune,
                created_at=self.clock.now(),
            )
            session.add(person)
            session.flush()
            session.add(Entitlement(person_id=person.id, category=category, commune_code=commune))
            for rank, phone in enumerate(phones):
                link = PersonContact(
                    person_id=person.id,
                    contact_id=self._contact(session, phone).id,
                    commune_code=commune,
                    holder=holder,
                    rank=rank,
                    confirmed_at=self.clock.now() if confirmed else None,
                )
                session.add(link)
            return person.id

    def contact(self, phone: str) -> UUID:
        """The contact point of a phone, made if new."""
        with transaction() as session:
            return self._contact(session, phone).id

    def _contact(self, session: Session, phone: str) -> ContactPoint:
        index = blind_index("phone", phone)
        found = session.scalars(select(ContactPoint).where(ContactPoint.address_index == index)).one_or_none()
        if found is None:
            found = ContactPoint(
                kind=ContactKind.PHONE, address=phone, address_index=index, created_at=self.clock.now()
            )
            session.add(found)
            session.flush()
        return found

    def campaign(self, *, audience: Audience | None = None, released: bool = True, **changes: Any) -> int:
        """A campaign whose invitation and reminder are due now, released by a second person. `changes`: of the plan."""
        with transaction() as session:
            fields: dict[str, Any] = {
                "name": "Đợt thử",
                "deadline": date(2027, 1, 20),
                "due_at": self.clock.now(),
                "facts": FACTS,
                "audience": audience or Audience(),
            }
            plan = CampaignPlan(**{**fields, **changes})
            self.campaign_id = plan_campaign(session, plan, PLANNER, self.clock.now()).id
            for step in steps_of(session, self.campaign_id):
                self.steps[step.kind] = step.id
                if released:
                    release_step(session, step.id, RELEASER, self.clock.now())
            return self.campaign_id

    def step_besides(
        self, kind: StepKind, timing: Timing, *, audience: Audience | None = None, template: str | None = None
    ) -> int:
        """A further released step of the campaign."""
        plan = StepPlan(kind, template or USUAL_TEXTS[kind], timing, audience or Audience())
        with transaction() as session:
            step = plan_step(session, self.campaign_id, plan, PLANNER, self.clock.now())
            release_step(session, step.id, RELEASER, self.clock.now())
            self.steps[kind] = step.id
            return step.id

    def roll(self) -> int:
        """Give rows to those whose own moment has come."""
        with transaction() as session:
            return roll_steps(session, self.clock.now())

    def claim(self, person: UUID, phone: str, state: ClaimState, *, account: bool = True) -> None:
        """The person's survey, which has come so far; with an account of the own unless told otherwise."""
        self.declare(person, self.draft(person, phone, idle=timedelta(days=9), state=DraftState.DECLARED))
        with transaction() as session:
            made = session.scalars(
                select(Claim).where(Claim.person_id == person, Claim.campaign_id == self.campaign_id)
            ).one()
            made.state, made.account_index = state, uuid4().bytes if account else None

    def draft(self, person: UUID | None, phone: str, *, idle: timedelta, state: DraftState = DraftState.OPEN) -> UUID:
        """A survey that the person began, with its last word `idle` ago."""
        with transaction() as session:
            last = self.clock.now() - idle
            draft = Draft(
                campaign_id=self.campaign_id,
                thread_id=uuid4(),
                contact_id=self._contact(session, phone).id,
                person_id=person,
                commune_code=COMMUNE,
                invited=True,
                answers={},
                state=state,
                started_at=last,
                last_message_at=last,
            )
            session.add(draft)
            session.flush()
            return draft.id

    def declare(self, person: UUID, draft: UUID) -> None:
        """The person's survey is declared."""
        with transaction() as session:
            session.get_one(Draft, draft).state = DraftState.DECLARED
            session.add(
                Claim(
                    campaign_id=self.campaign_id,
                    draft_id=draft,
                    person_id=person,
                    commune_code=COMMUNE,
                    outcome_group="D",
                    answers={},
                    respondent="self",
                    from_invited_phone=True,
                    declared_at=self.clock.now(),
                )
            )

    def reply(
        self,
        phone: str,
        body: str,
        *,
        reply_to: int | None,
        ordinal: int = 0,
        kind: MessageKind = MessageKind.REPLY,
        created_at: datetime | None = None,
    ) -> int:
        """A row of the ledger as the conversations room writes it."""
        with transaction() as session:
            message = Message(
                kind=kind,
                contact_id=self._contact(session, phone).id,
                thread_id=None,
                reply_to=reply_to,
                ordinal=ordinal,
                channel="sms",
                account="twilio",
                provider="twilio",
                body=body,
                segments=1,
                state=MessageState.PLANNED,
                created_at=created_at or self.clock.now(),
                changed_at=created_at or self.clock.now(),
            )
            session.add(message)
            session.flush()
            return message.id

    # --- what happens --------------------------------------------------------------------------------------------

    def stop(self, phone: str) -> None:
        with transaction() as session:
            self._contact(session, phone).stopped_at = self.clock.now()

    def change_person(self, person: UUID, **fields: object) -> None:
        with transaction() as session:
            row = session.get_one(Person, person)
            for name, value in fields.items():
                setattr(row, name, value)

    def unlink(self, person: UUID) -> None:
        """Somebody said "wrong number"."""
        with transaction() as session:
            for link in session.scalars(select(PersonContact).where(PersonContact.person_id == person)):
                link.unlinked_at = self.clock.now()

    def change_campaign(self, **fields: object) -> None:
        with transaction() as session:
            row = session.get_one(Campaign, self.campaign_id)
            for name, value in fields.items():
                setattr(row, name, value)

    def seal(self) -> int:
        with transaction() as session:
            return seal_due_steps(session, self.clock.now())

    def send(self, account: str = "twilio") -> Sent:
        """What a dispatch job does, without its rests."""
        return run_dispatch(accounts()[account], adapter_for(account), sleep=lambda seconds: None)

    def climb(self) -> int:
        """What the tick of the ladders does."""
        with transaction() as session:
            return climb_ladders(session, self.clock.now())

    def hear(self, phone: str) -> None:
        """A word has come from the phone."""
        with transaction() as session:
            self._contact(session, phone).heard_at = self.clock.now()

    # --- looking -------------------------------------------------------------------------------------------------

    def text_of(self, person: UUID, kind: StepKind = StepKind.INVITATION) -> str:
        """The text of the person's message, which must have been made."""
        body = self.message_of(person, kind).body
        assert body is not None
        return body

    def message_of(self, person: UUID, kind: StepKind = StepKind.INVITATION) -> Message:
        [message] = self.messages_of(person, kind)
        return message

    def messages_of(self, person: UUID, kind: StepKind = StepKind.INVITATION) -> list[Message]:
        """On every rung of the step's ladder, the first first."""
        with transaction() as session:
            wanted = select(Message).where(Message.person_id == person, Message.step_id == self.steps[kind])
            return list(session.scalars(wanted.order_by(Message.rung)))

    def message(self, message_id: int) -> Message:
        with transaction() as session:
            return session.get_one(Message, message_id)

    def attempts(self, message_id: int) -> list[Attempt]:
        with transaction() as session:
            wanted = select(Attempt).where(Attempt.message_id == message_id).order_by(Attempt.id)
            return list(session.scalars(wanted))

    def step(self, kind: StepKind = StepKind.INVITATION) -> Step:
        with transaction() as session:
            return session.get_one(Step, self.steps[kind])

    def texts_to(self, phone: str) -> list[str]:
        """What the provider took for a phone, by its own log."""
        return [message["text"] for message in self.stand_in.messages(to_e164(phone))]
