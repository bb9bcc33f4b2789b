"""What became of every row of a campaign: the certificate at its end, and the same at any moment before.

The equation: what the seal of a step counted (kept apart from the rows when it was sealed) is the sum of its rows over
all states, and likewise for the people who share a row and those who were left out. A certificate is final only once
the campaign is over, nothing is open, and every equation holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.ladder import tell_of_deliveries
from outreach.ledger import sealed_counts
from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageMember, MessageState
from outreach.message_states import OPEN
from outreach.sealed_rows import Sealed
from outreach.spending import spent
from outreach.step import Step
from roster.campaign import Campaign, CampaignState

RECEIPT_PATIENCE = timedelta(hours=72)
"""After so long nobody tells any more that a message has arrived: carriers try a short message three days at most."""


class Matter(StrEnum):
    """Why a certificate is not final yet."""

    RUNS = "runs"
    """The campaign is not over: rows may still be added."""
    TO_SEND = "to_send"
    UNKNOWN = "unknown"
    HELD = "held"
    RECEIPTS = "receipts"
    """Taken by a provider that tells of deliveries, so lately that its word may still come."""
    UNBALANCED = "unbalanced"
    """An equation does not hold: a fault of the machine, to be looked into."""


@dataclass(frozen=True)
class Line:
    """So many rows of a step with one fate. dong: committed for them."""

    channel: str
    state: MessageState
    reason: str | None
    rows: int
    dong: int


@dataclass(frozen=True)
class StepAccount:
    """One step: what its seal counted, and what is there.

    together: people who share another's row, by the reason why it went without them (None: for them too); left_out:
    people without a row, by reason.
    """

    step: Step
    sealed: Sealed
    lines: Sequence[Line]
    together: dict[str | None, int]
    left_out: dict[str, int]

    @property
    def rows(self) -> int:
        return sum(line.rows for line in self.lines)

    @property
    def people(self) -> int:
        return self.rows + sum(self.together.values()) + sum(self.left_out.values())

    @property
    def balanced(self) -> bool:
        there = Sealed(self.rows, sum(self.together.values()), sum(self.left_out.values()))
        return there == self.sealed


@dataclass(frozen=True)
class Certificate:
    """Every row of `campaign` at the moment `at`.

    spent_dong: the sum that is kept; open: what keeps it from being final, with how much of it.
    """

    campaign: Campaign
    at: datetime
    steps: Sequence[StepAccount]
    spent_dong: int
    open: dict[Matter, int]

    @property
    def final(self) -> bool:
        return not self.open

    @property
    def rows(self) -> int:
        return sum(step.rows for step in self.steps)

    @property
    def by_state(self) -> dict[MessageState, int]:
        """Rows by state, those without any left out; in the order of the states."""
        counts = {state: sum(line.rows for step in self.steps for line in step.lines if line.state is state)
                  for state in MessageState}  # fmt: skip
        return {state: count for state, count in counts.items() if count}


def certify(session: Session, campaign: Campaign, now: datetime) -> Certificate:
    """The account of every row, as `session` sees them: whoever does not see all communes gets equations that fail."""
    steps = session.scalars(select(Step).where(Step.campaign_id == campaign.id).order_by(Step.due_at, Step.id)).all()
    accounts = [_account(session, step) for step in steps]
    committed = spent(session, campaign.id)
    return Certificate(campaign, now, accounts, committed, _open(session, campaign, accounts, committed, now))


def _account(session: Session, step: Step) -> StepAccount:
    fate = (Message.channel, Message.state, Message.reason)
    rows = session.execute(
        select(*fate, func.count(), func.sum(Message.price_dong))
        .where(Message.step_id == step.id)
        .group_by(*fate)
        .order_by(func.min(Message.rung), Message.reason)
    )
    lines = [Line(channel, state, reason, count, dong or 0) for channel, state, reason, count, dong in rows]
    return StepAccount(
        step,
        sealed_counts(session, step.id),
        sorted(lines, key=lambda line: list(MessageState).index(line.state)),
        _by_reason(session, MessageMember, step.id),
        _by_reason(session, StepLeftOut, step.id),
    )


def _by_reason(session: Session, table: type[MessageMember | StepLeftOut], step_id: int) -> dict[Any, int]:
    counted = select(table.reason, func.count()).where(table.step_id == step_id).group_by(table.reason)
    return dict(session.execute(counted.order_by(func.count().desc())).all())


def _open(
    session: Session, campaign: Campaign, accounts: Sequence[StepAccount], committed: int, now: datetime
) -> dict[Matter, int]:
    def rows(*states: MessageState) -> int:
        return sum(line.rows for account in accounts for line in account.lines if line.state in states)

    unbalanced = sum(not account.balanced for account in accounts)
    dong = sum(line.dong for account in accounts for line in account.lines)
    found = {
        Matter.RUNS: int(campaign.state is not CampaignState.CLOSED),
        Matter.TO_SEND: rows(*(OPEN - {MessageState.UNKNOWN, MessageState.HELD})),
        Matter.UNKNOWN: rows(MessageState.UNKNOWN),
        Matter.HELD: rows(MessageState.HELD),
        Matter.RECEIPTS: _receipts_may_come(session, accounts, now),
        Matter.UNBALANCED: unbalanced + (dong != committed),
    }
    return {matter: count for matter, count in found.items() if count}


def _receipts_may_come(session: Session, accounts: Sequence[StepAccount], now: datetime) -> int:
    steps = [account.step.id for account in accounts]
    lately = select(func.count()).where(
        Message.step_id.in_(steps),
        Message.state == MessageState.ACCEPTED,
        Message.provider.in_(tell_of_deliveries()),
        Message.accepted_at > now - RECEIPT_PATIENCE,
    )
    return session.scalar(lately) or 0
