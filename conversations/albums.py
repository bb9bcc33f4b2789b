"""Several pictures sent at once are one thing said, and get one answer.

Telegram brings an album as a message for each picture, Zalo as many pictures in a row, a carrier as many messages:
what these have in common is that one comes within moments of the other, and that only one of them bears words.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.events import Event
from conversations.thread import InboundMessage

TOGETHER = timedelta(seconds=10)
"""As long as somebody's phone takes to send one more picture; who picks the next one by hand takes longer."""
_SENT_IN_ALBUMS = frozenset({Event.PICTURE, Event.VIDEO, Event.FILE})


def continues_album(session: Session, message: InboundMessage) -> bool:
    """Whether `message` says nothing but what the one right before it in its thread said: one picture more."""
    if message.media not in _SENT_IN_ALBUMS or message.text.strip():
        return False
    before = session.scalars(
        select(InboundMessage)
        .where(InboundMessage.thread_id == message.thread_id, InboundMessage.id < message.id)
        .order_by(InboundMessage.id.desc())
        .limit(1)
    ).one_or_none()
    return (
        before is not None
        and before.media in _SENT_IN_ALBUMS
        and before.handled_at is not None
        and message.received_at - before.received_at <= TOGETHER
    )
