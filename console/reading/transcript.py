"""A conversation in the order it was said: the citizen's words, the bot's, the officers', and the invitations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from conversations.attachment import Attachment, AttachmentState
from conversations.thread import InboundMessage, Thread
from outreach.message import Message, MessageKind, MessageMember, MessageState

ERASED = "(nội dung đã xóa)"
"""In the place of words that are no longer kept."""
NOT_WRITTEN_YET = "(Tin này được soạn khi đến lượt gửi.)"
LONGEST = 300
"""Only the newest words are shown: more than anybody reads at once."""


class Speaker(StrEnum):
    """Who says something; the values are the style sheet's names."""

    CITIZEN = "citizen"
    BOT = "office"
    OFFICER = "officer"
    INVITATION = "office invitation"


_SPEAKERS = {
    MessageKind.WAVE: Speaker.INVITATION,
    MessageKind.REPLY: Speaker.BOT,
    MessageKind.OFFICER: Speaker.OFFICER,
}
SPEAKER_NAMES = {
    Speaker.CITIZEN: "Người dân",
    Speaker.BOT: "Máy trả lời",
    Speaker.OFFICER: "Cán bộ",
    Speaker.INVITATION: "Tin mời",
}


@dataclass(frozen=True)
class Kept:
    """What came with a word, kept for the desk. `state`: whether it is there yet."""

    id: int
    state: AttachmentState
    content_type: str | None


@dataclass(frozen=True)
class Said:
    """One word of a conversation. `state` is None for what came in; `choices` are titles of buttons."""

    at: datetime
    speaker: Speaker
    text: str
    choices: tuple[str, ...] = ()
    state: MessageState | None = None
    media: str | None = None
    attachment: Kept | None = None
    channel: str | None = None

    @property
    def who(self) -> str:
        return SPEAKER_NAMES[self.speaker]


def of_thread(session: Session, thread: Thread) -> list[Said]:
    """What was said in `thread`, and the invitations that went to its phone."""
    invited = and_(Message.thread_id.is_(None), Message.contact_id == thread.contact_id)
    return _in_order(session, [thread.id], or_(Message.thread_id == thread.id, invited))


def newest_event(session: Session, thread: Thread) -> str:
    """What changes with every word in `thread`, whoever says it: what a page showed is compared by it."""
    came_in = select(func.max(InboundMessage.id)).where(InboundMessage.thread_id == thread.id)
    went_out = select(func.max(Message.id)).where(Message.thread_id == thread.id)
    return f"{session.scalar(came_in) or 0}-{session.scalar(went_out) or 0}"


def of_person(session: Session, person_id: UUID) -> list[Said]:
    """What was said to and about one person on every channel."""
    threads = session.scalars(select(Thread.id).where(Thread.person_id == person_id)).all()
    together = select(MessageMember.message_id).where(
        MessageMember.person_id == person_id, MessageMember.reason.is_(None)
    )
    return _in_order(
        session, threads, or_(Message.person_id == person_id, Message.id.in_(together), Message.thread_id.in_(threads))
    )


def _in_order(session: Session, threads: Iterable[UUID], ours: ColumnElement[bool]) -> list[Said]:
    words = session.scalars(
        select(InboundMessage)
        .where(InboundMessage.thread_id.in_(list(threads)))
        .order_by(InboundMessage.id.desc())
        .limit(LONGEST)
    )
    replies = session.scalars(select(Message).where(ours).order_by(Message.id.desc()).limit(LONGEST))
    came_in = list(words)
    kept = _kept(session, [word.id for word in came_in])
    said = [*(_came_in(word, kept.get(word.id)) for word in came_in), *map(_went_out, replies)]
    return sorted(said, key=lambda one: one.at)[-LONGEST:]


def _kept(session: Session, messages: list[int]) -> dict[int, Kept]:
    """The attachments of `messages`, without their contents."""
    rows = session.execute(
        select(Attachment.message_id, Attachment.id, Attachment.state, Attachment.content_type).where(
            Attachment.message_id.in_(messages)
        )
    )
    return {row.message_id: Kept(row.id, row.state, row.content_type) for row in rows}


def _came_in(word: InboundMessage, kept: Kept | None) -> Said:
    text = word.text if word.erased_at is None else ERASED
    return Said(word.received_at, Speaker.CITIZEN, text, media=word.media, attachment=kept)


def _went_out(message: Message) -> Said:
    titles = tuple(choice["title"] for choice in json.loads(message.choices or "[]"))
    return Said(
        message.created_at,
        _SPEAKERS[message.kind],
        message.body or (NOT_WRITTEN_YET if message.accepted_at is None else ERASED),
        titles,
        message.state,
        channel=message.channel,
    )
