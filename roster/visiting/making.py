"""Making a visit list: fixed in its order, each row with a code of its own to scan."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.encryption import blind_index
from roster.person import Person
from roster.visiting.choosing import ToVisit
from roster.visiting.visit_list import VisitList, VisitRow

MOST_ON_A_LIST = 300
"""More is no walk: then one takes a neighbourhood at a time."""
_TOKEN_BYTES = 15
_PURPOSE = "visit"


class VisitRefused(ValueError):
    """A list that cannot be made; `str()` is a Vietnamese sentence."""


def make_list(
    session: Session,
    campaign_id: int,
    commune_code: str,
    neighbourhood: str | None,
    people: Collection[ToVisit],
    staff_id: int,
    at: datetime,
) -> VisitList:
    """Keep `people` as one list, in their order. Raises VisitRefused for nobody, or too many."""
    if not people:
        raise VisitRefused("Không có ai cần đến thăm theo các lựa chọn này.")
    if len(people) > MOST_ON_A_LIST:
        raise VisitRefused(f"Có {len(people)} người, quá {MOST_ON_A_LIST}. Xin chọn từng tổ, từng thôn.")
    made = VisitList(
        campaign_id=campaign_id,
        commune_code=commune_code,
        neighbourhood=neighbourhood,
        people=len(people),
        made_by=staff_id,
        made_at=at,
    )
    session.add(made)
    session.flush()
    session.add_all(_row(made, place, one) for place, one in enumerate(people, 1))
    audit.record(session, at, audit.staff_actor(staff_id), "visit_list.made", f"visit_list:{made.id}",
                 commune_code=commune_code, after={"people": len(people)})  # fmt: skip
    return made


def rows_of(session: Session, visit_list: VisitList) -> list[tuple[VisitRow, Person]]:
    """The rows in their printed order, as far as `session` sees their people."""
    rows = session.execute(
        select(VisitRow, Person)
        .join(Person, Person.id == VisitRow.person_id)
        .where(VisitRow.visit_list_id == visit_list.id)
        .order_by(VisitRow.place)
    )
    return [(row, person) for row, person in rows]


def row_by_token(session: Session, token: str) -> VisitRow | None:
    """The row whose printed code was scanned; None for any other word, and for rows that `session` does not see."""
    index = blind_index(_PURPOSE, token.strip().upper())
    return session.scalars(select(VisitRow).where(VisitRow.token_index == index)).first()


def _row(made: VisitList, place: int, one: ToVisit) -> VisitRow:
    token = base64.b32encode(secrets.token_bytes(_TOKEN_BYTES)).decode()
    return VisitRow(
        visit_list_id=made.id,
        person_id=one.person_id,
        commune_code=made.commune_code,
        place=place,
        reason=one.reason,
        token=token,
        token_index=blind_index(_PURPOSE, token),
    )
