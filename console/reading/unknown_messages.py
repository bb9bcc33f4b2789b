"""Messages that wait for a person's decision, with what helps to decide: whom, when, and whether they wrote since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.reading.paging import Place, place
from outreach.deciding import for_a_person
from outreach.message import Attempt, Message, MessageMember
from outreach.step import Step
from roster.commune import Commune
from roster.contact import ContactPoint
from roster.person import Person

ON_A_PAGE = 40


@dataclass(frozen=True)
class Waiting:
    """One message. others: how many share it; tried_at: when it was last attempted; heard_at: the phone's last word."""

    message: Message
    person: Person | None
    commune: str | None
    others: int
    tried_at: datetime | None
    heard_at: datetime | None

    @property
    def wrote_since(self) -> bool:
        """A word has come from the phone after the attempt: so the message may well have arrived."""
        return self.tried_at is not None and self.heard_at is not None and self.heard_at >= self.tried_at


@dataclass(frozen=True)
class WaitingPage:
    """One page of them, and how many there are."""

    rows: list[Waiting]
    total: int
    place: Place


def waiting_page(session: Session, campaign_id: int, page: int) -> WaitingPage:
    """A page of the campaign's messages that wait, the oldest first."""
    mine = (Message.step_id.in_(select(Step.id).where(Step.campaign_id == campaign_id)), for_a_person())
    total = session.scalar(select(func.count()).where(*mine)) or 0
    here = place(total, page, ON_A_PAGE)
    tried = select(func.max(Attempt.started_at)).where(Attempt.message_id == Message.id).scalar_subquery()
    others = select(func.count()).where(
        MessageMember.message_id == Message.id, MessageMember.reason.is_(None)
    ).scalar_subquery()  # fmt: skip
    rows = session.execute(
        select(Message, Person, Commune.name, others, tried, ContactPoint.heard_at)
        .join(ContactPoint, ContactPoint.id == Message.contact_id)
        .outerjoin(Person, Person.id == Message.person_id)
        .outerjoin(Commune, Commune.code == Message.commune_code)
        .where(*mine)
        .order_by(Message.id)
        .offset(here.before)
        .limit(ON_A_PAGE)
    )
    return WaitingPage([Waiting(*row) for row in rows], total, here)
