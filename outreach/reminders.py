"""Reminders: a survey left unfinished gets one, at the next permitted hour, over the phone on which it was begun.

A campaign's step of kind REMINDER stays released while the campaign runs; its rows are added person by person, and a
person has at most one row of a step. Whoever has declared, opted out or died gets none: looked at here, and once more
right before it is sent.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import SYSTEM, record
from outreach.audience import Audience, in_batches, select_people, with_phones
from outreach.calendar import permitted
from outreach.channels.registry import account_for
from outreach.delivery_settings import delivery_settings
from outreach.dispatch import queue_dispatch
from outreach.ledger import note_sealed
from outreach.message import Message
from outreach.sealing import insert_rows, rows_of, send_back, wave_rows, wordsmith
from outreach.sql_types import AnySelect
from outreach.step import Step, StepKind, StepState
from outreach.survey_phones import over_survey_phones
from outreach.survey_state import is_unfinished
from outreach.templates import PlaceholderError, check_placeholders
from outreach.wording import words_of
from roster.campaign import Campaign, CampaignState
from roster.person import Person


def plan_reminders(session: Session, now: datetime) -> int:
    """Add the reminders that are due at `now` to the ledger; how many. Does nothing while sending is not permitted."""
    if not permitted(now, delivery_settings().hours):
        return 0
    steps = session.scalars(
        select(Step)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .where(Step.kind == StepKind.REMINDER, Step.state == StepState.RELEASED, Step.due_at <= now)
        .where(Campaign.state == CampaignState.RUNNING)
        .order_by(Step.id)
        .with_for_update(of=Step, skip_locked=True)
    ).all()
    return sum(_plan(session, step, now) for step in steps)


def _plan(session: Session, step: Step, now: datetime) -> int:
    campaign = session.get_one(Campaign, step.campaign_id)
    try:
        check_placeholders(step.template, words_of(campaign))
    except PlaceholderError as error:
        send_back(session, step, error, now)
        return 0
    account, smith = account_for(step.channel), wordsmith(step, campaign, now)
    before = rows_of(session, step.id)
    for people in in_batches(session, _to_remind(step, now)):
        reached = over_survey_phones(session, with_phones(session, people), campaign.id)
        insert_rows(session, wave_rows(step, account, reached, smith, now))
    after = rows_of(session, step.id)
    if after > before:
        note_sealed(session, step.id, after, now)
        record(session, now, SYSTEM, "reminders.planned", f"step:{step.id}", after={"rows": after - before})
        queue_dispatch(session, account.name)
    return after - before


def _to_remind(step: Step, now: datetime) -> AnySelect:
    """People of the step's audience whose survey lies idle and who have had no row of the step."""
    idle_since = now - delivery_settings().reminder_after
    reminded = select(Message.id).where(Message.step_id == step.id, Message.person_id == Person.id).exists()
    return (
        select_people()
        .where(*Audience.from_json(step.audience).conditions())
        .where(is_unfinished(Person.id, step.campaign_id, idle_since), ~reminded)
        .where(Person.deceased_at.is_(None), Person.paused_at.is_(None))
    )
