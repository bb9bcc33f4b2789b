"""How often a phone may be written to unasked: so many different things a day, so many messages in 24 hours.

Looked at when rows are claimed, with the phones locked: whoever claims another row of the same phone waits until this
transaction is over, and then sees its messages. A row over a limit waits until it is its turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from outreach.calendar import Hours, next_permitted
from outreach.message import Message, MessageKind, MessageState
from roster.contact import ContactPoint

DAY = timedelta(hours=24)
_MAY_HAVE_COME = (
    MessageState.CLAIMED,
    MessageState.UNKNOWN,
    MessageState.ACCEPTED,
    MessageState.DELIVERED,
    MessageState.UNDELIVERED,
)


@dataclass(frozen=True)
class Written:
    """One message that a phone was sent. `step_id`: rungs of one step are one and the same thing."""

    at: datetime
    step_id: int | None


@dataclass(frozen=True)
class Limits:
    """Different things a day of Vietnam's, and messages in any 24 hours."""

    most_a_day: int
    most_in_24_hours: int

    def next_turn(
        self, written: Sequence[Written], step_id: int | None, now: datetime, hours: Hours
    ) -> datetime | None:
        """When a message of the step may go to a phone that was sent `written`; None: now. Pure."""
        within = sorted(one.at for one in written if one.at > now - DAY)
        if len(within) >= self.most_in_24_hours:
            return next_permitted(within[-self.most_in_24_hours] + DAY, hours)
        midnight = _midnight(now)
        things = {one.step_id for one in written if one.at >= midnight} - {step_id}
        if len(things) >= self.most_a_day:
            return next_permitted(midnight + DAY, hours)
        return None


class PhoneLog:
    """What the phones of a batch were sent lately, kept up while the batch is claimed."""

    def __init__(self, session: Session, contacts: Collection[UUID], now: datetime) -> None:
        """Lock the phones, in one order for all, and read."""
        self._now = now
        self._written: dict[UUID, list[Written]] = defaultdict(list)
        wanted = select(ContactPoint.id).where(ContactPoint.id.in_(contacts)).order_by(ContactPoint.id)
        session.execute(wanted.with_for_update(key_share=True)).all()
        at = func.coalesce(Message.accepted_at, Message.changed_at)
        sent = select(Message.contact_id, at.label("at"), Message.step_id).where(
            Message.contact_id.in_(contacts),
            Message.kind == MessageKind.WAVE,
            Message.state.in_(_MAY_HAVE_COME),
            at >= min(now - DAY, _midnight(now)),
        )
        for row in session.execute(sent):
            self._written[row.contact_id].append(Written(row.at, row.step_id))

    def next_turn(self, message: Message, limits: Limits, hours: Hours) -> datetime | None:
        """When the message may go to its phone; None: now."""
        return limits.next_turn(self._written[message.contact_id], message.step_id, self._now, hours)

    def note(self, message: Message) -> None:
        """It goes out now."""
        self._written[message.contact_id].append(Written(self._now, message.step_id))


def _midnight(now: datetime) -> datetime:
    """When Vietnam's day began."""
    local = now.astimezone(VIETNAM)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
