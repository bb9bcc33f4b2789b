"""Everybody of a step, one line each, with what became of the message: the rows behind a certificate, as they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageMember
from outreach.sql_types import AnySelect
from roster.commune import Commune
from roster.person import Person

_AT_ONCE = 5000


@dataclass(frozen=True)
class AccountedRow:
    """One person. number: the ledger's number of the message, None for whoever got none; shares: the message is another
    person's too. state: None where there is no message; reason: why it went no further, or without this person."""

    reference: str
    commune: str
    number: int | None
    shares: bool
    channel: str | None
    account: str | None
    state: str | None
    reason: str | None
    accepted_at: datetime | None
    delivered_at: datetime | None
    price_dong: int | None


def accounted_rows(session: Session, step_id: int) -> Iterator[AccountedRow]:
    """The people of a step: those written to by the ledger's number, then those left out."""
    rows = session.execute(_everybody(step_id).execution_options(yield_per=_AT_ONCE))
    return (AccountedRow(*row) for row in rows)


def _everybody(step_id: int) -> AnySelect:
    state = cast(Message.state, String)
    alone = select(
        Message.person_id, Message.commune_code, Message.id.label("number"), literal(False).label("shares"),
        Message.channel, Message.account, state.label("state"), Message.reason, Message.accepted_at,
        Message.delivered_at, Message.price_dong,
    ).where(Message.step_id == step_id)  # fmt: skip
    together = (
        select(
            MessageMember.person_id, MessageMember.commune_code, Message.id, literal(True), Message.channel,
            Message.account, state, MessageMember.reason, Message.accepted_at, Message.delivered_at,
            cast(null(), Integer),
        )
        .join(Message, Message.id == MessageMember.message_id)
        .where(MessageMember.step_id == step_id)
    )  # fmt: skip
    without = select(
        StepLeftOut.person_id, StepLeftOut.commune_code, cast(null(), Integer), literal(False), cast(null(), String),
        cast(null(), String), cast(null(), String), StepLeftOut.reason, null(), null(), cast(null(), Integer),
    ).where(StepLeftOut.step_id == step_id)  # fmt: skip
    every = union_all(alone, together, without).subquery("every")
    return (
        select(Person.reference, Commune.name, *list(every.c)[2:])
        .select_from(every)
        .join(Person, Person.id == every.c.person_id)
        .join(Commune, Commune.code == every.c.commune_code)
        .order_by(every.c.number.nulls_last(), every.c.shares, Person.reference)
    )
