"""The ledger's equation: what was sealed is what is there, and every row is in a state that its attempts explain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from core.gauges import Gauge
from core.logs import logger
from outreach.message import Attempt, Message, MessageState
from outreach.named_gauges import set_named_gauge

_log = logger(__name__)

UNBALANCED = "ledger_unbalanced_rows"
_SEALED = "sealed_rows:"


def note_sealed(session: Session, step_id: int, rows: int, now: datetime) -> None:
    """Remember how many rows a step has been given."""
    set_named_gauge(session, f"{_SEALED}{step_id}", rows, now)


def state_counts(session: Session, step_id: int | None = None) -> Mapping[MessageState, int]:
    """Rows by state, of one step or of all; states without rows are 0."""
    counted = select(Message.state, func.count()).group_by(Message.state)
    if step_id is not None:
        counted = counted.where(Message.step_id == step_id)
    found = dict(session.execute(counted).all())
    return {state: found.get(state, 0) for state in MessageState}


def unbalanced_rows(session: Session) -> int:
    """Rows that are missing from a sealed step or too many there, and rows whose state nothing explains; 0 is right."""
    return _missing(session) + _unexplained(session)


def check_ledger(session: Session, now: datetime) -> int:
    """Gauge the equation; the number of rows that break it."""
    broken = unbalanced_rows(session)
    set_named_gauge(session, UNBALANCED, broken, now)
    for state, count in state_counts(session).items():
        set_named_gauge(session, f"messages_{state.value}", count, now)
    if broken:
        _log.error("ledger_unbalanced", rows=broken)
    return broken


def _missing(session: Session) -> int:
    sealed = session.execute(select(Gauge.name, Gauge.value).where(Gauge.name.startswith(_SEALED)))
    expected = {int(name.removeprefix(_SEALED)): rows for name, rows in sealed}
    counted = select(Message.step_id, func.count()).where(Message.step_id.is_not(None)).group_by(Message.step_id)
    found = dict(session.execute(counted).all())
    return sum(abs(rows - found.get(step_id, 0)) for step_id, rows in expected.items())


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
