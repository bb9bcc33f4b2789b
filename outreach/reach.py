"""Who of an audience is reached over which phone, and who is not and why: one expression for sealing and for looking.

Everything is decided in SQL, so that a step for a million people is one statement and its memory does not grow.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, Subquery, and_, case, func, literal, null, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on
from sqlalchemy.orm import Session

from outreach.audience import Audience
from outreach.delivery_settings import delivery_settings
from outreach.meant_for import meant_for
from outreach.reasons import Reason
from outreach.sql_types import AnySelect
from outreach.step import OVER_THE_SURVEYS_PHONE, Step, StepKind
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Person
from roster.survey.draft import Draft, DraftState

_ROOM = text("SET LOCAL work_mem = '32MB'")
"""For sorting and hashing: with PostgreSQL's usual 4 MB a million people take twice as long, with more only memory
grows."""


_FOR_MANY = (StepKind.INVITATION, StepKind.REMINDER_UNANSWERED, StepKind.FINAL)


@dataclass(frozen=True)
class Aim:
    """Whom something is meant for, asked at `now`. kind: of the step, None where nothing is to be sent yet: then it is
    the whole audience. only: further conditions in SQL on Person; few: they leave few."""

    campaign_id: int
    kind: StepKind | None
    audience: Audience
    now: datetime
    only: tuple[ColumnElement[bool], ...] = ()
    few: bool = False

    def conditions(self) -> list[ColumnElement[bool]]:
        """SQL on Person."""
        chosen = self.audience.conditions(self.campaign_id, self.now)
        meant = [] if self.kind is None else [meant_for(self.kind, Person.id, self.campaign_id, self.now)]
        return [*chosen, *meant, *self.only]

    @property
    def wide(self) -> bool:
        """Whether most of the roster may be meant: then phones are looked up for all at once."""
        return not self.few and not self.audience.communes and (self.kind is None or self.kind in _FOR_MANY)


def aim_of(step: Step, now: datetime, *only: ColumnElement[bool], few: bool = False) -> Aim:
    """What `step` aims at."""
    return Aim(step.campaign_id, step.kind, Audience.from_json(step.audience), now, only, few)


@dataclass(frozen=True)
class Reached:
    """How many people an aim reaches, over how many messages (a household gets one), and how many it does not, by
    reason. shared: how many of the messages are for several people; sharing: how many people those are."""

    people: int
    messages: int
    unreachable: Counter[Reason]
    shared: int = 0
    sharing: int = 0


def count_reached(session: Session, aim: Aim) -> Reached:
    """The numbers of `aim`, within what `session` may see: about a second for 300,000 people."""
    make_room(session)
    found = reached(aim)
    households = (
        select(found.c.reason, func.count().label("people"))
        .group_by(found.c.reason, found.c.contact_id, found.c.commune_code)
        .subquery()
    )
    too_many = and_(households.c.reason.is_(None), households.c.people > delivery_settings().most_people_a_phone)
    reason = case((too_many, Reason.SHARED_BY_MANY.value), else_=households.c.reason)
    several = households.c.people > 1
    numbers = (
        func.sum(households.c.people),
        func.count(),
        func.count().filter(several),
        func.coalesce(func.sum(households.c.people).filter(several), 0),
    )
    rows = session.execute(select(reason, *numbers).group_by(reason)).all()
    unreachable = Counter({Reason(row[0]): int(row[1]) for row in rows if row[0] is not None})
    people, messages, shared, sharing = next((map(int, row[1:]) for row in rows if row[0] is None), (0, 0, 0, 0))
    return Reached(people, messages, unreachable, shared, sharing)


def make_room(session: Session) -> None:
    """Memory enough for what follows in this transaction."""
    session.execute(_ROOM)


def reached(aim: Aim) -> CTE:
    """One row a person: person_id, commune_code, contact_id and rank of the phone, the names by which lists go, and
    `reason`: None where the person is reached, over contact_id."""
    meant = aim.conditions()
    phones = _phones(None if aim.wide else select(Person.id).where(*meant))
    if aim.kind in OVER_THE_SURVEYS_PHONE:
        survey = _survey_phones(aim.campaign_id)
        contact: ColumnElement[Any] = func.coalesce(survey.c.contact_id, phones.c.contact_id)
        query = _query(contact, phones, _reason(phones, survey))
        query = query.outerjoin(survey, survey.c.person_id == Person.id)
    else:
        query = _query(phones.c.contact_id, phones, _reason(phones))
    return query.where(*meant).cte("reached")


def _query(contact: ColumnElement[Any], phones: Subquery, reason: ColumnElement[str | None]) -> AnySelect:
    return (
        select(
            Person.id.label("person_id"),
            Person.commune_code,
            Person.given_name_folded,
            Person.folded_name,
            contact.label("contact_id"),
            phones.c.rank,
            reason.label("reason"),
        )
        .select_from(Person)
        .outerjoin(phones, phones.c.person_id == Person.id)
    )


def _phones(people: AnySelect | None) -> Subquery:
    """One row a person with a phone: the first mobile in the roster's order that can be written to (contact_id, rank),
    whether there is a mobile at all, and whether the person has said stop on a phone of his or her own."""
    usable = and_(ContactPoint.mobile, ContactPoint.stopped_at.is_(None), ContactPoint.left_at.is_(None))

    def first(column: Any) -> ColumnElement[Any]:
        ordered = aggregate_order_by(column, PersonContact.rank, ContactPoint.id)
        return func.array_agg(ordered).filter(usable)[1]

    own_stop = and_(PersonContact.holder == Holder.SELF, ContactPoint.stopped_at.is_not(None))
    query = (
        select(
            PersonContact.person_id,
            first(ContactPoint.id).label("contact_id"),
            first(PersonContact.rank).label("rank"),
            func.bool_or(ContactPoint.mobile).label("mobile"),
            func.bool_or(own_stop).label("own_stop"),
        )
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(ContactPoint.kind == ContactKind.PHONE, PersonContact.unlinked_at.is_(None))
        .group_by(PersonContact.person_id)
    )
    return (query if people is None else query.where(PersonContact.person_id.in_(people))).subquery("phones")


def _survey_phones(campaign_id: int) -> Subquery:
    """One row a person with an open survey: the mobile phone on which it is led, the invited one first, then the
    latest; whether that phone has said stop, or was found to be somebody else's."""
    return (
        select(
            Draft.person_id,
            ContactPoint.id.label("contact_id"),
            ContactPoint.stopped_at.is_not(None).label("stopped"),
            PersonContact.unlinked_at.is_not(None).label("unlinked"),
        )
        .ext(distinct_on(Draft.person_id))
        .join(ContactPoint, ContactPoint.id == Draft.contact_id)
        .outerjoin(
            PersonContact,
            and_(PersonContact.contact_id == Draft.contact_id, PersonContact.person_id == Draft.person_id),
        )
        .where(Draft.campaign_id == campaign_id, Draft.state == DraftState.OPEN, Draft.person_id.is_not(None))
        .where(ContactPoint.mobile)
        .order_by(Draft.person_id, Draft.invited.desc(), Draft.last_message_at.desc())
        .subquery("survey")
    )


def _reason(phones: Subquery, survey: Subquery | None = None) -> ColumnElement[str | None]:
    """Whoever says stop on a phone of one's own is not written to over another's."""
    from_survey = [] if survey is None else [
        (survey.c.unlinked, _said(Reason.UNLINKED)),
        (survey.c.stopped, _said(Reason.STOPPED)),
        (survey.c.contact_id.is_not(None), null()),
    ]  # fmt: skip
    return case(
        (Person.deceased_at.is_not(None), _said(Reason.DECEASED)),
        (Person.paused_at.is_not(None), _said(Reason.PAUSED)),
        (Person.withdrew_at.is_not(None), _said(Reason.WITHDRAWN)),
        (phones.c.own_stop, _said(Reason.STOPPED)),
        *from_survey,
        (phones.c.person_id.is_(None), _said(Reason.NO_PHONE)),
        (phones.c.contact_id.is_not(None), null()),
        (phones.c.mobile, _said(Reason.STOPPED)),
        else_=_said(Reason.NO_MOBILE),
    )


def _said(reason: Reason) -> ColumnElement[str]:
    return literal(reason.value, String)
