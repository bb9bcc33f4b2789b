"""Sealing a step: once it is due, its rows are fixed, one a person, and the jobs that send them are queued.

Everything happens in one transaction, and a row is unique on step and person: a crash leaves nothing half done, and
doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.audit import SYSTEM, record
from core.clock import VIETNAM
from outreach.audience import Audience, Member, Phone, members
from outreach.channels.provider import Account
from outreach.channels.registry import account_for
from outreach.dispatch import queue_dispatch
from outreach.ledger import note_sealed
from outreach.message import Message, MessageKind, MessageState
from outreach.step import Step, StepKind, StepState
from outreach.templates import PlaceholderError, check_placeholders
from outreach.wording import Wordsmith, words_of
from roster.campaign import Campaign, CampaignState


def seal_due_steps(session: Session, now: datetime) -> int:
    """Seal every released invitation whose time has come; how many steps were sealed."""
    due = session.scalars(
        select(Step)
        .where(Step.kind == StepKind.INVITATION, Step.state == StepState.RELEASED, Step.due_at <= now)
        .order_by(Step.due_at, Step.id)
        .with_for_update(skip_locked=True)
    ).all()
    return sum(_seal(session, step, now) for step in due)


def _seal(session: Session, step: Step, now: datetime) -> bool:
    campaign = session.get_one(Campaign, step.campaign_id)
    if campaign.state is not CampaignState.RUNNING:
        return False
    try:
        check_placeholders(step.template, words_of(campaign))
    except PlaceholderError as error:
        send_back(session, step, error, now)
        return False
    account = account_for(step.channel)
    smith = wordsmith(step, campaign, now)
    for batch in members(session, campaign.id, Audience.from_json(step.audience)):
        insert_rows(session, wave_rows(step, account, batch, smith, now))
    rows = rows_of(session, step.id)
    step.state = StepState.SEALED
    note_sealed(session, step.id, rows, now)
    record(session, now, SYSTEM, "step.sealed", f"step:{step.id}", after={"rows": rows})
    if rows:
        queue_dispatch(session, account.name)
    return True


def send_back(session: Session, step: Step, error: PlaceholderError, now: datetime) -> None:
    """A step whose text can no longer be filled goes back to its planners, to be put right and released anew."""
    step.state, step.released_by, step.released_at = StepState.PLANNED, None, None
    record(session, now, SYSTEM, "step.sent_back", f"step:{step.id}", reason=str(error))


def insert_rows(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Add rows to the ledger; a person who has one of the step already keeps that one."""
    values = list(rows)
    if values:
        once = insert(Message).on_conflict_do_nothing(index_elements=[Message.step_id, Message.person_id])
        session.execute(once, values)


def rows_of(session: Session, step_id: int) -> int:
    """How many rows the step has."""
    return session.scalar(select(func.count()).where(Message.step_id == step_id)) or 0


def wordsmith(step: Step, campaign: Campaign, now: datetime) -> Wordsmith:
    """Makes the step's texts as of today in Vietnam."""
    return Wordsmith(step.template, step.channel, words_of(campaign), now.astimezone(VIETNAM).date())


def wave_rows(
    step: Step, account: Account, people: Iterable[Member], smith: Wordsmith, now: datetime
) -> Iterator[dict[str, Any]]:
    """The ledger's rows of `step` for those of `people` who have a phone."""
    for member in people:
        if member.phone is not None:
            yield _row(step, account, member, member.phone, smith, now)


def _row(step: Step, account: Account, member: Member, phone: Phone, smith: Wordsmith, now: datetime) -> dict[str, Any]:
    wording = smith.word(member, phone)
    return {
        "kind": MessageKind.WAVE,
        "campaign_id": step.campaign_id,
        "step_id": step.id,
        "person_id": member.person_id,
        "commune_code": member.commune_code,
        "contact_id": phone.contact_id,
        "channel": step.channel,
        "account": account.name,
        "provider": account.provider,
        "body": wording.body,
        "segments": wording.segments,
        "ordinal": 0,
        "state": MessageState.PLANNED,
        "created_at": now,
        "changed_at": now,
    }
