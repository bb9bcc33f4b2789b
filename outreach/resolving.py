"""Messages of which nobody knows whether they were sent: asked for at the provider, and decided.

A row is touched only when its attempt can no longer be made: the run that began it is over (its lock is free) or has
said itself that the answer was lost; and only after the settling time, when what the provider took shows in its list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import chain
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import SYSTEM, record
from core.database import transaction
from outreach.attempts import message_key, provider_template
from outreach.channels.adapter import AskByRepeating, CannotTell, ChannelAdapter, Found, LookUp, NotFound, Outgoing
from outreach.delivery_settings import delivery_settings
from outreach.doubts import UNSETTLED, Doubt, doubted_since, end_attempt, last_attempt, lock_unsettled
from outreach.message import Attempt, AttemptOutcome, Message, MessageState
from outreach.outcomes import note_accepted
from outreach.reasons import Reason
from outreach.repeating import ask_by_repeating
from outreach.spending import take_back
from outreach.standing import refusals_of
from outreach.worker_life import is_free
from roster.contact import ContactPoint

_IN_A_ROUND, _AT_ONCE = 200, 4
"""A provider's answer takes its time: several are asked for at once, few enough that nobody calls it too many."""


@dataclass(frozen=True)
class Resolved:
    """How many doubts ended in which way."""

    found: int = 0
    not_found: int = 0
    left: int = 0


class _Ended(Enum):
    """How a look at one message ended."""

    FOUND = auto()
    NOT_FOUND = auto()
    LEFT = auto()


def resolve_unsettled(now: datetime, adapter_for: Callable[[str], ChannelAdapter]) -> Resolved:
    """Decide what can be decided at `now`. Repeating it, or doing it twice at once, changes nothing more."""
    with transaction() as session:
        unsettled = _unsettled(session, now)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        ended = Counter(chain.from_iterable(pool.map(lambda ids: _resolve_each(ids, now, adapter_for), unsettled)))
    return Resolved(found=ended[_Ended.FOUND], not_found=ended[_Ended.NOT_FOUND], left=ended[_Ended.LEFT])


def _resolve_each(
    message_ids: Sequence[int], now: datetime, adapter_for: Callable[[str], ChannelAdapter]
) -> list[_Ended | None]:
    """One after the other: what the provider has of one of them is not another's."""
    return [_resolve(message_id, now, adapter_for) for message_id in message_ids]


def _resolve(message_id: int, now: datetime, adapter_for: Callable[[str], ChannelAdapter]) -> _Ended | None:
    """None where it is not its turn, or somebody else has decided meanwhile."""
    with transaction() as session:
        doubt = _doubt(session, message_id, now)
    if doubt is None:
        return None
    adapter = adapter_for(doubt.account)
    found = adapter.look_up(doubt.outgoing, doubt.known)
    if isinstance(found, AskByRepeating):
        doubt, found = ask_by_repeating(doubt, adapter, now)
    with transaction() as session:
        return _decide(session, doubt, found, now)


def _unsettled(session: Session, now: datetime) -> list[list[int]]:
    """Messages in doubt whose last attempt began before the settling time, those to the same address together."""
    settled = now - timedelta(seconds=delivery_settings().settling_seconds)
    recent = select(Attempt.id).where(Attempt.message_id == Message.id, Attempt.started_at > settled).exists()
    wanted = select(Message.contact_id, Message.id).where(Message.state.in_(UNSETTLED), ~recent)
    together: dict[UUID, list[int]] = defaultdict(list)
    for contact_id, message_id in session.execute(wanted.order_by(Message.changed_at).limit(_IN_A_ROUND)):
        together[contact_id].append(message_id)
    return list(together.values())


def _doubt(session: Session, message_id: int, now: datetime) -> Doubt | None:
    """The message, made `unknown` for all to see, if its last attempt is over; None while its run may be alive."""
    message = lock_unsettled(session, message_id)
    attempt = last_attempt(session, message_id)
    if message is None or attempt is None:
        return None
    if attempt.finished_at is None and not is_free(session, attempt.worker):
        _show_silence(message, attempt, now)
        return None
    if message.state is MessageState.CLAIMED:
        _to_unknown(message, Reason.WORKER_LOST, now)
    assert message.body is not None  # committed with the attempt
    contact = session.get_one(ContactPoint, message.contact_id)
    outgoing = Outgoing(
        message.id,
        contact.address,
        message.body,
        message.choices,
        address_kind=contact.kind,
        template=provider_template(message),
        key=message_key(message.id, session.scalar(select(refusals_of(message.id))) or 0),
        doubted_since=doubted_since(session, message.id),
    )
    return Doubt(attempt.id, message.account, outgoing, _known_ids(session, message))


def _show_silence(message: Message, attempt: Attempt, now: datetime) -> None:
    """A run that holds its lock but says nothing may be frozen: nobody sends in its place, but it is shown."""
    patience = timedelta(seconds=delivery_settings().silent_worker_seconds)
    if message.state is MessageState.CLAIMED and attempt.started_at <= now - patience:
        _to_unknown(message, Reason.WORKER_SILENT, now)


def _to_unknown(message: Message, reason: Reason, now: datetime) -> None:
    message.state, message.reason, message.changed_at = MessageState.UNKNOWN, reason, now


def _known_ids(session: Session, message: Message) -> frozenset[str]:
    ids = session.scalars(
        select(Message.provider_message_id).where(
            Message.contact_id == message.contact_id, Message.provider_message_id.is_not(None)
        )
    )
    return frozenset(id_ for id_ in ids if id_)


def _decide(session: Session, doubt: Doubt, found: LookUp, now: datetime) -> _Ended | None:
    message = lock_unsettled(session, doubt.outgoing.message_id)
    attempt = last_attempt(session, doubt.outgoing.message_id)
    if message is None or attempt is None or attempt.id != doubt.attempt_id:
        return None  # somebody else has decided meanwhile, and perhaps tried again
    match found:
        case Found(provider_id) if not _taken(session, message, provider_id):
            end_attempt(attempt, AttemptOutcome.FOUND, now)
            message.state, message.reason, message.changed_at = MessageState.ACCEPTED, None, now
            note_accepted(message, provider_id, now)
            ended = _Ended.FOUND
        case NotFound():
            end_attempt(attempt, AttemptOutcome.NOT_FOUND, now)
            message.state, message.reason, message.changed_at = MessageState.PLANNED, None, now
            take_back(session, [message])
            ended = _Ended.NOT_FOUND
        case _:
            message.changed_at = now  # to the end of the line: others are asked for first
            if found == CannotTell(forever=True):
                message.reason = Reason.NOBODY_CAN_TELL  # a person decides: outreach.deciding
            return _Ended.LEFT
    _record(session, message, now)
    return ended


def _taken(session: Session, message: Message, provider_id: str) -> bool:
    """Whether another row has got this id since the look-up."""
    other = select(Message.id).where(
        Message.provider == message.provider, Message.provider_message_id == provider_id, Message.id != message.id
    )
    return session.scalar(other.limit(1)) is not None


def _record(session: Session, message: Message, now: datetime) -> None:
    record(
        session,
        now,
        SYSTEM,
        "message.resolved",
        f"message:{message.id}",
        commune_code=message.commune_code,
        before={"state": MessageState.UNKNOWN},
        after={"state": message.state},
    )
