"""A campaign that runs, for tests of the pages that watch it: planned, released, sealed, and sent as far as wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.clock import now
from core.database import transaction
from outreach.audience import Audience
from outreach.campaign_setup import CampaignPlan, plan_campaign, steps_of
from outreach.message import Attempt, AttemptOutcome, Message, MessageState, Receipt
from outreach.reasons import Reason
from outreach.releasing import release_step
from outreach.sealing import seal_due_steps
from outreach.spending import commit_prices
from outreach.worker_life import new_key
from tests.console import ward

FACTS = {"phone": "024 3834 0000", "office": "trụ sở UBND phường", "hours": "8h-17h", "payday": "5"}
TEXT = "UBND Phuong Bo De kinh gui ong/ba. Xin goi 024 3834 0000."
_BAD = {MessageState.REJECTED: Reason.UNREACHABLE, MessageState.UNDELIVERED: Reason.UNREACHABLE,
        MessageState.UNKNOWN: Reason.ANSWER_LOST, MessageState.HELD: Reason.NO_TEXT,
        MessageState.CANCELLED: Reason.STOPPED}  # fmt: skip
_TAKEN = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNDELIVERED)


@dataclass(frozen=True)
class Running:
    """A campaign with its first step sealed for `people`."""

    campaign_id: int
    step_id: int
    people: tuple[ward.Citizen, ...]

    def message(self, person_id: UUID) -> Message:
        with transaction() as session:
            wanted = select(Message).where(Message.person_id == person_id, Message.step_id == self.step_id)
            return session.scalars(wanted).one()

    def come_to(self, *states: MessageState, provider: str = "twilio") -> None:
        """The first people's messages are in these states, in this order; 800 đồng each where somebody took them."""
        for citizen, state in zip(self.people, states, strict=False):
            come_to(self.message(citizen.person_id).id, state, provider)


def come_to(message_id: int, state: MessageState, provider: str = "twilio") -> None:
    """One message has come so far, with the attempt that explains it."""
    with transaction() as session:
        message = session.get_one(Message, message_id)
        message.state, message.changed_at, message.reason = state, now(), _BAD.get(state)
        message.account = message.provider = provider
        if state in (MessageState.PLANNED, MessageState.HELD, MessageState.CANCELLED):
            return
        message.body, message.segments = TEXT, 1
        taken = state in _TAKEN
        outcome = AttemptOutcome.ACCEPTED if taken else _outcome(state)
        session.add(
            Attempt(message_id=message_id, worker=new_key(), started_at=now(), finished_at=now(), outcome=outcome)
        )
        if state is not MessageState.REJECTED:
            message.price_dong = 800
            commit_prices(session, message.campaign_id or 0, 800)
        if taken:
            message.provider_message_id, message.accepted_at = f"SM{message_id:032d}", now()
        if state is MessageState.DELIVERED:
            message.delivered_at = now()
            session.add(
                Receipt(provider=provider, provider_message_id=f"SM{message_id:032d}", status="delivered",
                        received_at=now(), applied_at=now())
            )  # fmt: skip


def _outcome(state: MessageState) -> AttemptOutcome:
    return AttemptOutcome.UNKNOWN if state is MessageState.UNKNOWN else AttemptOutcome.REJECTED


def running(people: Sequence[ward.Citizen], planner: int = 1, releaser: int = 2, **changes: Any) -> Running:
    """A campaign whose invitation is sealed for these people and whoever else is on the roster."""
    with transaction() as session:
        fields: dict[str, Any] = {
            "name": "Đợt trước Tết",
            "deadline": date(2027, 1, 20),
            "due_at": now(),
            "facts": FACTS,
            "audience": Audience(),
            "reminder": None,
        }
        campaign = plan_campaign(session, CampaignPlan(**{**fields, **changes}), planner, now())
        [step] = steps_of(session, campaign.id)
        release_step(session, step.id, releaser, now())
    with transaction() as session:
        seal_due_steps(session, now())
    return Running(campaign.id, step.id, tuple(people))
