"""People of an audience, or of a message, with what a text needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from outreach.reasons import Reason
from outreach.sql_types import AnyRow
from roster.commune import Commune
from roster.contact import Holder
from roster.person import Gender, Person

COLUMNS = (
    Person.id.label("person_id"),
    Person.reference,
    Person.full_name,
    Person.birth_date,
    Person.birth_year,
    Person.gender,
    Person.commune_code,
    Commune.name.label("commune_name"),
)
"""What `member_of` wants of a row; join Person and its Commune."""


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


def member_of(row: AnyRow, phone: Phone | None, unreachable: Reason | None = None) -> Member:
    """From a row with COLUMNS."""
    return Member(
        person_id=row.person_id,
        reference=row.reference,
        full_name=row.full_name,
        birth_date=row.birth_date,
        birth_year=row.birth_year,
        gender=row.gender,
        commune_code=row.commune_code,
        commune_name=row.commune_name,
        phone=phone,
        unreachable=unreachable,
    )
