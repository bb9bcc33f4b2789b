"""Writing a reply into the ledger and deferring its delivery, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from conversations.rendering import Rendered, Spoken, render
from conversations.routing import CitizenStopped, Route, route
from conversations.thread import InboundMessage, Thread
from outreach.message import IS_ANSWER, Message, MessageKind, MessageState
from outreach.replies import queue_replies
from roster.contact import ContactPoint


def write_reply(session: Session, thread: Thread, reply_to: int, spoken: Spoken, at: datetime) -> int | None:
    """Put the bot's reply to inbound message `reply_to` into the ledger once; its id, None when it stood already."""
    return _write(session, thread, spoken, MessageKind.REPLY, at, reply_to)


def write_officer_word(session: Session, thread: Thread, text: str, at: datetime) -> int:
    """Put an officer's words into the ledger; they go out on the thread's own channel.

    They answer the citizen's last word, so that they may go out after a `stop` which that word came after; with no
    word since the `stop` CitizenStopped is raised, and NoWayOut where no channel is open.
    """
    session.get_one(Thread, thread.id, with_for_update=True)  # two officers' words never take the same place
    contact = session.get_one(ContactPoint, thread.contact_id)
    last = session.scalar(select(func.max(InboundMessage.received_at)).where(InboundMessage.thread_id == thread.id))
    if contact.stopped_at is not None and (last is None or last <= contact.stopped_at):
        raise CitizenStopped("người dân đã nhắn thôi nhận tin")
    answered = session.scalar(select(func.max(InboundMessage.id)).where(InboundMessage.thread_id == thread.id))
    written = _write(session, thread, Spoken(text, []), MessageKind.OFFICER, at, answered)
    if written is None:
        raise RuntimeError(f"an officer's word in thread {thread.id} found its place taken")
    return written


def _write(
    session: Session, thread: Thread, spoken: Spoken, kind: MessageKind, at: datetime, reply_to: int | None
) -> int | None:
    """Its first message's id. All parts are written, or, where the first one's place is taken, none."""
    way = route(session, thread, at)
    first = 0 if kind is MessageKind.REPLY else _next_ordinal(session, reply_to)
    written: list[int] = []
    for part, rendered in enumerate(render(spoken, way.channel, thread.writes_marks)):
        ordinal = first + part if kind is MessageKind.OFFICER else -part
        message_id = _insert(session, thread, way, rendered, kind, at, reply_to, ordinal)
        if message_id is None:
            return None
        written.append(message_id)
    if written:
        queue_replies(session, written, thread.id)
    return written[0] if written else None


def _insert(
    session: Session,
    thread: Thread,
    way: Route,
    rendered: Rendered,
    kind: MessageKind,
    at: datetime,
    reply_to: int | None,
    ordinal: int,
) -> int | None:
    row = (
        insert(Message)
        .values(
            kind=kind,
            person_id=thread.person_id,
            commune_code=thread.commune_code,
            contact_id=way.contact_id,
            thread_id=thread.id,
            reply_to=reply_to,
            ordinal=ordinal,
            channel=way.channel.value,
            account=way.account.name,
            provider=way.account.provider,
            body=rendered.body,
            choices=rendered.choices,
            segments=way.account.segments(rendered.body),
            state=MessageState.PLANNED,
            created_at=at,
            changed_at=at,
        )
        .on_conflict_do_nothing(index_elements=["reply_to", "ordinal"], index_where=IS_ANSWER)
        .returning(Message.id)
    )
    return session.scalar(row)


def _next_ordinal(session: Session, reply_to: int | None) -> int:
    """An officer may answer one message with several; the bot's own answer holds place 0, its further parts -1, -2 …"""
    last = session.scalar(select(func.max(Message.ordinal)).where(Message.reply_to == reply_to))
    return (last or 0) + 1
