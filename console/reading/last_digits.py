"""Finding a person of one's own commune by the last digits of a citizen id or phone.

The numbers are encrypted and indexed whole, so this reads and decrypts those of the communes the desk sees; it is
offered only while they are few enough to answer at once.
"""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.person import Person

MOST_PEOPLE = 6000
_DIGITS = re.compile(r"\d{3,8}")


class TooMany(RuntimeError):
    """More people are in sight than can be read at once."""


def is_last_digits(query: str) -> bool:
    """Whether `query` is three to eight digits and nothing else."""
    return _DIGITS.fullmatch(query.strip()) is not None


def ending_in(session: Session, digits: str, limit: int) -> list[Person]:
    """People in sight whose citizen id or a phone of theirs ends in `digits`. Raises TooMany."""
    if (session.scalar(select(func.count()).select_from(Person)) or 0) > MOST_PEOPLE:
        raise TooMany
    numbers = session.execute(select(Person.id, Person.citizen_id).where(Person.citizen_id.is_not(None)))
    phones = session.execute(
        select(PersonContact.person_id, ContactPoint.address)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(ContactPoint.kind == ContactKind.PHONE, PersonContact.unlinked_at.is_(None))
    )
    found: set[UUID] = {owner for owner, number in [*numbers, *phones] if number and number.endswith(digits)}
    return list(session.scalars(select(Person).where(Person.id.in_(found)).order_by(Person.folded_name).limit(limit)))
