"""Claiming messages for sending: checked once more, and their attempts written, in one transaction before any call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from outreach.calendar import permitted_for
from outreach.channels.adapter import Outgoing, ProviderTemplate
from outreach.delivery_settings import delivery_settings
from outreach.message import Attempt, AttemptOutcome, Message, MessageKind, MessageState
from outreach.rechecks import Decision, Link, Standing, Verdict, verdict
from outreach.sql_types import AnyRow, AnySelect
from outreach.step import Step
from outreach.survey_state import has_answered, is_unfinished
from roster.campaign import Campaign
from roster.contact import ContactPoint, PersonContact
from roster.person import Person

_NO_FAILURE = (AttemptOutcome.NOT_SENT, AttemptOutcome.THROTTLED)
_MOST_DOUBLINGS = 5


@dataclass(frozen=True)
class Claimed:
    """One message that this run, and nobody else, is about to send."""

    attempt_id: int
    outgoing: Outgoing


@dataclass(frozen=True)
class Batch:
    """What was claimed, and how many rows were looked at to get it (the others were cancelled or held)."""

    claimed: list[Claimed]
    looked_at: int


def claim_wave(session: Session, account: str, limit: int, now: datetime, worker: int) -> Batch:
    """Claim up to `limit` due wave messages of `account` for the run with the key `worker`."""
    due = (
        _with_standing(now)
        .where(Message.account == account, Message.state == MessageState.PLANNED, Message.kind == MessageKind.WAVE)
        .where(~rests(now))
        .order_by(Message.id)
        .limit(limit)
    )
    return _claim(session, due, now, worker)


def claim_replies(session: Session, message_ids: Sequence[int], now: datetime, worker: int) -> Batch:
    """Claim those of `message_ids` that still wait to go out, in their order."""
    waiting = (
        _with_standing(now)
        .where(Message.id.in_(message_ids), Message.state == MessageState.PLANNED, Message.kind != MessageKind.WAVE)
        .order_by(Message.reply_to, Message.id)
    )
    return _claim(session, waiting, now, worker)


def rests(now: datetime) -> Any:
    """SQL: the message was tried so recently that it is not yet its turn; the pause doubles with each attempt."""
    pause = delivery_settings().retry_pause_seconds
    doublings = func.least(func.count(), _MOST_DOUBLINGS + 1) - 1
    seconds = literal(pause) * func.power(2, doublings)
    return (
        select(literal(1))
        .where(Attempt.message_id == Message.id)
        .having(func.max(Attempt.started_at) > literal(now) - func.make_interval(0, 0, 0, 0, 0, 0, seconds))
        .correlate(Message)
        .exists()
    )


def _with_standing(now: datetime) -> AnySelect:
    failures = (
        select(func.count())
        .where(Attempt.message_id == Message.id, Attempt.outcome.not_in(_NO_FAILURE))
        .correlate(Message)
        .scalar_subquery()
    )
    idle_since = now - delivery_settings().reminder_after
    return (
        select(
            Message,
            ContactPoint.address,
            ContactPoint.kind.label("address_kind"),
            ContactPoint.stopped_at,
            Step.kind.label("step_kind"),
            Step.state.label("step_state"),
            Campaign.state.label("campaign_state"),
            Person.deceased_at,
            Person.paused_at,
            PersonContact.person_id.label("linked_person"),
            PersonContact.unlinked_at,
            failures.label("failures"),
            has_answered(Message.person_id, Message.campaign_id).label("answered"),
            is_unfinished(Message.person_id, Message.campaign_id, idle_since).label("unfinished"),
        )
        .join(ContactPoint, ContactPoint.id == Message.contact_id)
        .outerjoin(Step, Step.id == Message.step_id)
        .outerjoin(Campaign, Campaign.id == Message.campaign_id)
        .outerjoin(Person, Person.id == Message.person_id)
        .outerjoin(
            PersonContact,
            (PersonContact.person_id == Message.person_id) & (PersonContact.contact_id == Message.contact_id),
        )
        .with_for_update(of=Message, skip_locked=True)
    )


def _claim(session: Session, wanted: AnySelect, now: datetime, worker: int) -> Batch:
    own = delivery_settings()
    rows = session.execute(wanted).all()
    attempts: list[tuple[Attempt, AnyRow]] = []
    for row in rows:
        decided = verdict(_standing(row), now, own.hours, own.most_attempts)
        if decided.decision is Decision.SEND:
            attempts.append((_begin(session, row.Message, now, worker), row))
        else:
            _set_aside(row.Message, decided, now)
    session.flush()
    return Batch([Claimed(attempt.id, _outgoing(row, now)) for attempt, row in attempts], len(rows))


def _begin(session: Session, message: Message, now: datetime, worker: int) -> Attempt:
    message.state = MessageState.CLAIMED
    message.changed_at = now
    message.reason = None
    attempt = Attempt(message_id=message.id, worker=worker, started_at=now)
    session.add(attempt)
    return attempt


def _set_aside(message: Message, decided: Verdict, now: datetime) -> None:
    """The row is locked and still planned, from where both ways are open."""
    if decided.decision is Decision.WAIT:
        return
    message.state = MessageState.HELD if decided.decision is Decision.HOLD else MessageState.CANCELLED
    message.reason = decided.reason
    message.changed_at = now


def _standing(row: AnyRow) -> Standing:
    message: Message = row.Message
    return Standing(
        kind=message.kind,
        created_at=message.created_at,
        reply_to=message.reply_to,
        stopped_at=row.stopped_at,
        failures=row.failures,
        step_kind=row.step_kind,
        step_state=row.step_state,
        campaign_state=row.campaign_state,
        deceased=row.deceased_at is not None,
        paused=row.paused_at is not None,
        link=_link(row),
        answered=row.answered,
        unfinished=row.unfinished,
    )


def _link(row: AnyRow) -> Link:
    if row.linked_person is None:
        return Link.NONE
    return Link.UNLINKED if row.unlinked_at else Link.LINKED


def _outgoing(row: AnyRow, now: datetime) -> Outgoing:
    """A wave's message must not be delivered in the quiet hours either: the provider may try until they begin."""
    message: Message = row.Message
    left: timedelta | None = None
    if message.kind is MessageKind.WAVE:
        left = permitted_for(now, delivery_settings().hours)
    return Outgoing(
        message_id=message.id,
        address=row.address,
        address_kind=row.address_kind,
        template=provider_template(message),
        body=message.body,
        choices=message.choices,
        validity_seconds=None if left is None else max(1, int(left.total_seconds())),
    )


def provider_template(message: Message) -> ProviderTemplate | None:
    """The provider's own template that `message` was made from, None for a free text."""
    return ProviderTemplate(message.template["id"], message.template["data"]) if message.template else None
