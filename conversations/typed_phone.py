"""A phone that came by a form into which anything may be typed: whose it is, the person's code has to tell.

Nothing follows from such a phone by itself: whoever knows a neighbour's number could type it, and would be asked about
the neighbour. The code (mã hồ sơ) is written to the phone that the roster names, and so stands for a code sent there.
One-time codes are not asked for: an office that asks for one teaches people to give theirs away.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.arrivals import known_phone, tie
from conversations.events import Event
from conversations.thread import InboundMessage, Thread
from roster.contact import ContactPoint, PersonContact


def tie_where_code_agrees(session: Session, thread: Thread, person_id: UUID, at: datetime) -> None:
    """Tie the thread's account to the phone last typed there, where the roster has it for the person of the code."""
    typed = session.scalar(
        select(InboundMessage.shared_phone)
        .where(InboundMessage.thread_id == thread.id, InboundMessage.media == Event.TYPED_CONTACT)
        .order_by(InboundMessage.id.desc())
        .limit(1)
    )
    phone_id = known_phone(session, typed) if typed else None
    link = session.get(PersonContact, (person_id, phone_id)) if phone_id else None
    if phone_id is not None and link is not None and link.unlinked_at is None:
        contact = session.get_one(ContactPoint, thread.contact_id, with_for_update=True)
        tie(session, thread, contact, phone_id, at)
