"""Answering what came in: the thread's messages in order, each once, by whoever owns the thread."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations.escalation import Reason
from conversations.escalations import escalate
from conversations.inbound import ANSWER, ANSWER_QUEUE
from conversations.opting_out import opts_out
from conversations.relay import RelayFailed, ask_bot
from conversations.rendering import Spoken
from conversations.replies import write_reply
from conversations.thread import InboundMessage, Owner, Thread
from conversations.whom import tie_to_invited
from core.clock import now
from core.database import Role, transaction
from core.gauges import GaugeName, set_gauge
from core.jobs import jobs
from core.logs import logger
from language.text import has_marks
from roster.survey.drafts import open_draft

MOST_ATTEMPTS = 4
"""Turns that fail this often go to an officer, and the citizen hears a plain word."""
SORRY = "Hệ thống đang trục trặc, chúng tôi xin lỗi. Cán bộ sẽ liên hệ lại với ông/bà ạ."


@jobs.task(name=ANSWER, queue=ANSWER_QUEUE, retry=False)
def answer(thread_id: str) -> None:
    """Answer every unhandled message of the thread, oldest first; the job's lock keeps a thread to one worker."""
    while (message := _next_unhandled(UUID(thread_id))) is not None:
        if not _answer_one(message):
            break


def _next_unhandled(thread_id: UUID) -> InboundMessage | None:
    """The oldest unhandled message, with what was open when it was first looked at committed beside it."""
    with transaction(Role.WORKER) as session:
        message = session.scalars(
            select(InboundMessage)
            .where(InboundMessage.thread_id == thread_id, InboundMessage.handled_at.is_(None))
            .order_by(InboundMessage.id)
            .limit(1)
        ).first()
        if message is not None and message.asked is None:
            thread = session.get_one(Thread, thread_id, with_for_update=True)
            _meet(session, thread, message)
        return message


def _meet(session: Session, thread: Thread, message: InboundMessage) -> None:
    thread.last_inbound_at = message.received_at
    if len(message.text) > 3:
        thread.writes_marks = has_marks(message.text)
    tie_to_invited(session, thread)
    message.commune_code = thread.commune_code
    draft = open_draft(session, thread.id)
    answered = [key for key in draft.answers if not key.startswith("_")] if draft else []
    asked: dict[str, Any] = {
        "open_question": draft.open_question if draft else None,
        "choices": json.loads(thread.offered or "[]"),
        "answered": answered,
    }
    message.asked = json.dumps(asked, ensure_ascii=False)


def _answer_one(message: InboundMessage) -> bool:
    """Answer one message; False when it has to be tried again later (a tick does)."""
    with transaction(Role.WORKER) as session:
        if opts_out(session, message, now()):
            return True
        if session.get_one(Thread, message.thread_id).owner is Owner.OFFICER:
            _leave_to_officer(session, message.id)
            return True
    try:
        spoken = ask_bot(message, json.loads(message.asked or "{}"))
    except RelayFailed as failure:
        return _count_failure(message.id, str(failure))
    with transaction(Role.WORKER) as session:
        thread = session.get_one(Thread, message.thread_id, with_for_update=True)
        if thread.staff_id is not None:  # an officer took over while the bot was thinking: the bot stays silent
            _handled(session, message.id, Owner.OFFICER, now())
            return True
        _handled(session, message.id, Owner.BOT, now())
        if spoken.text:
            write_reply(session, thread, message.id, spoken, now())
    return True


def _leave_to_officer(session: Session, message_id: int) -> None:
    _handled(session, message_id, Owner.OFFICER, now())


def _handled(session: Session, message_id: int, by: Owner, at: datetime) -> None:
    message = session.get_one(InboundMessage, message_id)
    message.handled_at, message.handled_by = at, by


def _count_failure(message_id: int, reason: str) -> bool:
    with transaction(Role.WORKER) as session:
        message = session.get_one(InboundMessage, message_id, with_for_update=True)
        message.attempts += 1
        logger("answering").warning("turn failed", message=message_id, attempt=message.attempts, reason=reason)
        if message.attempts < MOST_ATTEMPTS:
            return False
        thread = session.get_one(Thread, message.thread_id, with_for_update=True)
        escalate(session, thread, Reason.BOT_FAILURE, "", now())
        write_reply(session, thread, message.id, Spoken(SORRY, []), now())
        _handled(session, message_id, Owner.OFFICER, now())
        return True


def threads_waiting(session: Session) -> list[UUID]:
    """Threads with unhandled messages: a tick defers their answers again after a failure or a crash."""
    return list(session.scalars(select(InboundMessage.thread_id).where(InboundMessage.handled_at.is_(None)).distinct()))


def gauge_unanswered(session: Session, at: datetime) -> int:
    """Write the backlog of unanswered messages to the gauge that paces waves."""
    count = session.scalar(select(func.count()).select_from(InboundMessage).where(InboundMessage.handled_at.is_(None)))
    set_gauge(session, GaugeName.UNANSWERED, count or 0, at)
    return count or 0
