"""The ledger's equation: what was sealed is what is there, and every row is in a state that its attempts explain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.gauges import Gauge
from core.logs import logger
from outreach.left_out import StepLeftOut
from outreach.message import Attempt, Message, MessageMember, MessageState
from outreach.named_gauges import set_named_gauge
from outreach.sealed_rows import Sealed
from outreach.spending import wrong_sums

_log = logger(__name__)

UNBALANCED = "ledger_unbalanced_rows"
_ROWS, _MEMBERS, _LEFT_OUT = "sealed_rows:", "sealed_members:", "sealed_left_out:"


def note_sealed(session: Session, step_id: int, sealed: Sealed, now: datetime) -> None:
    """Remember what a step was given, besides what it had."""
    for name, count in ((_ROWS, sealed.rows), (_MEMBERS, sealed.members), (_LEFT_OUT, sealed.left_out)):
        if count:
            _add(session, f"{name}{step_id}", count, now)


def state_counts(session: Session, step_id: int | None = None) -> Mapping[MessageState, int]:
    """Rows by state, of one step or of all; states without rows are 0."""
    counted = select(Message.state, func.count()).group_by(Message.state)
    if step_id is not None:
        counted = counted.where(Message.step_id == step_id)
    found = dict(session.execute(counted).all())
    return {state: found.get(state, 0) for state in MessageState}


def unbalanced_rows(session: Session) -> int:
    """Rows and people that are missing from a sealed step or too many there, rows whose state nothing explains, and
    campaigns whose money does not add up; 0 is right."""
    missing = (
        _missing(session, _ROWS, Message.step_id),
        _missing(session, _MEMBERS, MessageMember.step_id),
        _missing(session, _LEFT_OUT, StepLeftOut.step_id),
    )
    return sum(missing) + _unexplained(session) + wrong_sums(session)


def check_ledger(session: Session, now: datetime) -> int:
    """Gauge the equation; the number of rows that break it."""
    broken = unbalanced_rows(session)
    set_named_gauge(session, UNBALANCED, broken, now)
    for state, count in state_counts(session).items():
        set_named_gauge(session, f"messages_{state.value}", count, now)
    if broken:
        _log.error("ledger_unbalanced", rows=broken)
    return broken


def _missing(session: Session, name: str, step: InstrumentedAttribute[Any]) -> int:
    """Rows of the table of `step` that were sealed and are not there, or are there and were not."""
    sealed = session.execute(select(Gauge.name, Gauge.value).where(Gauge.name.startswith(name)))
    expected = {int(found.removeprefix(name)): rows for found, rows in sealed}
    counted = select(step, func.count()).where(step.in_(list(expected))).group_by(step)
    found: dict[int, int] = dict(session.execute(counted).all())
    return sum(abs(rows - found.get(step_id, 0)) for step_id, rows in expected.items())


def _add(session: Session, name: str, count: int, at: datetime) -> None:
    row = insert(Gauge).values(name=name, value=count, read_at=at)
    more = {"value": Gauge.value + count, "read_at": at}
    session.execute(row.on_conflict_do_update(index_elements=[Gauge.name], set_=more))


def _unexplained(session: Session) -> int:
    """Claimed without an open attempt, planned with one, or taken by the provider without the provider's id."""
    open_attempt = select(Attempt.id).where(Attempt.message_id == Message.id, Attempt.finished_at.is_(None)).exists()
    taken = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNDELIVERED)
    wrong = or_(
        and_(Message.state == MessageState.CLAIMED, ~open_attempt),
        and_(Message.state == MessageState.PLANNED, open_attempt),
        and_(Message.state.in_(taken), Message.provider_message_id.is_(None)),
    )
    return session.scalar(select(func.count()).where(wrong)) or 0
