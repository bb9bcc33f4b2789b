"""Steps whose rows come as people's own moments come: a survey that lies idle, days after the person's own last step,
days after the commune's payday.

Such a step stays released while its campaign runs. A person gets one row of a step at most; whoever has declared, opted
out or died gets none: looked at here, and once more right before it is sent. A moment that was missed, at night or
while nobody ticked, is caught up; one whose reason is gone is not.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.audit import SYSTEM, AuditEntry, entry, record_all
from outreach.calendar import permitted
from outreach.campaign_hours import hours_of
from outreach.channels.registry import account_for
from outreach.dispatch import queue_dispatch
from outreach.ledger import note_sealed
from outreach.message import Message, MessageMember
from outreach.reach import aim_of
from outreach.sealed_rows import Sealed, seal_rows, without_row
from outreach.sealing import send_back, told
from outreach.step import ROLLING, Step, StepState
from outreach.step_moments import communes_due, communes_of
from outreach.templates import PlaceholderError, check_placeholders
from outreach.timing import FromOwnStep, FromPayday
from outreach.wording import words_of
from roster.campaign import Campaign, CampaignState
from roster.person import Person


def roll_steps(session: Session, now: datetime) -> int:
    """Add the rows that are due at `now`; how many. Does nothing for campaigns that may not send at this hour."""
    due = session.execute(
        select(Step, Campaign)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .where(Step.state == StepState.RELEASED, Step.due_at <= now, ROLLING)
        .where(Campaign.state == CampaignState.RUNNING)
        .order_by(Step.id)
        .with_for_update(of=Step, skip_locked=True)
    ).all()
    rows, entries = 0, []
    for step, campaign in due:
        if permitted(now, hours_of(campaign.sending_opens, campaign.sending_closes)):
            sealed, told_of = _roll(session, step, campaign, now)
            rows += sealed.rows
            entries += told_of
    record_all(session, entries)
    return rows


def _roll(session: Session, step: Step, campaign: Campaign, now: datetime) -> tuple[Sealed, list[AuditEntry]]:
    try:
        check_placeholders(step.template, words_of(campaign))
    except PlaceholderError as error:
        return Sealed(), [send_back(step, error, now)]
    whose = _whose_turn(session, step, campaign, now)
    if whose is None:
        return Sealed(), []
    account = account_for(step.channel)
    aim = aim_of(step, now, whose, without_row(step.id), few=True)
    sealed = seal_rows(session, step, aim, account, now)
    if sealed == Sealed():
        return sealed, []
    note_sealed(session, step.id, sealed, now)
    if sealed.rows:
        queue_dispatch(session, account.name)
    return sealed, [entry(now, SYSTEM, "step.added_to", f"step:{step.id}", after=told(sealed))]


def _whose_turn(session: Session, step: Step, campaign: Campaign, now: datetime) -> ColumnElement[bool] | None:
    """SQL on Person: whose moment has come; None where it is nobody's."""
    match step.moment:
        case FromOwnStep(after):
            return _last_written_to(step, now - after)
        case FromPayday() as timing:
            return _in_communes_due(session, step, campaign, timing, now)
        case _:
            return Person.id.is_not(None)  # the kind of step says it: a survey that lies idle


def _last_written_to(step: Step, before: datetime) -> ColumnElement[bool]:
    """The campaign's last message to the person went out by then."""
    others = select(Step.id).where(Step.campaign_id == step.campaign_id, Step.id != step.id)
    alone = select(Message.person_id, Message.accepted_at).where(Message.step_id.in_(others))
    together = (
        select(MessageMember.person_id, Message.accepted_at)
        .join(Message, Message.id == MessageMember.message_id)
        .where(MessageMember.step_id.in_(others), MessageMember.reason.is_(None))
    )
    written = alone.union_all(together).subquery()
    long_ago = select(written.c.person_id).group_by(written.c.person_id)
    return Person.id.in_(long_ago.having(func.max(written.c.accepted_at) <= before))


def _in_communes_due(
    session: Session, step: Step, campaign: Campaign, timing: FromPayday, now: datetime
) -> ColumnElement[bool] | None:
    """Each commune's people get their rows once, when its own moment has come; after the last the step is sealed."""
    due = communes_due(session, step, campaign, timing, now)
    if not due:
        return None
    step.communes_sealed = sorted({*step.communes_sealed, *due})
    if set(communes_of(session, step)) <= set(step.communes_sealed):
        step.state = StepState.SEALED
    return Person.commune_code.in_(due)
