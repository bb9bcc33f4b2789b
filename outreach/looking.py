"""Looking at some people of an aim: whole households to make texts for, and names of who is not reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import String, Subquery, and_, case, func, literal, select
from sqlalchemy.orm import Session

from outreach.delivery_settings import delivery_settings
from outreach.members import COLUMNS, Member, Phone, member_of
from outreach.reach import Aim, make_room, reached
from outreach.reasons import Reason
from outreach.sql_types import AnyRow
from roster.commune import Commune
from roster.contact import Holder, PersonContact
from roster.person import Person

_SPREAD = 1 << 20


def households(session: Session, aim: Aim, limit: int, of_messages: int) -> list[list[Member]]:
    """About `limit` of the households (people who share a phone and a commune) that `aim` reaches, spread over all of
    them and always the same; every one where there are no more. `of_messages`: how many there are."""
    make_room(session)
    found = reached(aim)
    drawn = func.hashtext(func.concat(found.c.contact_id)).op("&")(_SPREAD - 1)
    share = _SPREAD if of_messages <= limit else round(_SPREAD * limit / of_messages)
    some = select(found).where(found.c.reason.is_(None), drawn < share).cte("some")
    rows = session.execute(
        select(*COLUMNS, some.c.contact_id, PersonContact.holder, PersonContact.confirmed_at)
        .join(some, some.c.person_id == Person.id)
        .join(Commune, Commune.code == Person.commune_code)
        .outerjoin(
            PersonContact,
            (PersonContact.person_id == some.c.person_id) & (PersonContact.contact_id == some.c.contact_id),
        )
        .order_by(some.c.contact_id, some.c.rank, Person.given_name_folded, Person.folded_name, Person.id)
    )
    together: dict[object, list[Member]] = defaultdict(list)
    for row in rows:
        together[row.contact_id, row.commune_code].append(_reached(row))
    most = delivery_settings().most_people_a_phone
    return [people for people in together.values() if len(people) <= most][:limit]


def not_reached(session: Session, aim: Aim, most: int) -> dict[Reason, list[Member]]:
    """The first people of each reason whom `aim` does not reach, in the order of lists, at most `most` a reason."""
    make_room(session)
    found = _with_reasons(aim)
    in_order = [found.c.commune_code, found.c.given_name_folded, found.c.folded_name, found.c.person_id]
    place = func.row_number().over(partition_by=found.c.reason, order_by=in_order)
    placed = select(found, place.label("place")).where(found.c.reason.is_not(None)).subquery()
    rows = session.execute(
        select(*COLUMNS, placed.c.reason)
        .join(placed, placed.c.person_id == Person.id)
        .join(Commune, Commune.code == Person.commune_code)
        .where(placed.c.place <= most)
        .order_by(placed.c.reason, placed.c.place)
    )
    named: dict[Reason, list[Member]] = defaultdict(list)
    for row in rows:
        reason = Reason(row.reason)
        named[reason].append(member_of(row, None, reason))
    return dict(named)


def stream_not_reached(session: Session, aim: Aim, reasons: Collection[Reason]) -> Iterator[tuple[Member, str | None]]:
    """Everybody whom `aim` does not reach for one of `reasons`, with the address, commune by commune in the order of
    lists; read little by little, however many they are."""
    make_room(session)
    found = _with_reasons(aim)
    rows = session.execute(
        select(*COLUMNS, Person.address, found.c.reason)
        .join(found, found.c.person_id == Person.id)
        .join(Commune, Commune.code == Person.commune_code)
        .where(found.c.reason.in_([one.value for one in reasons]))
        .order_by(Commune.folded_name, Person.given_name_folded, Person.folded_name, Person.id),
        execution_options={"yield_per": 1000},
    )
    for row in rows:
        yield member_of(row, None, Reason(row.reason)), row.address


def members(session: Session, aim: Aim) -> Sequence[Member]:
    """Everybody of a small aim, reached or not."""
    found = reached(aim)
    rows = session.execute(
        select(*COLUMNS, found.c.contact_id, found.c.reason, PersonContact.holder, PersonContact.confirmed_at)
        .join(found, found.c.person_id == Person.id)
        .join(Commune, Commune.code == Person.commune_code)
        .outerjoin(
            PersonContact,
            (PersonContact.person_id == found.c.person_id) & (PersonContact.contact_id == found.c.contact_id),
        )
        .order_by(Person.id)
    )
    return [_reached(row) if row.reason is None else member_of(row, None, Reason(row.reason)) for row in rows]


def _with_reasons(aim: Aim) -> Subquery:
    """`reached`, and with those who are not reached because their phone is noted for too many."""
    found = reached(aim)
    household = [found.c.reason, found.c.contact_id, found.c.commune_code]
    people = select(found, func.count().over(partition_by=household).label("sharing")).cte("people")
    too_many = and_(people.c.reason.is_(None), people.c.sharing > delivery_settings().most_people_a_phone)
    reason = case((too_many, literal(Reason.SHARED_BY_MANY.value, String)), else_=people.c.reason)
    others = [column for column in people.c if column.name not in ("reason", "sharing")]
    return select(*others, reason.label("reason")).subquery("with_reasons")


def _reached(row: AnyRow) -> Member:
    return member_of(row, Phone(row.contact_id, row.holder or Holder.UNKNOWN, row.confirmed_at is not None))
