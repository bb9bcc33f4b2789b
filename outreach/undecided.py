"""Which messages of a campaign wait for a person's decision, by wave; and deciding about a whole wave at once.

At once: where the provider gave an answer for all of them, or the campaign is over and nobody asks any further.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from outreach.deciding import AT_ONCE, Choice, Decided, decide, for_a_person
from outreach.message import Message, MessageState
from outreach.step import Step


@dataclass(frozen=True)
class Wave:
    """Messages of one step over one account that stand still in the same way."""

    step_id: int
    account: str
    state: MessageState


def waves(session: Session, campaign_id: int) -> dict[Wave, int]:
    """How many messages of each wave wait for a person."""
    columns = (Message.step_id, Message.account, Message.state)
    rows = session.execute(
        _of_campaign(campaign_id)
        .with_only_columns(*columns, func.count().label("rows"))
        .group_by(*columns)
        .order_by(*columns)
    )
    return {Wave(row.step_id or 0, row.account, row.state): row.rows for row in rows}


def being_asked_for(session: Session, campaign_id: int) -> int:
    """Messages of unknown fate that the machine itself still asks its providers for."""
    unknown = Message.step_id.in_(_steps(campaign_id)), Message.state == MessageState.UNKNOWN
    return session.scalar(select(func.count()).where(*unknown, ~for_a_person())) or 0


def decide_wave(
    transactions: Callable[[], AbstractContextManager[Session]],
    wave: Wave,
    choice: Choice,
    staff_id: int,
    now: datetime,
    words: str,
) -> Decided:
    """Decide about everything of `wave` that waits, a batch a transaction; see `decide`."""
    done, left, after = 0, 0, 0
    while True:
        with transactions() as session:
            ids = _some(session, wave, after)
            if not ids:
                return Decided(done, left)
            decided = decide(session, ids, choice, staff_id, now, words)
        done, left, after = done + decided.done, left + decided.left, ids[-1]


def _some(session: Session, wave: Wave, after: int) -> list[int]:
    same = (Message.step_id == wave.step_id, Message.account == wave.account, Message.state == wave.state)
    wanted = select(Message.id).where(*same, for_a_person(), Message.id > after)
    return list(session.scalars(wanted.order_by(Message.id).limit(AT_ONCE)))


def _of_campaign(campaign_id: int) -> Select[Message]:
    return select(Message).where(Message.step_id.in_(_steps(campaign_id)), for_a_person())


def _steps(campaign_id: int) -> Select[int]:
    return select(Step.id).where(Step.campaign_id == campaign_id)
