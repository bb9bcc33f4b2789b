"""How messages stand at this moment, read in a few queries: their phones, steps, and the people they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, exists, func, literal, select
from sqlalchemy.orm import Session

from outreach.calendar import Hours
from outreach.campaign_hours import hours_of
from outreach.meant_for import still_meant
from outreach.members import COLUMNS, Member, Phone, member_of
from outreach.message import Attempt, AttemptOutcome, Message, MessageKind, MessageMember
from outreach.rechecks import Link, Standing
from outreach.sql_types import AnyRow, AnySelect
from outreach.step import Step
from roster.campaign import Campaign
from roster.commune import Commune
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Person

_NO_FAILURE = (AttemptOutcome.NOT_SENT, AttemptOutcome.THROTTLED, AttemptOutcome.NOT_ASKED)
_REFUSED = (
    AttemptOutcome.NOT_SENT,
    AttemptOutcome.THROTTLED,
    AttemptOutcome.REJECTED,
    AttemptOutcome.NOT_FOUND,
    AttemptOutcome.DENIED,
)
"""After these it is certain that the provider has not the message."""


@dataclass(frozen=True)
class About:
    """One person whom a message is about, and how the message stands as far as this person goes."""

    member: Member
    standing: Standing


@dataclass(frozen=True)
class Seen:
    """A message with everything around it. people: of a wave's message, the first of the household first."""

    message: Message
    address: str
    address_kind: ContactKind
    refusals: int
    alone: Standing
    step: Step | None
    campaign: Campaign | None
    people: tuple[About, ...]

    @property
    def hours(self) -> Hours:
        own = self.campaign
        return hours_of(own.sending_opens, own.sending_closes) if own else hours_of(None, None)

    @property
    def standings(self) -> list[Standing]:
        """Each person's; the message's own where it is about nobody in particular."""
        return [one.standing for one in self.people] or [self.alone]


def look_at(session: Session, wanted: AnySelect, now: datetime) -> list[Seen]:
    """The messages that `wanted` (made from `select_messages`) selects and locks, in its order."""
    rows = session.execute(wanted).all()
    waves = [row.Message.id for row in rows if row.Message.kind is MessageKind.WAVE]
    people = _people(session, waves, now) if waves else {}
    return [_seen(session, row, people.get(row.Message.id, [])) for row in rows]


def select_messages() -> AnySelect:
    """Messages with what `look_at` needs; rows that somebody else has locked are passed over."""
    failures = (
        select(func.count())
        .where(Attempt.message_id == Message.id, Attempt.outcome.not_in(_NO_FAILURE))
        .correlate(Message)
        .scalar_subquery()
    )
    return (
        select(
            Message,
            ContactPoint.address,
            ContactPoint.kind.label("address_kind"),
            ContactPoint.stopped_at,
            failures.label("failures"),
            refusals_of(Message.id).label("refusals"),
        )
        .join(ContactPoint, ContactPoint.id == Message.contact_id)
        .with_for_update(of=Message, skip_locked=True)
        .execution_options(populate_existing=True)
    )


def refusals_of(message_id: Any) -> Any:
    """SQL: how many attempts of a message (a column, or a number) were certainly not taken."""
    counted = select(func.count()).where(Attempt.message_id == message_id, Attempt.outcome.in_(_REFUSED))
    return counted.correlate(Message).scalar_subquery()


def _people(session: Session, message_ids: Sequence[int], now: datetime) -> dict[int, list[AnyRow]]:
    about = _about(message_ids)
    rows = session.execute(
        select(
            *COLUMNS,
            about.c.message_id,
            about.c.contact_id,
            Person.deceased_at,
            Person.paused_at,
            Person.withdrew_at,
            PersonContact.person_id.label("linked_person"),
            PersonContact.unlinked_at,
            PersonContact.holder,
            PersonContact.confirmed_at,
            _own_stop().label("own_stop"),
            still_meant(about.c.step_kind, about.c.person_id, about.c.campaign_id, now).label("still_meant"),
        )
        .select_from(about)
        .join(Person, Person.id == about.c.person_id)
        .join(Commune, Commune.code == Person.commune_code)
        .outerjoin(
            PersonContact,
            (PersonContact.person_id == about.c.person_id) & (PersonContact.contact_id == about.c.contact_id),
        )
        .order_by(about.c.message_id, about.c.place, Person.given_name_folded, Person.folded_name, Person.id)
    )
    found: dict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(row)
    return found


def _about(message_ids: Sequence[int]) -> Subquery:
    """Message and person; those whom a household's message left out earlier are not among them."""
    columns = (Message.contact_id, Message.campaign_id, Step.kind.label("step_kind"))
    first = (
        select(Message.id.label("message_id"), Message.person_id, literal(0).label("place"), *columns)
        .outerjoin(Step, Step.id == Message.step_id)
        .where(Message.id.in_(message_ids), Message.person_id.is_not(None))
    )
    others = (
        select(MessageMember.message_id, MessageMember.person_id, literal(1), *columns)
        .join(Message, Message.id == MessageMember.message_id)
        .outerjoin(Step, Step.id == Message.step_id)
        .where(MessageMember.message_id.in_(message_ids), MessageMember.reason.is_(None))
    )
    return first.union_all(others).subquery("about")


def _own_stop() -> ColumnElement[bool]:
    """Whoever says stop on a phone of one's own is not written to over another's."""
    link = PersonContact.__table__.alias("own_link")
    phone = ContactPoint.__table__.alias("own_phone")
    return exists().where(
        link.c.person_id == Person.id,
        link.c.holder == Holder.SELF,
        link.c.unlinked_at.is_(None),
        phone.c.id == link.c.contact_id,
        phone.c.stopped_at.is_not(None),
    )


def _seen(session: Session, row: AnyRow, people: Sequence[AnyRow]) -> Seen:
    message: Message = row.Message
    step = session.get_one(Step, message.step_id) if message.step_id is not None else None
    campaign = session.get_one(Campaign, message.campaign_id) if message.campaign_id is not None else None
    alone = Standing(
        kind=message.kind,
        created_at=message.created_at,
        reply_to=message.reply_to,
        stopped_at=row.stopped_at,
        failures=row.failures,
        step_kind=step.kind if step else None,
        step_state=step.state if step else None,
        campaign_state=campaign.state if campaign else None,
    )
    about = tuple(About(_member(person), _standing(alone, person)) for person in people)
    return Seen(message, row.address, row.address_kind, row.refusals, alone, step, campaign, about)


def _member(row: AnyRow) -> Member:
    return member_of(row, Phone(row.contact_id, row.holder or Holder.UNKNOWN, row.confirmed_at is not None))


def _standing(alone: Standing, row: AnyRow) -> Standing:
    linked = Link.UNLINKED if row.unlinked_at else Link.LINKED
    return Standing(
        **{
            **vars(alone),
            "deceased": row.deceased_at is not None,
            "paused": row.paused_at is not None,
            "withdrew": row.withdrew_at is not None,
            "own_stop": row.own_stop,
            "link": Link.NONE if row.linked_person is None else linked,
            "still_meant": row.still_meant,
        }
    )
