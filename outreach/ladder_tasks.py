"""The rungs of a ladder that officers climb: somebody to call, somebody to visit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, false, literal, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from outreach.follow_up import FollowUp, FollowUpKind, FollowUpOutcome, FollowUpSource
from outreach.left_out import StepLeftOut
from outreach.meant_for import still_meant, still_meant_for
from outreach.message import Message, MessageMember, MessageState
from outreach.reasons import Reason
from outreach.step import Step, StepState
from roster.campaign import Campaign, CampaignState
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Person

WITHIN = {FollowUpKind.CALL: timedelta(days=3), FollowUpKind.VISIT: timedelta(days=7)}
CALLS_BEFORE_A_VISIT = 3
"""So often nobody answered: then somebody goes there."""
_BEYOND_CALLS = (Reason.NO_PHONE, Reason.SHARED_BY_MANY, Reason.UNLINKED)


def open_tasks(session: Session, step: Step, rung: int, not_reached: Any, now: datetime) -> int:
    """Open a task for everybody whose turn is this rung, once; how many. `not_reached`: whom no message reached."""
    kind = FollowUpKind(step.rungs[rung].channel)
    earlier = [one.channel for one in step.rungs[:rung]]
    if kind is FollowUpKind.VISIT and FollowUpKind.CALL in earlier:
        turn = or_(_call_led_nowhere(step, step.rungs[rung].after, now), _cannot_be_called(step))
    elif kind is FollowUpKind.VISIT:
        turn = or_(Person.id.in_(not_reached), _cannot_be_called(step), _has_no_mobile(step))
    else:
        turn = or_(Person.id.in_(not_reached), _has_no_mobile(step))
    rows = select(
        literal(kind, FollowUp.kind.type),
        literal(FollowUpSource.LADDER, FollowUp.source.type),
        Person.id,
        _phone() if kind is FollowUpKind.CALL else null(),
        Person.commune_code,
        literal(step.campaign_id),
        literal(step.id),
        literal(now),
        literal(now + WITHIN[kind]),
        literal(0),
        literal(0),
    ).where(turn, *may_be_asked(step, now))
    columns = [
        FollowUp.kind,
        FollowUp.source,
        FollowUp.person_id,
        FollowUp.contact_id,
        FollowUp.commune_code,
        FollowUp.campaign_id,
        FollowUp.step_id,
        FollowUp.opened_at,
        FollowUp.due_at,
        FollowUp.calls,
        FollowUp.tries,
    ]
    opened = insert(FollowUp).from_select(columns, rows, include_defaults=False).on_conflict_do_nothing()
    return len(session.scalars(opened.returning(FollowUp.id)).all())


def close_pointless(session: Session, now: datetime) -> int:
    """Close the ladder's tasks that nobody has to do any more: answered on another way, a death, the campaign's or the
    step's end; how many. One that an officer has taken stays with the officer."""
    over = or_(Campaign.state == CampaignState.CLOSED, Step.state == StepState.CANCELLED)
    gone = or_(Person.deceased_at.is_not(None), Person.paused_at.is_not(None), Person.withdrew_at.is_not(None))
    pointless = or_(over, gone)
    answered = ~still_meant(Step.kind, FollowUp.person_id, FollowUp.campaign_id, now)
    closed = (
        update(FollowUp)
        .where(FollowUp.source == FollowUpSource.LADDER, FollowUp.closed_at.is_(None), FollowUp.taken_by.is_(None))
        .where(Step.id == FollowUp.step_id, Campaign.id == FollowUp.campaign_id, Person.id == FollowUp.person_id)
        .where(or_(pointless, answered))
        .values(closed_at=now, outcome=case((pointless, FollowUpOutcome.NEEDLESS), else_=FollowUpOutcome.ANSWERED))
        .returning(FollowUp.id)
        .execution_options(synchronize_session=False)
    )
    return len(session.scalars(closed).all())


def may_be_asked(step: Step, now: datetime) -> list[ColumnElement[bool]]:
    """SQL on Person: alive, still to be asked what `step` asks, and nobody who wants to be left alone."""
    stopped = exists().where(
        PersonContact.person_id == Person.id,
        PersonContact.unlinked_at.is_(None),
        ContactPoint.id == PersonContact.contact_id,
        ContactPoint.stopped_at.is_not(None),
    )
    asked = still_meant_for(step.kind, Person.id, step.campaign_id, now)
    alive = (Person.deceased_at.is_(None), Person.paused_at.is_(None), Person.withdrew_at.is_(None))
    return [*alive, asked, ~stopped]


def _phone() -> ScalarSelect[UUID]:
    """The person's own phone; else the first that the roster names. Landlines ring too."""
    own_first = case((PersonContact.holder == Holder.SELF, 0), else_=1)
    return (
        select(PersonContact.contact_id)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(PersonContact.person_id == Person.id, PersonContact.unlinked_at.is_(None))
        .where(ContactPoint.kind == ContactKind.PHONE)
        .order_by(own_first, PersonContact.rank, ContactPoint.id)
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


def _left_out(step: Step, *reasons: Reason) -> ColumnElement[bool]:
    among = select(StepLeftOut.person_id).where(
        StepLeftOut.step_id == step.id, StepLeftOut.reason.in_([one.value for one in reasons])
    )
    return Person.id.in_(among)


def _has_no_mobile(step: Step) -> ColumnElement[bool]:
    return _left_out(step, Reason.NO_MOBILE)


def _cannot_be_called(step: Step) -> ColumnElement[bool]:
    """No phone, or one that is somebody else's, as was known before or was found since."""
    alone = select(Message.person_id).where(
        Message.step_id == step.id, Message.state == MessageState.CANCELLED, Message.reason == Reason.UNLINKED
    )
    together = select(MessageMember.person_id).where(
        MessageMember.step_id == step.id, MessageMember.reason == Reason.UNLINKED
    )
    return or_(_left_out(step, *_BEYOND_CALLS), Person.id.in_(alone), Person.id.in_(together))


def _call_led_nowhere(step: Step, given: timedelta, now: datetime) -> ColumnElement[bool]:
    """A wrong number, nobody answered often enough, or the time that the call was given (if any) is over."""
    still_open = FollowUp.closed_at.is_(None)
    nowhere = or_(
        FollowUp.outcome == FollowUpOutcome.WRONG_NUMBER,
        and_(still_open, FollowUp.tries >= CALLS_BEFORE_A_VISIT),
        and_(still_open, FollowUp.opened_at <= now - given) if given else false(),
    )
    called = select(FollowUp.person_id).where(FollowUp.step_id == step.id, FollowUp.kind == FollowUpKind.CALL, nowhere)
    return Person.id.in_(called)
