"""The ledger's equation: what was sealed is what is there, and every row is in a state that its attempts explain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.gauges import Gauge
from core.logs import logger
from outreach.left_out import StepLeftOut
from outreach.message import Attempt, AttemptOutcome, Message, MessageMember, MessageState
from outreach.named_gauges import named_gauge, set_named_gauge
from outreach.sealed_rows import Sealed
from outreach.spending import wrong_sums

_log = logger(__name__)

UNBALANCED = "ledger_unbalanced_rows"
SEALED_ROWS = "ledger_sealed_rows"
_ROWS, _MEMBERS, _LEFT_OUT = "sealed_rows:", "sealed_members:", "sealed_left_out:"


def note_sealed(session: Session, step_id: int, sealed: Sealed, now: datetime) -> None:
    """Remember what a step was given, besides what it had."""
    for name, count in ((_ROWS, sealed.rows), (_MEMBERS, sealed.members), (_LEFT_OUT, sealed.left_out)):
        if count:
            _add(session, f"{name}{step_id}", count, now)


def sealed_counts(session: Session, step_id: int) -> Sealed:
    """What the seals of a step counted together; kept apart from the rows themselves."""
    return Sealed(*(named_gauge(session, f"{name}{step_id}") or 0 for name in (_ROWS, _MEMBERS, _LEFT_OUT)))


def state_counts(session: Session, step_id: int | None = None) -> Mapping[MessageState, int]:
    """Rows by state, of one step or of all; states without rows are 0."""
    return _counted(session, true() if step_id is None else Message.step_id == step_id)


def rows_in(state: MessageState) -> str:
    """The gauge that holds how many sealed rows are in `state`."""
    return f"ledger_rows_{state.value}"


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
    """Gauge the equation, both sides and what breaks it; the number of rows that break it."""
    broken = unbalanced_rows(session)
    set_named_gauge(session, UNBALANCED, broken, now)
    set_named_gauge(session, SEALED_ROWS, sum(_sealed(session, _ROWS).values()), now)
    for state, count in _counted(session, Message.step_id.is_not(None)).items():
        set_named_gauge(session, rows_in(state), count, now)
    if broken:
        _log.error("ledger_unbalanced", rows=broken)
    return broken


def _missing(session: Session, name: str, step: InstrumentedAttribute[Any]) -> int:
    """Rows of the table of `step` that were sealed and are not there, or are there and were not."""
    expected = _sealed(session, name)
    counted = select(step, func.count()).where(step.is_not(None)).group_by(step)
    found: dict[int, int] = dict(session.execute(counted).all())
    return sum(abs(expected.get(step_id, 0) - found.get(step_id, 0)) for step_id in {*expected, *found})


def _sealed(session: Session, name: str) -> dict[int, int]:
    """What the seals of every step counted, by step."""
    sealed = session.execute(select(Gauge.name, Gauge.value).where(Gauge.name.startswith(name)))
    return {int(found.removeprefix(name)): rows for found, rows in sealed}


def _counted(session: Session, which: ColumnElement[bool]) -> dict[MessageState, int]:
    counted = select(Message.state, func.count()).where(which).group_by(Message.state)
    found = dict(session.execute(counted).all())
    return {state: found.get(state, 0) for state in MessageState}


def _add(session: Session, name: str, count: int, at: datetime) -> None:
    row = insert(Gauge).values(name=name, value=count, read_at=at)
    more = {"value": Gauge.value + count, "read_at": at}
    session.execute(row.on_conflict_do_update(index_elements=[Gauge.name], set_=more))


def _unexplained(session: Session) -> int:
    """Claimed without an open attempt, planned with one, or taken by the provider without the provider's id and without
    a member of staff who has found out."""
    open_attempt = select(Attempt.id).where(Attempt.message_id == Message.id, Attempt.finished_at.is_(None)).exists()
    confirmed = (
        select(Attempt.id).where(Attempt.message_id == Message.id, Attempt.outcome == AttemptOutcome.CONFIRMED).exists()
    )
    taken = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNDELIVERED)
    wrong = or_(
        and_(Message.state == MessageState.CLAIMED, ~open_attempt),
        and_(Message.state == MessageState.PLANNED, open_attempt),
        and_(Message.state.in_(taken), Message.provider_message_id.is_(None), ~confirmed),
    )
    return session.scalar(select(func.count()).where(wrong)) or 0
