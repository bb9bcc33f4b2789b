"""The people a batch of rows means, as they stand on the roster, locked until the merge is over."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.importing.standing import Standing
from roster.person import Entitlement, Person

_COLUMNS = (
    Person.full_name,
    Person.birth_date,
    Person.birth_year,
    Person.gender,
    Person.citizen_id,
    Person.citizen_id_index,
    Person.commune_code,
    Person.address,
    Person.paid_by,
    Person.under_guardianship,
    Person.deceased_at,
    Person.paused_at,
)


def load_standings(session: Session, person_ids: Collection[UUID]) -> dict[UUID, Standing]:
    """What the roster holds of these people: columns, entitlements and phones, in three queries."""
    if not person_ids:
        return {}
    ids = sorted(person_ids)
    people = session.execute(
        select(Person.id, *_COLUMNS).where(Person.id == func.any(ids)).order_by(Person.id).with_for_update()
    )
    standings = {row.id: Standing(row.id, dict(row._mapping), is_new=False) for row in people}
    for person_id, category, amount in session.execute(
        select(Entitlement.person_id, Entitlement.category, Entitlement.monthly_dong).where(
            Entitlement.person_id == func.any(ids)
        )
    ):
        standings[person_id].amounts[category] = amount
    for person_id, index in session.execute(
        select(PersonContact.person_id, ContactPoint.address_index)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(PersonContact.person_id == func.any(ids), ContactPoint.kind == ContactKind.PHONE)
    ):
        standings[person_id].phones.add(index)
    return standings
