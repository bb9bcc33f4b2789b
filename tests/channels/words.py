"""What comes in as words: as it stands in our database. The base of every messaging provider's `Inbound`."""

from __future__ import annotations

from sqlalchemy import func, select

from conversations.thread import Channel, InboundMessage, Thread
from core.database import transaction


class WordsComeIn:
    """A word is a message of its channel, in the one thread of whoever wrote it, and waits for its answer."""

    channel: Channel

    def kept(self, id_: str, text: str) -> str:
        return text

    def came_in(self) -> list[str]:
        with transaction() as session:
            unanswered = select(InboundMessage.text).where(
                InboundMessage.channel == self.channel, InboundMessage.handled_at.is_(None)
            )
            return list(session.scalars(unanswered.order_by(InboundMessage.id)))

    def writers(self) -> int:
        with transaction() as session:
            return session.scalar(select(func.count()).select_from(Thread)) or 0

    def job(self) -> tuple[str, str]:
        with transaction() as session:
            return "conversations.answer", f"thread:{session.scalars(select(Thread.id)).one()}"
