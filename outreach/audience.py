"""Who a step goes to, over which phone, and who cannot be reached and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from language.phones import PhoneKind, phone_kind
from outreach.reasons import Reason
from outreach.sql_types import AnyRow, AnySelect
from outreach.survey_state import has_answered
from roster.commune import Commune
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Entitlement, Gender, Person

AT_ONCE = 1000

type Links = Sequence[AnyRow]


@dataclass(frozen=True)
class Audience:
    """Whom a step is meant for; empty means no limit. Commune codes, and keys of categories."""

    communes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """From `step.audience`."""
        return cls(tuple(stored.get("communes") or ()), tuple(stored.get("categories") or ()))

    def as_json(self) -> dict[str, list[str]]:
        """As `step.audience` keeps it."""
        return {"communes": list(self.communes), "categories": list(self.categories)}

    def conditions(self) -> list[ColumnElement[bool]]:
        """SQL on Person."""
        found: list[ColumnElement[bool]] = []
        if self.communes:
            found.append(Person.commune_code.in_(self.communes))
        if self.categories:
            held = exists().where(Entitlement.person_id == Person.id, Entitlement.category.in_(self.categories))
            found.append(held)
        return found


@dataclass(frozen=True)
class Phone:
    """A mobile phone by which a person can be written to. `confirmed`: it was confirmed as the holder's."""

    contact_id: UUID
    holder: Holder
    confirmed: bool


@dataclass(frozen=True)
class Member:
    """One person of an audience: reachable over `phone`, or not, for `unreachable`."""

    person_id: UUID
    reference: str
    full_name: str
    birth_date: date | None
    birth_year: int | None
    gender: Gender | None
    commune_code: str
    commune_name: str
    phone: Phone | None = None
    unreachable: Reason | None = None


def members(session: Session, campaign_id: int, audience: Audience) -> Iterator[list[Member]]:
    """Everybody of `audience` who has not answered, in batches of at most AT_ONCE; memory does not grow with it.

    The dead, the paused and those who cannot be reached are there too, with the reason.
    """
    wanted = select_people().where(*audience.conditions(), ~has_answered(Person.id, campaign_id))
    for people in in_batches(session, wanted):
        yield with_phones(session, people)


def in_batches(session: Session, people: AnySelect) -> Iterator[Sequence[AnyRow]]:
    """The rows of `people` (made from `select_people`), at most AT_ONCE at a time."""
    last: UUID | None = None
    while rows := session.execute(_after(people, last)).all():
        last = rows[-1].id
        yield rows


def select_people() -> AnySelect:
    """What `with_phones` needs to know of a person."""
    return select(
        Person.id,
        Person.reference,
        Person.full_name,
        Person.birth_date,
        Person.birth_year,
        Person.gender,
        Person.commune_code,
        Person.deceased_at,
        Person.paused_at,
        Commune.name.label("commune_name"),
    ).join(Commune, Commune.code == Person.commune_code)


def with_phones(session: Session, people: Sequence[AnyRow]) -> list[Member]:
    """The people (rows of `select_people`), each with the phone to write to or the reason why there is none."""
    links = _links(session, [person.id for person in people])
    return [_member(person, *_reach(person, links[person.id])) for person in people]


def is_mobile(kind: ContactKind, address: str) -> bool:
    """Whether SMS can reach a contact point."""
    return kind is ContactKind.PHONE and phone_kind(address) is PhoneKind.MOBILE


def _after(wanted: AnySelect, last: UUID | None) -> AnySelect:
    later = wanted if last is None else wanted.where(Person.id > last)
    return later.order_by(Person.id).limit(AT_ONCE)


def _links(session: Session, persons: Sequence[UUID]) -> dict[UUID, list[AnyRow]]:
    found: dict[UUID, list[AnyRow]] = defaultdict(list)
    linked = (
        select(
            PersonContact.person_id,
            PersonContact.contact_id,
            PersonContact.holder,
            PersonContact.confirmed_at,
            ContactPoint.kind,
            ContactPoint.address,
            ContactPoint.stopped_at,
        )
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(
            PersonContact.person_id.in_(persons),
            PersonContact.unlinked_at.is_(None),
            ContactPoint.kind == ContactKind.PHONE,
        )
        .order_by(PersonContact.rank, PersonContact.contact_id)
    )
    for link in session.execute(linked):
        found[link.person_id].append(link)
    return found


def _member(person: AnyRow, phone: Phone | None, unreachable: Reason | None) -> Member:
    return Member(
        person_id=person.id,
        reference=person.reference,
        full_name=person.full_name,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        gender=person.gender,
        commune_code=person.commune_code,
        commune_name=person.commune_name,
        phone=phone,
        unreachable=unreachable,
    )


def _reach(person: AnyRow, links: Links) -> tuple[Phone | None, Reason | None]:
    """The first phone in the roster's order that can be written to; else what stands in the way."""
    if person.deceased_at is not None:
        return None, Reason.DECEASED
    if person.paused_at is not None:
        return None, Reason.PAUSED
    if not links:
        return None, Reason.NO_PHONE
    if any(link.stopped_at is not None and link.holder is Holder.SELF for link in links):
        return None, Reason.STOPPED  # whoever says stop on a phone of one's own is not written to over another's
    mobiles = [link for link in links if is_mobile(link.kind, link.address)]
    for link in mobiles:
        if link.stopped_at is None:
            return Phone(link.contact_id, link.holder, link.confirmed_at is not None), None
    return None, Reason.STOPPED if mobiles else Reason.NO_MOBILE
