"""An attempt to send a message: how it begins, and what an adapter is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from outreach.calendar import permitted_for
from outreach.channels.adapter import Outgoing, ProviderTemplate
from outreach.message import Attempt, Message, MessageKind, MessageState
from outreach.standing import Seen


@dataclass(frozen=True)
class Claimed:
    """One message that this run, and nobody else, is about to send. segments: as its provider bills it."""

    attempt_id: int
    outgoing: Outgoing
    segments: int = 1


@dataclass(frozen=True)
class Batch:
    """What was claimed, and how many rows were looked at to get it (the others were cancelled, held, or wait)."""

    claimed: list[Claimed]
    looked_at: int


def begin(session: Session, going: Sequence[Seen], now: datetime, worker: int) -> list[Claimed]:
    """Write the attempts of messages whose texts are made, for the run with the key `worker`."""
    attempts = [_begin(one.message, now, worker) for one in going]
    session.add_all(attempts)
    session.flush()
    return [
        Claimed(attempt.id, outgoing(one, now), one.message.segments)
        for attempt, one in zip(attempts, going, strict=True)
    ]


def _begin(message: Message, now: datetime, worker: int) -> Attempt:
    message.state, message.reason, message.changed_at = MessageState.CLAIMED, None, now
    return Attempt(message_id=message.id, worker=worker, started_at=now)


def outgoing(seen: Seen, now: datetime) -> Outgoing:
    """A wave's message must not be delivered in the quiet hours either: the provider may try until they begin."""
    message = seen.message
    assert message.body is not None  # made before the attempt
    left: timedelta | None = None
    if message.kind is MessageKind.WAVE:
        left = permitted_for(now, seen.hours)
    return Outgoing(
        message_id=message.id,
        address=seen.address,
        address_kind=seen.address_kind,
        template=provider_template(message),
        body=message.body,
        choices=message.choices,
        key=message_key(message.id, seen.refusals),
        validity_seconds=None if left is None else max(1, int(left.total_seconds())),
    )


def message_key(message_id: int, refusals: int) -> str:
    """The key under which a provider that keeps keys takes the message once (see `Outgoing.key`).

    A new one begins after each refusal: nobody says whether the key of a refused message is kept, and "I have it" must
    be true.
    """
    return f"{message_id}-{refusals}"


def provider_template(message: Message) -> ProviderTemplate | None:
    """The provider's own template that `message` was made from, None for a free text."""
    return ProviderTemplate(message.template["id"], message.template["data"]) if message.template else None
