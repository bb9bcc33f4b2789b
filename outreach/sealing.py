"""Sealing a step: once it is due, its rows are fixed, one a phone, and the job that sends them is queued.

Everything happens in one transaction: a crash leaves nothing half done, and doing it again changes nothing, for nobody
gets a second row of a step. The texts are made later, when rows are claimed.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.audit import SYSTEM, AuditEntry, entry, record_all
from outreach.channels.registry import account_for
from outreach.dispatch import queue_dispatch
from outreach.ledger import note_sealed
from outreach.reach import aim_of
from outreach.sealed_rows import Sealed, seal_rows, without_row
from outreach.step import ROLLING, Step, StepState
from outreach.templates import PlaceholderError, check_placeholders
from outreach.wording import words_of
from roster.campaign import Campaign, CampaignState


def due_steps(session: Session, now: datetime) -> list[int]:
    """The released steps whose time has come, the earliest first. Steps whose rows come as people's own moments come
    are left to `outreach.rolling`."""
    return list(session.scalars(_due(now).with_only_columns(Step.id)))


def seal_due_steps(session: Session, now: datetime, only: int | None = None) -> int:
    """Seal the steps that are due, or one of them alone; how many were sealed.

    A step of hundreds of thousands holds the audit log's lock from its entry to the end of the transaction: whoever has
    several gives each a transaction of its own.
    """
    wanted = _due(now) if only is None else _due(now).where(Step.id == only)
    due = session.scalars(wanted.with_for_update(of=Step, skip_locked=True)).all()
    record_all(session, [_seal(session, step, now) for step in due])
    return sum(step.state is StepState.SEALED for step in due)


def _due(now: datetime) -> Select[Step]:
    return (
        select(Step)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .where(Step.state == StepState.RELEASED, Step.due_at <= now, ~ROLLING)
        .where(Campaign.state == CampaignState.RUNNING)
        .order_by(Step.due_at, Step.id)
    )


def _seal(session: Session, step: Step, now: datetime) -> AuditEntry:
    campaign = session.get_one(Campaign, step.campaign_id)
    try:
        check_placeholders(step.template, words_of(campaign))
    except PlaceholderError as error:
        return send_back(step, error, now)
    account = account_for(step.channel)
    sealed = seal_rows(session, step, aim_of(step, now, without_row(step.id)), account, now)
    step.state = StepState.SEALED
    note_sealed(session, step.id, sealed, now)
    if sealed.rows:
        queue_dispatch(session, account.name)
    return entry(now, SYSTEM, "step.sealed", f"step:{step.id}", after=told(sealed))


def send_back(step: Step, error: PlaceholderError, now: datetime) -> AuditEntry:
    """A step whose text can no longer be filled goes back to its planners, to be put right and released anew."""
    step.state, step.released_by, step.released_at = StepState.PLANNED, None, None
    return entry(now, SYSTEM, "step.sent_back", f"step:{step.id}", reason=str(error))


def told(sealed: Sealed) -> dict[str, int]:
    """What was sealed, for the audit log."""
    return {"rows": sealed.rows, "people": sealed.rows + sealed.members, "left_out": sealed.left_out}
