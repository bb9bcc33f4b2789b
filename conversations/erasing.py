"""Erasing what was said: a person's talks on request, and anybody's when it is no longer to be kept.

Rows stay, for they prove that and when something was said; the words, pictures and notes go, and with them what Rasa
remembers. Words that nobody has answered yet, and matters that are still open with an officer, are not touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Update, func, or_, select, text, update
from sqlalchemy.orm import Session

from conversations.attachment import Attachment, AttachmentState
from conversations.escalation import Escalation
from conversations.thread import InboundMessage, Thread
from core import audit
from outreach.follow_up import FollowUp
from outreach.message import Message, MessageState
from roster.contact import PersonContact
from roster.person import Person
from roster.privacy.withdrawing import erase_survey
from roster.survey.draft import Draft

SETTLED = (
    MessageState.ACCEPTED,
    MessageState.DELIVERED,
    MessageState.UNDELIVERED,
    MessageState.REJECTED,
    MessageState.CANCELLED,
)
"""States of a message whose text is not needed any more to send it, or to ask the provider about it."""
_FORGET = text("SELECT rasa.forget(CAST(:senders AS text[]))")


class MatterOpen(ValueError):
    """An officer still has something to do in one of the talks. `str()` is a Vietnamese sentence for the officer."""

    def __init__(self) -> None:
        super().__init__("Còn việc đang mở trong cuộc trò chuyện của người này. Xin giải quyết và đóng trước khi xóa.")


@dataclass(frozen=True)
class WordsErased:
    """How many of each."""

    received: int = 0
    sent: int = 0
    attachments: int = 0

    def as_json(self) -> dict[str, int]:
        return {"received": self.received, "sent": self.sent, "attachments": self.attachments}


def erase_person(session: Session, person: Person, actor: audit.Actor, now: datetime, why: str = "") -> WordsErased:
    """Erase what may be erased of a person (`roster.privacy.withdrawing.KEPT` says what stays). Raises MatterOpen.

    A talk on a phone that serves others too is theirs as well: it stays until its time is over.
    """
    locked = session.get_one(Person, person.id, with_for_update=True, populate_existing=True)
    threads = own_threads(session, person.id)
    if _open_matter(session, threads):
        raise MatterOpen
    locked.withdrew_at = locked.withdrew_at or now
    words = erase_threads(session, threads, now)
    sent = _changed(session, _without_text().where(Message.person_id == person.id, Message.thread_id.is_(None)))
    session.execute(update(FollowUp).where(FollowUp.person_id == person.id).values(note=None))
    survey = erase_survey(session, person.id, actor, now)
    after = {
        **survey.as_json(),
        **words.as_json(),
        "invitations": sent,
        "shared_talks_kept": _shared(session, person.id),
    }
    audit.record(
        session, now, actor, "privacy.erased", f"person:{person.id}", commune_code=locked.commune_code,
        after=after, reason=why,
    )  # fmt: skip
    return words


def own_threads(session: Session, person_id: UUID) -> list[UUID]:
    """The talks that are about this person and nobody else."""
    return list(session.scalars(select(Thread.id).where(Thread.person_id == person_id, ~_about_others(person_id))))


def erase_threads(session: Session, threads: Sequence[UUID], now: datetime) -> WordsErased:
    """Erase what was said in these talks, and what Rasa remembers of them."""
    if not threads:
        return WordsErased()
    handled = InboundMessage.handled_at.is_not(None), InboundMessage.erased_at.is_(None)
    words = list(session.scalars(select(InboundMessage.id).where(InboundMessage.thread_id.in_(threads), *handled)))
    done = erase_received(session, words, now)
    sent = _changed(session, _without_text().where(Message.thread_id.in_(threads)))
    session.execute(update(Thread).where(Thread.id.in_(threads)).values(offered=None))
    summaries = update(Escalation).where(Escalation.thread_id.in_(threads), Escalation.closed_at.is_not(None))
    session.execute(summaries.values(summary="", hand_note=None, closing_note=None, erased_at=now))
    forget(session, threads)
    return WordsErased(done.received, sent, done.attachments)


def erase_received(session: Session, messages: Sequence[int], now: datetime) -> WordsErased:
    """Erase these words and what came with them."""
    came_in = update(InboundMessage).where(InboundMessage.id.in_(messages))
    received = _changed(session, came_in.values(text="", payload=None, shared_phone=None, asked=None, erased_at=now))
    return WordsErased(received, 0, erase_attachments(session, messages, now))


def erase_attachments(session: Session, messages: Sequence[int], now: datetime) -> int:
    """Erase the pictures and recordings that came with these words."""
    kept = update(Attachment).where(Attachment.message_id.in_(messages), Attachment.state != AttachmentState.ERASED)
    return _changed(session, kept.values(content=None, reference=None, state=AttachmentState.ERASED, changed_at=now))


def erase_sent(session: Session, messages: Sequence[int]) -> int:
    """Erase the texts of these messages, where they are settled."""
    return _changed(session, _without_text().where(Message.id.in_(messages)))


def forget(session: Session, threads: Sequence[UUID]) -> int:
    """Have Rasa's memory of these talks erased; how many turns there were."""
    forgotten: int = session.scalar(_FORGET, {"senders": [str(one) for one in threads]}) or 0
    return forgotten


def _without_text() -> Update:
    return (
        update(Message)
        .where(Message.state.in_(SETTLED), or_(Message.body.is_not(None), Message.template.is_not(None)))
        .values(body=None, choices=None, template=None)
    )


def _about_others(person_id: UUID) -> ColumnElement[bool]:
    surveyed = select(Draft.id).where(Draft.thread_id == Thread.id, Draft.person_id != person_id).exists()
    linked = (
        select(PersonContact.person_id)
        .where(PersonContact.contact_id == Thread.contact_id, PersonContact.person_id != person_id)
        .where(PersonContact.unlinked_at.is_(None))
        .exists()
    )
    return or_(surveyed, linked)


def _shared(session: Session, person_id: UUID) -> int:
    shared = select(func.count()).select_from(Thread).where(Thread.person_id == person_id, _about_others(person_id))
    return session.scalar(shared) or 0


def _open_matter(session: Session, threads: Sequence[UUID]) -> bool:
    waiting = select(Escalation.id).where(Escalation.thread_id.in_(threads), Escalation.closed_at.is_(None))
    unanswered = select(InboundMessage.id).where(
        InboundMessage.thread_id.in_(threads), InboundMessage.handled_at.is_(None)
    )
    return session.scalar(waiting.limit(1)) is not None or session.scalar(unanswered.limit(1)) is not None


def _changed(session: Session, change: Update) -> int:
    result: CursorResult[tuple[()]] = session.execute(change)  # type: ignore[assignment]  # an UPDATE gives no other
    return result.rowcount
