"""Climbing the ladder: whom a message did not reach is tried over the next channel, then called, then visited.

A failure counts at once; what the provider has taken but not delivered counts after the next rung's time, where the
provider tells of deliveries at all. Nobody climbs who has answered, written to us since, said stop or died; nor while
it is not known what became of a message.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from core.audit import SYSTEM, AuditEntry, entry, record_all
from core.logs import logger
from outreach.channels.providers import PROVIDERS
from outreach.channels.registry import NoAccount, account_for
from outreach.dispatch import queue_dispatch
from outreach.ladder_tasks import close_pointless, open_tasks
from outreach.ledger import note_sealed
from outreach.message import Message, MessageMember, MessageState
from outreach.reach import aim_of
from outreach.reasons import CANNOT_ARRIVE
from outreach.sealed_rows import Sealed, seal_next_rung, without_row
from outreach.step import Step, StepState
from roster.campaign import Campaign, CampaignState
from roster.contact import ContactPoint
from roster.person import Person

_log = logger(__name__)

_CLIMB = (StepState.RELEASED, StepState.SEALED, StepState.DONE)


def climb_ladders(session: Session, now: datetime) -> int:
    """Give those who were not reached their rows on the next rung, and open what officers have to do; how many."""
    steps = session.scalars(
        select(Step)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .where(Step.state.in_(_CLIMB), Campaign.state == CampaignState.RUNNING)
        .where(func.jsonb_array_length(Step.ladder) > 1)
        .order_by(Step.id)
        .with_for_update(of=Step, skip_locked=True)
    ).all()
    moved, entries = 0, []
    for step in steps:
        for rung in range(1, len(step.rungs)):
            count, told = _climb(session, step, rung, now)
            moved += count
            entries += told
    moved += close_pointless(session, now)
    record_all(session, entries)
    return moved


def _climb(session: Session, step: Step, rung: int, now: datetime) -> tuple[int, list[AuditEntry]]:
    channel, waited = step.rungs[rung].channel, now - step.rungs[rung].after
    if step.rungs[rung].by_message:
        count = _write(session, step, rung, not_reached(step, rung - 1, waited), now)
    else:
        last_message = sum(one.by_message for one in step.rungs) - 1
        count = open_tasks(session, step, rung, not_reached(step, last_message, waited), now)
    if not count:
        return 0, []
    return count, [entry(now, SYSTEM, "step.climbed", f"step:{step.id}", after={"channel": channel, "rows": count})]


def _write(session: Session, step: Step, rung: int, people: Any, now: datetime) -> int:
    try:
        account = account_for(step.rungs[rung].channel)
    except NoAccount:
        _log.error("ladder_without_account", step=step.id, channel=step.rungs[rung].channel)
        return 0
    aim = aim_of(step, now, Person.id.in_(people), without_row(step.id, rung), few=True)
    sealed: Sealed = seal_next_rung(session, step, rung, aim, account, now)
    if sealed.rows:
        step.state = StepState.SEALED if step.state is StepState.DONE else step.state
        note_sealed(session, step.id, sealed, now)
        queue_dispatch(session, account.name)
    return sealed.rows


def not_reached(step: Step, rung: int, before: datetime) -> Any:
    """SQL: the ids of the people whose message on this rung did not arrive: it failed, or was taken by `before` and is
    not delivered yet."""
    failed = or_(
        Message.state == MessageState.UNDELIVERED,
        and_(Message.state.in_((MessageState.REJECTED, MessageState.CANCELLED)), Message.reason.in_(CANNOT_ARRIVE)),
    )
    late = and_(
        Message.state == MessageState.ACCEPTED,
        Message.accepted_at <= before,
        Message.provider.in_(tell_of_deliveries()),
    )
    lost = and_(Message.step_id == step.id, Message.rung == rung, or_(failed, late), ~_heard_since())
    together = (
        select(MessageMember.person_id)
        .join(Message, Message.id == MessageMember.message_id)
        .where(lost, MessageMember.reason.is_(None))
    )
    return select(Message.person_id).where(lost).union_all(together)


def _heard_since() -> ColumnElement[bool]:
    """A word has come from the phone, or from an account whose holder has it: so it works, and its holder has read."""
    same = or_(ContactPoint.id == Message.contact_id, ContactPoint.same_as == Message.contact_id)
    return exists().where(same, ContactPoint.heard_at >= func.coalesce(Message.accepted_at, Message.created_at))


def tell_of_deliveries() -> list[str]:
    """The providers whose word on a delivery can be waited for."""
    return [one.name for one in PROVIDERS if MessageState.DELIVERED in one.receipts.values()]
