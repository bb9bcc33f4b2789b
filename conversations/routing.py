"""Over which channel a word to the citizen of a thread goes out now: the thread's own, or where that is shut, SMS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from conversations.thread import Channel, Thread
from outreach.channels.provider import Account
from outreach.channels.registry import account_for, accounts_for
from roster.contact import ContactPoint

ZALO_WINDOW = timedelta(hours=48)
"""So long after the person's last word or click an office may write freely. Source: `shared/providers.md`, Windows."""


class CannotBeWritten(RuntimeError):
    """The citizen cannot be written to now; the text, in Vietnamese, says why."""


class CitizenStopped(CannotBeWritten):
    """The citizen has said `stop` and nothing since: not even an officer writes to him or her."""


class NoWayOut(CannotBeWritten):
    """The channel is shut, and no phone is known."""


@dataclass(frozen=True)
class Route:
    """Where a word goes."""

    channel: Channel
    contact_id: UUID
    account: Account


def route(session: Session, thread: Thread, at: datetime) -> Route:
    """The way out of `thread` at `at`. Raises NoWayOut; NoAccount where the channel has no account at all."""
    contact = session.get_one(ContactPoint, thread.contact_id)
    if not _shut(thread, contact, at):
        return Route(thread.channel, contact.id, account_for(thread.channel.value))
    phone = session.get(ContactPoint, contact.same_as) if contact.same_as else None
    if phone is None or phone.stopped_at is not None or not accounts_for(Channel.SMS.value):
        raise NoWayOut("kênh này không nhận tin nữa (quá 48 giờ, đã bỏ theo dõi hoặc đã chặn) và chưa rõ số điện thoại")
    return Route(Channel.SMS, phone.id, account_for(Channel.SMS.value))


def _shut(thread: Thread, contact: ContactPoint, at: datetime) -> bool:
    if contact.left_at is not None:
        return True
    last = thread.last_inbound_at
    return thread.channel is Channel.ZALO and (last is None or at - last > ZALO_WINDOW)
