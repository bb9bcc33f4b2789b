"""What each provider account sent in a month, to hold against the provider's invoice.

Counted is what a provider took, on Vietnam's day on which it took it, whether it arrived or not. A message of unknown
fate may stand on the invoice too: it is counted apart. The price of a wave's message is the one committed for it;
answers by SMS are reckoned at the account's present price, and on channels that bill no answers they cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from outreach.channels.registry import accounts
from outreach.message import Attempt, Message, MessageKind, MessageState
from outreach.reasons import Reason

BILLS_ANSWERS = frozenset({"sms"})
"""Channels on which an answer costs what any message costs; Zalo's are free for 48 hours from the person's word."""

_AT_ONCE = 5000


@dataclass(frozen=True)
class Line:
    """One account, one kind of message, one day. dong: None where the account's price is not known any more."""

    day: date
    account: str
    provider: str
    channel: str
    kind: MessageKind
    messages: int
    segments: int
    delivered: int
    undelivered: int
    dong: int | None


@dataclass(frozen=True)
class BilledMessage:
    """One message that was counted. provider_message_id: None where staff alone found out that it arrived."""

    provider_message_id: str | None
    accepted_at: datetime | None
    account: str
    channel: str
    kind: MessageKind
    segments: int
    state: MessageState
    price_dong: int | None


@dataclass(frozen=True)
class Doubt:
    """Messages over one account that left in the month and of which nobody knows whether the provider took them."""

    account: str
    messages: int
    segments: int
    dong: int


@dataclass(frozen=True)
class Sum:
    """Lines added up. lines: those it is the sum of."""

    lines: Sequence[Line]

    @property
    def messages(self) -> int:
        return sum(line.messages for line in self.lines)

    @property
    def segments(self) -> int:
        return sum(line.segments for line in self.lines)

    @property
    def delivered(self) -> int:
        return sum(line.delivered for line in self.lines)

    @property
    def undelivered(self) -> int:
        return sum(line.undelivered for line in self.lines)

    @property
    def dong(self) -> int | None:
        """None where a part of it is not known."""
        parts = [line.dong for line in self.lines]
        return None if None in parts else sum(part or 0 for part in parts)


@dataclass(frozen=True)
class MonthCount:
    """A month of all accounts. first: its first day."""

    first: date
    lines: Sequence[Line]
    doubts: Sequence[Doubt]

    @property
    def by_account(self) -> dict[str, dict[MessageKind, Sum]]:
        """By account and kind, in the order of the alphabet and of the kinds."""
        return {
            account: {
                kind: Sum(these)
                for kind in MessageKind
                if (these := [line for line in self.lines if (line.account, line.kind) == (account, kind)])
            }
            for account in sorted({line.account for line in self.lines})
        }

    def of(self, account: str) -> Sum:
        """All kinds of one account together."""
        return Sum([line for line in self.lines if line.account == account])


def count_month(session: Session, first: date) -> MonthCount:
    """The month that begins on `first`, as `session` sees it: whoever does not see all communes counts too little."""
    return MonthCount(first, _lines(session, first), _doubts(session, first))


def billed_messages(session: Session, first: date) -> Iterator[BilledMessage]:
    """The messages that `count_month` counts, one by one, as they come: by account and time."""
    rows = session.execute(
        select(
            Message.provider_message_id, Message.accepted_at, Message.account, Message.channel, Message.kind,
            Message.segments, Message.state, Message.price_dong,
        )
        .where(*_in_month(Message.accepted_at, first))
        .order_by(Message.account, Message.accepted_at, Message.id)
        .execution_options(yield_per=_AT_ONCE)
    )  # fmt: skip
    return (BilledMessage(*row) for row in rows)


def months(session: Session, today: date) -> list[date]:
    """The first days of the months in which anything was sent, the latest first; this month at least."""
    begun = session.scalar(select(func.min(Message.accepted_at)))
    month = today.replace(day=1)
    first = month if begun is None else begun.astimezone(VIETNAM).date().replace(day=1)
    found = [month]
    while found[-1] > first:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _lines(session: Session, first: date) -> list[Line]:
    day = cast(func.timezone(VIETNAM.key, Message.accepted_at), Date)
    key = (day, Message.account, Message.provider, Message.channel, Message.kind)
    rows = session.execute(
        select(
            *key,
            func.count(),
            _total(Message.segments),
            func.count().filter(Message.state == MessageState.DELIVERED),
            func.count().filter(Message.state == MessageState.UNDELIVERED),
            _total(Message.price_dong),
            _total(case((Message.price_dong.is_(None), Message.segments))),
        )
        .where(*_in_month(Message.accepted_at, first))
        .group_by(*key)
        .order_by(*key)
    )
    return [_line(*row) for row in rows]


def _line(
    day: date, account: str, provider: str, channel: str, kind: MessageKind, messages: int, segments: int,
    delivered: int, undelivered: int, priced: int, unpriced: int,
) -> Line:  # fmt: skip
    dong: int | None = priced
    if unpriced and channel in BILLS_ANSWERS:
        known = accounts().get(account)
        dong = None if known is None else priced + unpriced * known.price_dong
    return Line(day, account, provider, channel, kind, messages, segments, delivered, undelivered, dong)


def _doubts(session: Session, first: date) -> list[Doubt]:
    given_up = (Message.state == MessageState.CANCELLED) & (Message.reason == Reason.GIVEN_UP)
    left = exists().where(Attempt.message_id == Message.id, *_in_month(Attempt.started_at, first))
    rows = session.execute(
        select(Message.account, func.count(), _total(Message.segments), _total(Message.price_dong))
        .where(or_(Message.state == MessageState.UNKNOWN, given_up), left)
        .group_by(Message.account)
        .order_by(Message.account)
    )
    return [Doubt(*row) for row in rows]


def _total(column: Any) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


def _in_month(column: Any, first: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return column >= _midnight(first), column < _midnight(following)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
