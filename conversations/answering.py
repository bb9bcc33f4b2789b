"""Answering what came in: the thread's messages in order, each once, by whoever owns the thread."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations.albums import continues_album
from conversations.arrivals import arrive
from conversations.attachments import tie_attachment
from conversations.escalation import Reason
from conversations.escalations import escalate
from conversations.events import NEEDS_NO_ANSWER
from conversations.inbound import ANSWER, ANSWER_QUEUE
from conversations.opting_out import asks_to_stop_or_resume, opts_out
from conversations.relay import RelayFailed, ask_bot
from conversations.rendering import Spoken
from conversations.replies import write_reply
from conversations.thread import InboundMessage, Owner, Thread
from conversations.whom import tie_to_invited
from core.clock import VIETNAM, now
from core.database import Role, transaction
from core.gauges import GaugeName, set_gauge
from core.jobs import jobs
from core.logs import logger
from language.text import shows_marks
from outreach.message import Message
from roster.survey.drafts import correctable, correctable_draft
from roster.survey.questions import Question

MOST_ATTEMPTS = 4
PATIENCE = timedelta(minutes=2)
"""Turns that fail this often and this long go to an officer, and the citizen hears a plain word."""
SORRY = "Hệ thống đang trục trặc, chúng tôi xin lỗi. Cán bộ sẽ liên hệ lại với ông/bà ạ."


@jobs.task(name=ANSWER, queue=ANSWER_QUEUE, retry=False)
def answer(thread_id: str) -> None:
    """Answer every unhandled message of the thread, oldest first; the job's lock keeps a thread to one worker.

    A stop or a resume does not wait for the words before it: it is obeyed at once, also while turns fail.
    """
    while (message := _next_unhandled(UUID(thread_id))) is not None:
        if not _answer_one(message):
            break


def _next_unhandled(thread_id: UUID) -> InboundMessage | None:
    """The message whose turn it is, with what was open when it was first looked at committed beside it."""
    with transaction(Role.WORKER) as session:
        waiting = session.scalars(
            select(InboundMessage)
            .where(InboundMessage.thread_id == thread_id, InboundMessage.handled_at.is_(None))
            .order_by(InboundMessage.id)
        ).all()
        message = next((one for one in waiting if asks_to_stop_or_resume(one.text)), next(iter(waiting), None))
        if message is not None and message.asked is None:
            thread = session.get_one(Thread, thread_id, with_for_update=True)
            _meet(session, thread, message)
        return message


def _meet(session: Session, thread: Thread, message: InboundMessage) -> None:
    thread.last_inbound_at = message.received_at
    if (shown := shows_marks(message.text)) is not None:
        thread.writes_marks = shown
    arrive(session, thread, message)
    if thread.owner is Owner.BOT:
        tie_to_invited(session, thread)
    message.commune_code = thread.commune_code
    tie_attachment(session, message, thread)
    message.asked = json.dumps(_what_is_open(session, thread, message), ensure_ascii=False)


def _what_is_open(session: Session, thread: Thread, message: InboundMessage) -> dict[str, Any]:
    """The open question, the choices offered, the day on which the message came. A pressed button counts only where it
    was offered last, and nothing confirms a summary that went out after it was said."""
    draft = correctable_draft(session, thread.id)
    question = draft.open_question if draft else None
    choices = json.loads(thread.offered or "[]")
    if question == Question.CONFIRM and _answered_since(session, thread, message):
        question, choices = None, []
    if message.payload not in [choice["payload"] for choice in choices]:
        message.payload = None
    answered = correctable(draft) if draft else []
    came = message.received_at.astimezone(VIETNAM).date()
    return {"open_question": question, "choices": choices, "answered": answered, "day": came.isoformat()}


def _answered_since(session: Session, thread: Thread, message: InboundMessage) -> bool:
    """Whether something went out in the thread after `message` had come in."""
    later = select(Message.id).where(Message.thread_id == thread.id, Message.created_at > message.received_at)
    return session.scalar(later.limit(1)) is not None


def _answer_one(message: InboundMessage) -> bool:
    """Answer one message; False when it has to be tried again later (a tick does)."""
    try:
        return _served_by_hand(message) or _served_by_bot(message)
    except Exception as error:  # whatever it is, it must not keep the thread silent for ever
        reason = str(error) if isinstance(error, RelayFailed) else type(error).__name__
        return _count_failure(message.id, reason)


def _served_by_hand(message: InboundMessage) -> bool:
    """Whether the message needs no bot: a stop, a thread that an officer owns, a change of an earlier message, one more
    picture of an album."""
    with transaction(Role.WORKER) as session:
        if opts_out(session, message, now()):
            return True
        if message.media in NEEDS_NO_ANSWER:
            _handled(session, message.id, Owner.BOT, now())
            return True
        if session.get_one(Thread, message.thread_id).owner is Owner.OFFICER:
            _handled(session, message.id, Owner.OFFICER, now())
            return True
        if not continues_album(session, message):
            return False
        _handled(session, message.id, Owner.BOT, now())
        return True


def _served_by_bot(message: InboundMessage) -> bool:
    spoken = ask_bot(message, json.loads(message.asked or "{}"))
    with transaction(Role.WORKER) as session:
        thread = session.get_one(Thread, message.thread_id, with_for_update=True)
        if thread.staff_id is not None:  # an officer took over while the bot was thinking: the bot stays silent
            _handled(session, message.id, Owner.OFFICER, now())
            return True
        _handled(session, message.id, Owner.BOT, now())
        if spoken.text:
            write_reply(session, thread, message.id, spoken, now())
    return True


def _handled(session: Session, message_id: int, by: Owner, at: datetime) -> None:
    message = session.get_one(InboundMessage, message_id)
    message.handled_at, message.handled_by = at, by


def _count_failure(message_id: int, reason: str) -> bool:
    """Count a failed turn; True once it went to an officer. A restart of Rasa is waited for (PATIENCE)."""
    with transaction(Role.WORKER) as session:
        found = session.get_one(InboundMessage, message_id)
        thread = session.get_one(Thread, found.thread_id, with_for_update=True)
        message = session.get_one(InboundMessage, message_id, with_for_update=True, populate_existing=True)
        if message.handled_at is not None:
            return True
        message.attempts += 1
        logger("answering").warning("turn failed", message=message_id, attempt=message.attempts, reason=reason)
        if message.attempts < MOST_ATTEMPTS or now() - message.received_at < PATIENCE:
            return False
        escalate(session, thread, Reason.BOT_FAILURE, "", now())
        _handled(session, message_id, Owner.OFFICER, now())
    _apologise(message_id)
    return True


def _apologise(message_id: int) -> None:
    with transaction(Role.WORKER) as session:
        thread = session.get_one(Thread, session.get_one(InboundMessage, message_id).thread_id)
        write_reply(session, thread, message_id, Spoken(SORRY, []), now())


def threads_waiting(session: Session) -> list[UUID]:
    """Threads with unhandled messages: a tick defers their answers again after a failure or a crash."""
    return list(session.scalars(select(InboundMessage.thread_id).where(InboundMessage.handled_at.is_(None)).distinct()))


def gauge_unanswered(session: Session, at: datetime) -> int:
    """Write the backlog of unanswered messages to the gauge that paces waves."""
    count = session.scalar(select(func.count()).select_from(InboundMessage).where(InboundMessage.handled_at.is_(None)))
    set_gauge(session, GaugeName.UNANSWERED, count or 0, at)
    return count or 0
