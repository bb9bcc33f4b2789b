"""`stop` and `resume`, obeyed before the bot: also when Rasa is down, an officer owns the thread, or others wait."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.orm import Session

from conversations.rendering import Spoken
from conversations.replies import write_reply
from conversations.thread import InboundMessage, Owner, Thread
from core import audit
from language.answering.phrases import line_of
from language.stop_words import is_resume, is_stop
from roster.contact import ContactPoint
from roster.stopping import has_stopped, resume, stop

STOPPED = (
    "Dạ, chúng tôi sẽ không nhắn tin mời nữa. Trợ cấp của ông/bà không thay đổi. "
    "Muốn nhận lại tin, ông/bà nhắn: TIEP TUC."
)
RESUMED = "Dạ, chúng tôi sẽ nhắn tin lại cho ông/bà ạ."


_SAYS_MORE = re.compile(r" (nham|khong phai|khong quen|mat roi|da mat|qua doi|chet) ")
"""Besides "stop": a wrong number or a death, which must not be lost."""


def asks_to_stop_or_resume(text: str) -> bool:
    """Whether `text` is a stop or a resume."""
    return is_stop(text) or is_resume(text)


def opts_out(session: Session, message: InboundMessage, at: datetime) -> bool:
    """Obey a stop or a resume at once, with one confirmation; True when `message` was one."""
    stops = is_stop(message.text)
    if not stops and not is_resume(message.text):
        return False
    thread = session.get_one(Thread, message.thread_id, with_for_update=True)
    contact = session.get_one(ContactPoint, thread.contact_id)
    if stops or has_stopped(session, contact):
        stop(session, contact, at) if stops else resume(session, contact)
        audit.record(session, at, audit.Actor("thread", str(thread.id)), "stop" if stops else "resume",
                     f"contact:{contact.id}", commune_code=thread.commune_code)  # fmt: skip
    elif not stops:
        return False
    if stops and _SAYS_MORE.search(line_of(message.text)):
        return False  # obeyed; the bot hears the rest of it and answers once
    row = session.get_one(InboundMessage, message.id)
    row.handled_at, row.handled_by = at, Owner.BOT
    write_reply(session, thread, message.id, Spoken(STOPPED if stops else RESUMED, []), at)
    return True
