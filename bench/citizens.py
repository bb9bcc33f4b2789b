"""Citizens for the load: each with a thread of its own and a whole survey to say, a question and a correction in it."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.actions.choices import choices_for
from conversations.thread import Channel, InboundMessage, Owner, Thread
from core.clock import now
from core.database import transaction
from core.encryption import blind_index
from language.codes import new_code
from language.text import fold_name
from roster.campaign import AccountDetails, Campaign, CampaignState
from roster.claim import Claim, ClaimState
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Gender, Person
from roster.survey.questions import Question

COMMUNE = "00118"
NAME = "Nguyễn Thị Hoa"
SCRIPT: tuple[tuple[Question | None, str], ...] = (
    (None, "co"),
    (Question.CONSENT, "dong y"),
    (Question.RESPONDENT, "chính tôi"),
    (Question.WANTS_ACCOUNT, "co mat phi gi khong chau"),
    (Question.WANTS_ACCOUNT, "nhận qua tài khoản"),
    (Question.HAS_ACCOUNT, "co roi"),
    (Question.BANK, "vietcombank"),
    (Question.ACCOUNT_NUMBER, "0011 0041 2345 7"),
    (Question.HOLDER_NAME, "nguyen thi hoa"),
    (Question.CONFIRM, "nhầm, số cuối là 8"),
    (Question.CONFIRM, "dung roi"),
)
"""What is open, and what is said to it. Ends in a declared claim of group A with the corrected number."""
DECLARED_NUMBER = "0011004123458"

_phones = itertools.count(910_000_000)


@dataclass(frozen=True)
class Turn:
    """One call to the relay, as the worker would make it."""

    thread_id: UUID
    message_id: int
    text: str
    asked: dict[str, Any]

    def as_call(self) -> dict[str, Any]:
        """The call's body."""
        metadata = {**self.asked, "message_id": self.message_id, "payload": None, "media": None, "secret": False}
        return {
            "sender": str(self.thread_id),
            "message_id": self.message_id,
            "text": self.text,
            "metadata": metadata,
        }


def open_campaign() -> None:
    """A running campaign that takes account details by chat."""
    with transaction() as session:
        session.add(
            Campaign(
                name="Đo tốc độ",
                account_details=AccountDetails.CHAT,
                deadline=date.today() + timedelta(days=60),
                facts={},
                state=CampaignState.RUNNING,
                created_at=now(),
            )
        )


def conversations(count: int) -> list[list[Turn]]:
    """The turns of `count` new citizens, each citizen's in order, their words already taken in."""
    with transaction() as session:
        threads = [_thread(session) for _ in range(count)]
        return [_turns(session, thread) for thread in threads]


def declared() -> int:
    """How many citizens have declared exactly what they said."""
    with transaction() as session:
        claims = session.scalars(select(Claim).where(Claim.state == ClaimState.DECLARED))
        return sum(claim.account_number == DECLARED_NUMBER for claim in claims)


def threads_made() -> int:
    """How many citizens there are."""
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(Thread)) or 0


def asked_before(at: int) -> dict[str, Any]:
    """What is open when the script's line `at` is said, as the relay tells it."""
    question = SCRIPT[at][0]
    answered = dict.fromkeys(one.value for one, _ in SCRIPT[:at] if one is not None and one is not question)
    return {
        "open_question": question.value if question else None,
        "choices": choices_for(question, 0) if question else [],
        "answered": list(answered),
    }


def _thread(session: Session) -> UUID:
    person = Person(
        id=uuid4(),
        reference=new_code(secrets.randbelow),
        full_name=NAME,
        folded_name=fold_name(NAME),
        birth_year=1948,
        gender=Gender.FEMALE,
        commune_code=COMMUNE,
        created_at=now(),
    )
    phone = f"0{next(_phones)}"
    contact = ContactPoint(
        id=uuid4(),
        kind=ContactKind.PHONE,
        address=phone,
        address_index=blind_index("phone", phone),
        created_at=now(),
    )
    session.add_all([person, contact])
    session.flush()
    link = PersonContact(person_id=person.id, contact_id=contact.id, commune_code=COMMUNE, holder=Holder.SELF)
    thread = Thread(
        id=uuid4(),
        channel=Channel.SMS,
        contact_id=contact.id,
        person_id=person.id,
        commune_code=COMMUNE,
        owner=Owner.BOT,
        codes_tried=0,
        created_at=now(),
    )
    session.add_all([link, thread])
    session.flush()
    return thread.id


def _turns(session: Session, thread_id: UUID) -> list[Turn]:
    words = [
        InboundMessage(
            channel=Channel.SMS,
            provider_message_id=uuid4().hex,
            thread_id=thread_id,
            commune_code=COMMUNE,
            text=text,
            received_at=now(),
        )
        for _, text in SCRIPT
    ]
    session.add_all(words)
    session.flush()
    return [Turn(thread_id, word.id, word.text, asked_before(at)) for at, word in enumerate(words)]
