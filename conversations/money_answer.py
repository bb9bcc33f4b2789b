"""What people said when they were asked, after payday, whether the money has come.

A yes is the citizen's word and moves no claim: `paid_confirmed` is the payer's result alone (`roster.payment_results`),
and cash goes on until that. A no gives the thread to an officer besides.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from conversations.escalation import Escalation
from conversations.thread import Thread
from core.orm import Base, BigKey, CommuneCode
from outreach.meant_for import WENT_OUT
from outreach.message import Message, MessageMember
from outreach.step import Step, StepKind


class MoneyAnswer(Base):
    """One answer about one person; whoever answers again is counted by the last word (`id`)."""

    __tablename__ = "money_answer"
    __table_args__ = (
        UniqueConstraint("message_id", "person_id"),
        Index("ix_money_answer_asked", "step_id", "person_id"),
    )

    id: Mapped[BigKey]
    message_id: Mapped[int] = mapped_column(BigInteger)
    """The inbound message that says it: a repeated turn changes nothing."""
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"))
    """The step that asked."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    commune_code: Mapped[CommuneCode]
    came: Mapped[bool]
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"))
    """The matter that an officer got of a no."""
    said_at: Mapped[datetime]


def note_money_answer(
    session: Session, thread: Thread, message_id: int, came: bool, at: datetime, escalation: Escalation | None = None
) -> int:
    """Keep the answer for everybody the last such question to this address was about; for how many.

    0 where nobody was asked there, or where this message was noted before.
    """
    asked = session.scalars(
        select(Message)
        .join(Step, Step.id == Message.step_id)
        .where(
            Message.contact_id == thread.contact_id,
            Message.state.in_(WENT_OUT),
            Step.kind == StepKind.MONEY_CAME,
        )
        .order_by(Message.id.desc())
        .limit(1)
    ).first()
    if asked is None:
        return 0
    rows = [
        {
            "message_id": message_id,
            "step_id": asked.step_id,
            "person_id": person_id,
            "commune_code": commune_code,
            "came": came,
            "escalation_id": escalation.id if escalation else None,
            "said_at": at,
        }
        for person_id, commune_code in _about(session, asked)
    ]
    made = insert(MoneyAnswer).values(rows).on_conflict_do_nothing().returning(MoneyAnswer.id)
    return len(session.scalars(made).all())


def _about(session: Session, asked: Message) -> list[tuple[UUID | None, str | None]]:
    """Everybody of the household with the commune of each."""
    members = session.execute(
        select(MessageMember.person_id, MessageMember.commune_code).where(
            MessageMember.message_id == asked.id, MessageMember.reason.is_(None)
        )
    )
    return [(asked.person_id, asked.commune_code), *((person_id, commune_code) for person_id, commune_code in members)]
