"""Whom the question "has the money come?" reached after a month's payday, and what they said: numbers, by commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, func, or_, select, union
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from conversations.escalation import Escalation
from conversations.money_answer import MoneyAnswer
from core.clock import VIETNAM
from outreach.meant_for import WENT_OUT
from outreach.message import Message, MessageMember
from outreach.step import Step, StepKind
from outreach.timing import FromPayday
from roster.commune import Commune


@dataclass
class MoneyCame:
    """One commune's numbers. `settled`: of those who said no, how many officers closed with which outcome."""

    commune: str
    asked: int = 0
    yes: int = 0
    no: int = 0
    open: int = 0
    """Of those who said no: still with an officer."""
    settled: Counter[str] = field(default_factory=Counter)

    @property
    def silent(self) -> int:
        """Asked, and no answer yet."""
        return self.asked - self.yes - self.no


def money_answers(session: Session, month: date, commune_code: str | None) -> list[MoneyCame]:
    """The communes in which somebody was asked about the payday of `month` (its first day), by name.

    Of a step that counts from payday, the payday it followed says the month; of another, the day it went out.
    """
    steps = session.scalars(select(Step).where(Step.kind == StepKind.MONEY_CAME)).all()
    if not steps:
        return []
    asked = _asked(steps, month).subquery()
    last = (
        select(MoneyAnswer)
        .ext(distinct_on(MoneyAnswer.step_id, MoneyAnswer.person_id))
        .order_by(MoneyAnswer.step_id, MoneyAnswer.person_id, MoneyAnswer.id.desc())
        .subquery()
    )
    said = aliased(MoneyAnswer, last)
    query = (
        select(Commune.name, said.came, Escalation.closed_at.is_(None), Escalation.outcome, func.count())
        .select_from(asked)
        .join(Commune, Commune.code == asked.c.commune_code)
        .outerjoin(said, and_(said.step_id == asked.c.step_id, said.person_id == asked.c.person_id))
        .outerjoin(Escalation, Escalation.id == said.escalation_id)
        .group_by(Commune.name, Commune.folded_name, said.came, Escalation.closed_at.is_(None), Escalation.outcome)
        .order_by(Commune.folded_name)
    )
    if commune_code is not None:
        query = query.where(asked.c.commune_code == commune_code)
    counts: dict[str, MoneyCame] = {}
    for commune, came, is_open, outcome, number in session.execute(query):
        _count(counts.setdefault(commune, MoneyCame(commune)), came, is_open, outcome, number)
    return list(counts.values())


def _count(of: MoneyCame, came: bool | None, is_open: bool, outcome: str | None, number: int) -> None:
    of.asked += number
    if came:
        of.yes += number
    elif came is not None:
        of.no += number
        if is_open:
            of.open += number
        else:
            of.settled[outcome or ""] += number


def _asked(steps: Sequence[Step], month: date) -> CompoundSelect[Any]:
    in_month = or_(*(_went_out_for(step, month) for step in steps))
    alone = select(Message.step_id, Message.person_id, Message.commune_code).where(
        Message.state.in_(WENT_OUT), Message.person_id.is_not(None), in_month
    )
    together = (
        select(MessageMember.step_id, MessageMember.person_id, MessageMember.commune_code)
        .join(Message, Message.id == MessageMember.message_id)
        .where(MessageMember.reason.is_(None), Message.state.in_(WENT_OUT), in_month)
    )
    return union(alone, together)


def _went_out_for(step: Step, month: date) -> ColumnElement[bool]:
    moment = step.moment
    days = timedelta(days=moment.days if isinstance(moment, FromPayday) else 0)
    following = (month + timedelta(days=31)).replace(day=1)
    at = func.coalesce(Message.accepted_at, Message.changed_at)
    return and_(Message.step_id == step.id, at >= _midnight(month + days), at < _midnight(following + days))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
