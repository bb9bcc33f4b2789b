"""Finding people on the roster, and what follows from a person's age."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.database import ALL_COMMUNES
from core.encryption import blind_index
from language.codes import find_codes
from language.phones import normalise_phone
from language.text import fold_name
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.person import Person

FULL_AGE = 18
_CITIZEN_ID = re.compile(r"\d{12}|\d{9}")
_AFTER_ALL_LETTERS = "\U0010ffff"


def citizen_id_index(citizen_id: str) -> bytes:
    """The blind index of a citizen id (12 digits, or the 9 of an old identity card)."""
    return blind_index("citizen_id", citizen_id)


def phone_index(phone: str) -> bytes:
    """The blind index of a phone in its 0… form."""
    return blind_index("phone", phone)


def find_by_reference(session: Session, reference: str) -> Person | None:
    """The person with this file code in its stored form, or None."""
    return session.scalars(select(Person).where(Person.reference == reference)).first()


def search(session: Session, query: str, limit: int = 50) -> list[Person]:
    """People that an officer's words may mean: a file code, a citizen id, a phone, or a name (or part of one).

    A name is compared without diacritics and case: first those that begin so, then those with a later word that
    does. What `session` does not see (row-level security) is not found.
    """
    typed = query.strip()
    if codes := find_codes(typed):
        return _people(session, select(Person).where(Person.reference.in_([code.value for code in codes])), limit)
    digits = re.sub(r"[\s.\-]", "", typed)
    if _CITIZEN_ID.fullmatch(digits) and (found := _by_citizen_id(session, digits, limit)):
        return found
    if phone := normalise_phone(typed, lenient=True):
        return _by_phone(session, phone, limit)
    return _by_name(session, fold_name(typed), limit)


def _by_citizen_id(session: Session, digits: str, limit: int) -> list[Person]:
    return _people(session, select(Person).where(Person.citizen_id_index == citizen_id_index(digits)), limit)


def _by_phone(session: Session, phone: str, limit: int) -> list[Person]:
    linked = (
        select(PersonContact.person_id)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(ContactPoint.kind == ContactKind.PHONE, ContactPoint.address_index == phone_index(phone))
    )
    return _people(session, select(Person).where(Person.id.in_(linked)), limit)


def _by_name(session: Session, folded: str, limit: int) -> list[Person]:
    if not folded:
        return []
    found = _people(session, _beginning_with(folded), limit)
    if len(found) < limit:
        known: Sequence[UUID] = [person.id for person in found]
        further = select(Person).where(Person.folded_name.contains(f" {folded}"), Person.id.not_in(known))
        if communes := _communes_seen(session):
            further = further.where(Person.commune_code.in_(communes))
        found += _people(session, further, limit - len(found))
    return found


def _communes_seen(session: Session) -> list[str]:
    """The communes that a policy holds this session to; empty where it sees all.

    Said again in a query, they let PostgreSQL go by the index on communes: the policy's own words do not.
    """
    communes = session.scalar(select(func.current_setting("loa.communes", True))) or ALL_COMMUNES
    return [] if communes == ALL_COMMUNES else communes.split(",")


def _beginning_with(folded: str) -> Select[Person]:
    """By the operators of the prefix index itself: LIKE is not leakproof, so a policy would keep it off the index."""
    return select(Person).where(
        Person.folded_name.op("~>=~")(folded), Person.folded_name.op("~<~")(folded + _AFTER_ALL_LETTERS)
    )


def _people(session: Session, query: Select[Person], limit: int) -> list[Person]:
    return list(session.scalars(query.order_by(Person.folded_name, Person.birth_year, Person.id).limit(limit)))


def age(person: Person, today: date) -> int | None:
    """How old `person` is on `today` (see `whole_years`)."""
    return whole_years(person.birth_date, person.birth_year, today)


def whole_years(born: date | None, year: int | None, today: date) -> int | None:
    """Whole years on `today`; by the year alone where no day of birth is known; None where neither is, or both are to
    come."""
    if born is not None:
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    elif year is not None:
        years = today.year - year
    else:
        return None
    return years if years >= 0 else None


def counter_only(person: Person, today: date) -> bool:
    """Whether an account may be opened at a counter only: under 18 or under guardianship.

    Circular 17/2024/TT-NHNN: such accounts are never opened online, and a legal representative signs.
    """
    years = age(person, today)
    return person.under_guardianship or (years is not None and years < FULL_AGE)
