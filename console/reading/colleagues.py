"""Who else may look after a conversation of a commune."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from console.permissions import Action, allowed
from console.staff import Staff, staff_communes


def colleagues(session: Session, commune_code: str | None, but: int) -> list[Staff]:
    """Active staff, without `but`, who work on conversations and see this commune, by name.

    A conversation of no known commune is seen by those alone who see all.
    """
    of_commune = Staff.id.in_(select(staff_communes.c.staff_id).where(staff_communes.c.commune_code == commune_code))
    active = session.scalars(
        select(Staff)
        .where(Staff.active, Staff.id != but, or_(Staff.all_communes, of_commune))
        .order_by(Staff.full_name, Staff.id)
    )
    return [one for one in active if allowed(one.kinds, Action.CONVERSATIONS)]
