"""People who were asked after payday whether the money has come."""

from __future__ import annotations

from datetime import datetime

from core.clock import now
from core.database import transaction
from outreach.message import Message, MessageKind, MessageMember, MessageState
from outreach.step import Step, StepKind, StepState
from outreach.timing import FromPayday, timing_as_json
from tests.console.ward import Citizen


def asking_step(campaign_id: int, days_after_payday: int = 2) -> int:
    """A step that asks so many days after payday."""
    with transaction() as session:
        step = Step(
            campaign_id=campaign_id,
            kind=StepKind.MONEY_CAME,
            template="",
            audience={},
            ladder=[],
            timing=timing_as_json(FromPayday(days_after_payday)),
            due_at=now(),
            state=StepState.RELEASED,
        )
        session.add(step)
        session.flush()
        return step.id


def asked(step_id: int, of: Citizen, commune: str, *household: Citizen, at: datetime | None = None) -> None:
    """The question reached this person's phone, for the household too."""
    with transaction() as session:
        message = Message(
            kind=MessageKind.WAVE,
            step_id=step_id,
            person_id=of.person_id,
            commune_code=commune,
            contact_id=of.contact_id,
            channel="sms",
            account="twilio",
            provider="twilio",
            state=MessageState.DELIVERED,
            created_at=at or now(),
            changed_at=at or now(),
            accepted_at=at or now(),
        )
        session.add(message)
        session.flush()
        for one in household:
            session.add(
                MessageMember(message_id=message.id, person_id=one.person_id, step_id=step_id, commune_code=commune)
            )
