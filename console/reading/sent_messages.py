"""Every message to one person, as it was: its words, over which phone, each attempt, and what the provider said."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from outreach.left_out import StepLeftOut
from outreach.message import Attempt, Message, MessageMember, Receipt
from outreach.step import Step
from outreach.template_versions import StepText
from roster.campaign import Campaign
from roster.contact import ContactPoint

MOST = 200
"""Only the newest are shown: more than anybody reads at once."""


@dataclass(frozen=True)
class OfStep:
    """The step that a message belongs to. version: of its text; a released step's text stands."""

    step: Step
    campaign: str
    version: int


@dataclass(frozen=True)
class Sent:
    """One message. of: None for an answer and for an officer's words. together: how many people it is about."""

    message: Message
    contact: ContactPoint | None
    of: OfStep | None
    together: int
    attempts: list[Attempt] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)

    @property
    def choices(self) -> list[str]:
        """The titles of the buttons below the text."""
        return [choice["title"] for choice in json.loads(self.message.choices or "[]")]


@dataclass(frozen=True)
class SentTo:
    """All that went to one person, the newest first, and the steps that left her out, with the reason."""

    messages: list[Sent]
    left_out: list[tuple[OfStep, str]]
    total: int


def sent_to(session: Session, person_id: UUID) -> SentTo:
    """What `session` sees of it. A household's message belongs to each for whom it went out."""
    together = select(MessageMember.message_id).where(
        MessageMember.person_id == person_id, MessageMember.reason.is_(None)
    )
    mine = or_(Message.person_id == person_id, Message.id.in_(together))
    messages = session.scalars(select(Message).where(mine).order_by(Message.id.desc()).limit(MOST)).all()
    total = session.scalar(select(func.count()).select_from(Message).where(mine)) or 0
    left_out = session.execute(
        select(StepLeftOut.step_id, StepLeftOut.reason)
        .where(StepLeftOut.person_id == person_id)
        .order_by(StepLeftOut.step_id.desc())
    ).all()
    steps = _steps(session, {*(one.step_id for one in messages), *(step_id for step_id, _ in left_out)} - {None})
    return SentTo(_with_all(session, messages, steps), [(steps[key], reason) for key, reason in left_out], total)


def _with_all(session: Session, messages: Iterable[Message], steps: dict[int, OfStep]) -> list[Sent]:
    ids = [message.id for message in messages]
    contacts = {one.id: one for one in session.scalars(
        select(ContactPoint).where(ContactPoint.id.in_({message.contact_id for message in messages}))
    )}  # fmt: skip
    others = select(MessageMember.message_id, func.count()).where(MessageMember.reason.is_(None))
    shared = dict(session.execute(others.where(MessageMember.message_id.in_(ids)).group_by("message_id")).all())
    found = {
        message.id: Sent(
            message,
            contacts.get(message.contact_id),
            steps.get(message.step_id or 0),
            1 + shared.get(message.id, 0),
        )
        for message in messages
    }
    for attempt in session.scalars(select(Attempt).where(Attempt.message_id.in_(ids)).order_by(Attempt.id)):
        found[attempt.message_id].attempts.append(attempt)
    _add_receipts(session, list(found.values()))
    return list(found.values())


def _add_receipts(session: Session, sent: list[Sent]) -> None:
    by_id = {(one.message.provider, one.message.provider_message_id): one for one in sent}
    said = tuple_(Receipt.provider, Receipt.provider_message_id).in_([key for key in by_id if key[1] is not None])
    for receipt in session.scalars(select(Receipt).where(said).order_by(Receipt.received_at, Receipt.id)):
        by_id[receipt.provider, receipt.provider_message_id].receipts.append(receipt)


def _steps(session: Session, ids: set[int | None]) -> dict[int, OfStep]:
    version = select(func.max(StepText.number)).where(StepText.step_id == Step.id).scalar_subquery()
    rows = session.execute(
        select(Step, Campaign.name, version).join(Campaign, Campaign.id == Step.campaign_id).where(Step.id.in_(ids))
    )
    return {step.id: OfStep(step, campaign, number) for step, campaign, number in rows}
