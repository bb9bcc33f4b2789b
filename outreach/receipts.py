"""Receipts: what the provider says later. Taken in once, applied by the table of states, in whatever order they come.

A receipt may be here before our own note that the provider took the message: it waits for the provider's id to stand in
the ledger, and a tick applies it then. One that waits for days is none of ours (`outreach.foreign_receipts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from core import clock
from core.database import transaction
from core.inserting import insert_once
from core.jobs import jobs
from outreach.channels.adapter import ErrorClass
from outreach.channels.registry import error_class, receipt_meaning
from outreach.message import Message, MessageState, Receipt
from outreach.message_states import sources
from outreach.queueing import queue_once
from outreach.reasons import Reason
from outreach.sql_types import AnyRow, AnySelect

TASK, QUEUE = "outreach.apply_receipts", "default"

_IN_ORDER = (MessageState.DELIVERED, MessageState.UNDELIVERED)
"""Where one batch holds both of a message, it has arrived."""
_AT_ONCE = 2000


def take_receipt(
    session: Session, provider: str, provider_id: str, status: str, error_code: str | None, at: datetime
) -> bool:
    """Take a receipt in, in the public door's transaction, and have it applied; False when it was here before."""
    taken = insert_once(
        session,
        Receipt,
        provider=provider,
        provider_message_id=provider_id,
        status=status,
        error_code=error_code,
        received_at=at,
    )
    if taken:
        queue_once(session, TASK, lock=TASK, queue=QUEUE)
    return taken


@jobs.task(name=TASK, queue=QUEUE)
def apply_receipts() -> None:
    """Apply what waits."""
    with transaction() as session:
        apply_waiting_receipts(session, clock.now())


def apply_waiting_receipts(session: Session, now: datetime) -> int:
    """Apply waiting receipts whose messages are known, at most _AT_ONCE; how many. The tick sees to the rest."""
    rows = session.execute(_waiting()).all()
    for state in _IN_ORDER:
        meant = [row for row in rows if receipt_meaning(row.provider, row.status) is state]
        if meant:
            _move(session, meant, state, now)
    session.execute(update(Receipt).where(Receipt.id.in_([row.id for row in rows])).values(applied_at=now))
    return len(rows)


def _waiting() -> AnySelect:
    known = and_(Message.provider == Receipt.provider, Message.provider_message_id == Receipt.provider_message_id)
    return (
        select(
            Receipt.id,
            Receipt.provider,
            Receipt.status,
            Receipt.error_code,
            Receipt.received_at,
            Message.id.label("message_id"),
        )
        .join(Message, known)
        .where(Receipt.applied_at.is_(None))
        .order_by(Message.id, Receipt.id)
        .limit(_AT_ONCE)
        .with_for_update(of=[Receipt, Message], skip_locked=True)
    )


def _move(session: Session, rows: Sequence[AnyRow], state: MessageState, now: datetime) -> None:
    """Only from the states from which the table of transitions allows it."""
    fields: dict[str, Any] = {"state": state, "changed_at": now}
    if state is MessageState.DELIVERED:
        fields["delivered_at"] = bindparam("received_at_")
    else:
        fields |= {"error_code": bindparam("error_code_"), "reason": bindparam("reason_")}
    allowed = or_(*(Message.state == source for source in sources(state)))  # IN cannot go with many rows of parameters
    moved = update(Message).where(Message.id == bindparam("message_id_"), allowed)
    session.connection().execute(moved.values(fields), [_parameters(row) for row in rows])


def _parameters(row: AnyRow) -> dict[str, Any]:
    return {
        "message_id_": row.message_id,
        "received_at_": row.received_at,
        "error_code_": row.error_code,
        "reason_": _reason(row.provider, row.error_code),
    }


def _reason(provider: str, error_code: str | None) -> Reason:
    faulty = error_code is not None and error_class(provider, error_code) is ErrorClass.OUR_BUG
    return Reason.FAULTY if faulty else Reason.UNREACHABLE
