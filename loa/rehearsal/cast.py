"""The roster of a rehearsal: a person of its own for every citizen, and the campaign that invites them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from core.encryption import blind_index
from language.codes import group_code, new_code
from language.text import fold, fold_name, nfc
from loa.rehearsal.citizen import DEFAULT_WARD, Channel, Citizen, PersonCard
from outreach.audience import Audience
from outreach.campaign_setup import CampaignPlan, plan_campaign, steps_of
from outreach.channels.registry import account_for
from outreach.message import Message, MessageKind, MessageState
from outreach.releasing import release_step
from roster.campaign import AccountDetails, Campaign, CampaignState
from roster.commune import Commune
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Entitlement, Gender, Person
from roster.survey.questions import Question

PLANNER, RELEASER = 1, 2
FACTS = {
    "phone": "024 3852 0000",
    "office": "bộ phận một cửa, trụ sở UBND",
    "hours": "8:00-11:30 và 13:30-17:00, thứ hai đến thứ sáu",
    "payday": "từ ngày 5 đến ngày 10 hằng tháng",
    "documents": "căn cước công dân",
    "opening_place": "trụ sở UBND",
}
_KINDS_OF_COMMUNE = ("", "phuong ", "xa ")


@dataclass(frozen=True)
class Player:
    """A citizen with its place on the roster. `address`: the phone in its 0… form, or the chat's session."""

    citizen: Citizen
    person_id: UUID
    contact_id: UUID
    address: str
    reference: str
    other_reference: str

    def fill(self, text: str) -> str:
        """`text` with the person's code, or a well-formed one of nobody, for its placeholders."""
        codes = {"{reference}": self.reference, "{other_reference}": self.other_reference}
        for placeholder, code in codes.items():
            text = text.replace(placeholder, group_code(code))
        return nfc(text)


def phone_number(place: int) -> str:
    """The mobile of the citizen at `place` (0 to 999,999), in its 0… form; no two are alike."""
    return f"0912{place:06d}"


def put_on_roster(session: Session, citizen: Citizen, place: int, address: str, now: datetime) -> Player:
    """A person for `citizen`, who writes from `address`. `place`: the citizen's number in this rehearsal."""
    person = _person(session, citizen.person, now)
    session.add(person)
    kind = ContactKind.PHONE if citizen.channel is Channel.SMS else ContactKind.WEB
    contact = _link(session, person, kind, address, now)
    if citizen.channel is Channel.WEB and _roster_has_phone(citizen):
        _link(session, person, ContactKind.PHONE, phone_number(place), now)
    session.add(Entitlement(person_id=person.id, category=citizen.person.category, commune_code=person.commune_code))
    if citizen.invited and citizen.channel is Channel.SMS:
        called = _called_up(citizen.account_details)
        session.add(Entitlement(person_id=person.id, category=called, commune_code=person.commune_code))
    session.flush()
    return Player(citizen, person.id, contact.id, address, person.reference, _new_reference(session))


def start_campaign(session: Session, details: AccountDetails, now: datetime) -> Campaign:
    """A running campaign whose released invitation goes to the SMS citizens of this policy who are invited."""
    plan = CampaignPlan(
        name=f"Diễn tập ({details.value})",
        deadline=(now + timedelta(days=45)).astimezone(VIETNAM).date(),
        due_at=now,
        facts=FACTS,
        account_details=details,
        audience=Audience(categories=(_called_up(details),)),
        reminder=None,
    )
    campaign = plan_campaign(session, plan, PLANNER, now)
    for step in steps_of(session, campaign.id):
        release_step(session, step.id, RELEASER, now)
    return campaign


def close_campaign(session: Session, campaign_id: int) -> None:
    """Close the survey, so that the next policy's campaign is the one that runs."""
    session.get_one(Campaign, campaign_id).state = CampaignState.CLOSED


def invite_to_chat(session: Session, campaign_id: int, player: Player, now: datetime) -> None:
    """The ledger's row of an invitation that led to the web chat: nothing is sent there unasked."""
    account = account_for(Channel.WEB.value)
    session.add(
        Message(
            kind=MessageKind.WAVE,
            campaign_id=campaign_id,
            person_id=player.person_id,
            commune_code=session.get_one(Person, player.person_id).commune_code,
            contact_id=player.contact_id,
            channel=Channel.WEB.value,
            account=account.name,
            provider=account.provider,
            body="Thư mời",
            segments=1,
            state=MessageState.DELIVERED,
            provider_message_id=f"rehearsal:{player.address}",
            created_at=now,
            changed_at=now,
            accepted_at=now,
            delivered_at=now,
        )
    )


def unknown_wards(session: Session, citizens: Sequence[Citizen]) -> list[str]:
    """Wards that no commune bears; their people live in the default one."""
    named = {citizen.person.ward for citizen in citizens}
    return sorted(ward for ward in named if _commune_code(session, ward) is None)


def _called_up(details: AccountDetails) -> str:
    """An entitlement that only invited citizens have: the campaign's audience is limited by it."""
    return f"rehearsal_{details.value}"


def _person(session: Session, card: PersonCard, now: datetime) -> Person:
    name = nfc(card.full_name)
    code = _commune_code(session, card.ward) or _commune_code(session, DEFAULT_WARD)
    assert code is not None, "the migrations bring Hanoi's communes"
    return Person(
        id=uuid4(),
        reference=_new_reference(session),
        full_name=name,
        folded_name=fold_name(name),
        birth_year=card.birth_year,
        gender=Gender(card.gender) if card.gender else None,
        commune_code=code,
        under_guardianship=card.under_guardianship,
        created_at=now,
    )


def _commune_code(session: Session, ward: str) -> str | None:
    folded = [kind + fold(ward) for kind in _KINDS_OF_COMMUNE]
    return session.scalars(select(Commune.code).where(Commune.folded_name.in_(folded)).limit(1)).first()


def _new_reference(session: Session) -> str:
    while True:
        code = new_code(secrets.randbelow)
        if session.scalar(select(Person.id).where(Person.reference == code)) is None:
            return code


def _roster_has_phone(citizen: Citizen) -> bool:
    """A citizen whose file tells a number to call is asked for one: then the roster must know none."""
    return Question.CONTACT_PHONE.value not in citizen.answers


def _link(session: Session, person: Person, kind: ContactKind, address: str, now: datetime) -> ContactPoint:
    contact = ContactPoint(
        id=uuid4(), kind=kind, address=address, address_index=blind_index(kind.value, address), created_at=now
    )
    session.add(contact)
    session.flush()
    link = PersonContact(
        person_id=person.id, contact_id=contact.id, commune_code=person.commune_code, holder=Holder.UNKNOWN
    )
    session.add(link)
    return contact
