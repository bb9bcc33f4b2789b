"""Invented people of two communes with claims and conversations, for the tests of the console."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from console.seed import create_staff
from conversations.escalation import Escalation, Reason
from conversations.thread import Channel, InboundMessage, Owner, Thread
from core.clock import now
from core.database import transaction
from core.encryption import blind_index
from language.codes import new_code
from language.text import fold_name
from outreach.message import Message, MessageKind, MessageState
from roster.campaign import AccountDetails, Campaign, CampaignState
from roster.claim import Claim, ClaimState
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.people import citizen_id_index
from roster.person import Entitlement, Gender, Person
from roster.survey.draft import Draft, DraftState

HERE, ELSEWHERE = "00118", "09982"
"""Codes of Phường Bồ Đề and Xã Hạ Bằng."""
PASSWORD = "mat-khau-de-thu"
_numbers = itertools.count(1)
_USUAL = {"birth_year": 1948, "gender": Gender.FEMALE, "address": "Số 12, ngõ 5", "paid_by": "Tiền mặt"}


@dataclass(frozen=True)
class Citizen:
    """A person on the roster with one phone and the thread on it."""

    person_id: UUID
    contact_id: UUID
    thread_id: UUID
    phone: str
    citizen_id: str
    reference: str


def staff(*roles: str, commune: str | None = HERE, name: str = "Cán Bộ Thử") -> tuple[int, str]:
    """A member of staff; the id and the email to sign in with (and PASSWORD). No commune: the whole city."""
    email = f"{roles[0]}{next(_numbers)}@thu.example"
    with transaction() as session:
        return create_staff(session, email, name, PASSWORD, roles, [commune] if commune else []), email


def campaign(name: str = "Đợt thử") -> int:
    """A running campaign that takes account details by chat."""
    with transaction() as session:
        made = Campaign(
            name=name,
            account_details=AccountDetails.CHAT,
            deadline=date(2027, 1, 20),
            facts={},
            state=CampaignState.RUNNING,
            created_at=now(),
        )
        session.add(made)
        session.flush()
        return made.id


def citizen(name: str = "Nguyễn Thị Hoa", commune: str = HERE, **columns: Any) -> Citizen:
    """A beneficiary with an SMS thread on a phone of her own."""
    number = next(_numbers)
    phone, citizen_id = f"09120{number:05d}", f"0011480{number:05d}"
    with transaction() as session:
        person = Person(
            reference=new_code(secrets.randbelow),
            full_name=name,
            folded_name=fold_name(name),
            citizen_id=citizen_id,
            citizen_id_index=citizen_id_index(citizen_id),
            commune_code=commune,
            created_at=now(),
            **{**_USUAL, **columns},
        )
        session.add(person)
        session.flush()
        session.add(
            Entitlement(person_id=person.id, category="social_protection", monthly_dong=1_500_000, commune_code=commune)
        )
        contact, thread = _phone(session, person, phone)
        return Citizen(person.id, contact.id, thread.id, phone, citizen_id, person.reference)


def _phone(session: Session, person: Person, phone: str) -> tuple[ContactPoint, Thread]:
    contact = ContactPoint(
        kind=ContactKind.PHONE, address=phone, address_index=blind_index("phone", phone), created_at=now()
    )
    session.add(contact)
    session.flush()
    session.add(
        PersonContact(person_id=person.id, contact_id=contact.id, commune_code=person.commune_code, holder=Holder.SELF)
    )
    thread = Thread(
        channel=Channel.SMS,
        contact_id=contact.id,
        person_id=person.id,
        commune_code=person.commune_code,
        owner=Owner.BOT,
        codes_tried=0,
        created_at=now(),
    )
    session.add(thread)
    session.flush()
    return contact, thread


def shares_the_phone(of: Citizen, other: Citizen) -> None:
    """From now on the phone of `of` serves `other` too."""
    with transaction() as session:
        session.add(
            PersonContact(
                person_id=other.person_id, contact_id=of.contact_id, commune_code=HERE, holder=Holder.RELATIVE, rank=1
            )
        )


def claim(of: Citizen, campaign_id: int, commune: str | None = HERE, **columns: Any) -> UUID:
    """A declared claim: her own account at Vietcombank under her own name, unless `columns` say otherwise."""
    answers = {"respondent": "self", "wants_account": "yes", "has_account": "own", "confirm": "yes"}
    given = {
        "person_id": of.person_id,
        "state": ClaimState.DECLARED,
        "outcome_group": "A",
        "bank": "Vietcombank",
        "account_number": "0011004123457",
        "holder_name": "NGUYEN THI HOA",
        "respondent": "self",
        "from_invited_phone": True,
        "declared_at": now() - timedelta(hours=2),
        "answers": answers,
        **columns,
    }
    given["answers"] = {**answers, **{key: given[key] for key in ("bank", "account_number", "holder_name")}}
    if given["account_number"]:
        given["account_index"] = blind_index("account", given["account_number"])
    with transaction() as session:
        draft = Draft(
            campaign_id=campaign_id,
            thread_id=of.thread_id,
            contact_id=of.contact_id,
            person_id=given["person_id"],
            commune_code=commune,
            invited=given["from_invited_phone"],
            answers=given["answers"],
            state=DraftState.DECLARED,
            consent_at=now(),
            started_at=given["declared_at"],
            last_message_at=given["declared_at"],
        )
        session.add(draft)
        session.flush()
        made = Claim(campaign_id=campaign_id, draft_id=draft.id, commune_code=commune, **given)
        session.add(made)
        session.flush()
        return made.id


def says(of: Citizen, text: str, at: datetime | None = None, commune: str | None = HERE) -> None:
    """The citizen's words, already handled."""
    with transaction() as session:
        session.add(
            InboundMessage(
                channel=Channel.SMS,
                provider_message_id=uuid4().hex,
                thread_id=of.thread_id,
                commune_code=commune,
                text=text,
                received_at=at or now(),
                handled_at=at or now(),
                handled_by=Owner.BOT,
            )
        )


def was_told(of: Citizen, text: str, at: datetime | None = None, commune: str = HERE) -> None:
    """The bot's words, delivered."""
    with transaction() as session:
        session.add(
            Message(
                kind=MessageKind.REPLY,
                person_id=of.person_id,
                commune_code=commune,
                contact_id=of.contact_id,
                thread_id=of.thread_id,
                ordinal=0,
                channel="sms",
                account="twilio",
                provider="twilio",
                body=text,
                segments=1,
                state=MessageState.DELIVERED,
                created_at=at or now(),
                changed_at=at or now(),
                accepted_at=at or now(),
            )
        )


def escalation(of: Citizen, reason: Reason = Reason.ASKED, commune: str | None = HERE, summary: str = "") -> int:
    """An open escalation on the citizen's thread, which an officer owns from now on."""
    with transaction() as session:
        thread = session.get_one(Thread, of.thread_id)
        thread.owner = Owner.OFFICER
        made = Escalation(
            thread_id=of.thread_id,
            person_id=of.person_id,
            commune_code=commune,
            reason=reason,
            summary=summary,
            opened_at=now() - timedelta(minutes=35),
        )
        session.add(made)
        session.flush()
        return made.id
