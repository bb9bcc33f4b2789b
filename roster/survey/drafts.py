"""Keeping drafts: opening one, taking a message's answers into it, closing it. Every write is unique on its message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from roster.campaign import Campaign, CampaignState
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.people import counter_only
from roster.person import Person
from roster.survey.answers import AnswerRefused
from roster.survey.consent import absorb
from roster.survey.draft import Closing, Draft, DraftState, DraftWrite
from roster.survey.questions import Circumstances, Question, next_question
from roster.survey.taking import Given, Taken

MOST_FAILURES = 3
"""Not understood this often in a row, the conversation goes to an officer (conduct, rule 4)."""


@dataclass(frozen=True)
class Opening:
    """Whom a new draft is about and where it is led. `person_id` None: the thread does not tell."""

    thread_id: UUID
    contact_id: UUID
    campaign_id: int
    person_id: UUID | None
    invited: bool


def running_campaign(session: Session) -> Campaign | None:
    """The campaign whose survey is open; the newest where there are several."""
    return session.scalars(
        select(Campaign).where(Campaign.state == CampaignState.RUNNING).order_by(Campaign.id.desc()).limit(1)
    ).first()


def open_draft(session: Session, thread_id: UUID) -> Draft | None:
    """The draft that still takes answers in this thread, locked for this transaction."""
    return session.scalars(
        select(Draft).where(Draft.thread_id == thread_id, Draft.state == DraftState.OPEN).with_for_update()
    ).first()


def latest_draft(session: Session, thread_id: UUID) -> Draft | None:
    """The thread's newest draft, whatever its state."""
    return session.scalars(
        select(Draft).where(Draft.thread_id == thread_id).order_by(Draft.started_at.desc()).limit(1)
    ).first()


def begin_draft(session: Session, opening: Opening, at: datetime) -> Draft:
    """A new open draft, its first question open."""
    person = session.get(Person, opening.person_id) if opening.person_id else None
    draft = Draft(
        thread_id=opening.thread_id,
        contact_id=opening.contact_id,
        campaign_id=opening.campaign_id,
        person_id=opening.person_id,
        commune_code=person.commune_code if person else None,
        invited=opening.invited,
        answers={},
        state=DraftState.OPEN,
        failures=0,
        started_at=at,
        last_message_at=at,
    )
    session.add(draft)
    session.flush()
    draft.open_question = Question.CONSENT
    return draft


def first_write(session: Session, message_id: int, kind: str, at: datetime) -> bool:
    """Whether this message's write of this kind is made now for the first time; a repeated turn gets False."""
    row = insert(DraftWrite).values(message_id=message_id, kind=kind, written_at=at).on_conflict_do_nothing()
    return bool(session.execute(row.returning(DraftWrite.message_id)).first())


def was_written(session: Session, message_id: int, kind: str) -> bool:
    """Whether this message's write of this kind stands."""
    return session.get(DraftWrite, (message_id, kind)) is not None


def take_answers(session: Session, draft: Draft, given: Sequence[Given], at: datetime) -> Taken:
    """Take what one message says into `draft` and move on to the next question.

    A refused value is kept as the notice to be said before the question is asked again.
    """
    taken = absorb(draft.answers, given)
    draft.last_message_at = at
    draft.answers = taken.answers
    if taken.changed:
        draft.failures = 0
        draft.notice = None
        _remember_consent(draft, at)
    else:
        draft.failures += 1  # nothing new was understood, though something was said: conduct, rule 4
    if taken.refused:
        draft.notice = _notice(taken.refused[0])
    draft.open_question = next_question(draft.answers, circumstances(session, draft, at))
    return taken


def note_failure(draft: Draft, at: datetime) -> int:
    """Count a message that was not understood; gives how many in a row."""
    draft.failures += 1
    draft.last_message_at = at
    return draft.failures


def ask_again(draft: Draft, question: Question) -> None:
    """Open an answered question again for a correction; its old value stays until a valid new one comes."""
    draft.answers = {**draft.answers, "_again": question.value}
    draft.open_question = question


def close_draft(draft: Draft, closing: Closing, at: datetime) -> None:
    """Close without a declaration. Refused consent or a wrong number erase what was said."""
    draft.state = DraftState.CLOSED
    draft.closing = closing
    draft.open_question = None
    draft.last_message_at = at
    if closing in (Closing.REFUSED_CONSENT, Closing.WRONG_NUMBER):
        draft.answers = {}


def circumstances(session: Session, draft: Draft, at: datetime) -> Circumstances:
    """What decides which questions are asked in `draft`'s thread.

    Only an invited thread draws on the roster: otherwise a code that exists would sound unlike one that does not
    (conduct, rule 5).
    """
    return _circumstances(session, draft, at, draft.person_id if draft.invited else None)


def circumstances_for_officer(session: Session, draft: Draft, at: datetime) -> Circumstances:
    """The same with all that the roster knows of the person, for the claim that officers read."""
    return _circumstances(session, draft, at, draft.person_id)


def _circumstances(session: Session, draft: Draft, at: datetime, person_id: UUID | None) -> Circumstances:
    person = session.get(Person, person_id) if person_id else None
    return Circumstances(
        person_known=draft.invited,
        phone_known=_phone_known(session, draft, person_id),
        account_details=session.get_one(Campaign, draft.campaign_id).account_details,
        counter_only=person is not None and counter_only(person, at.astimezone(VIETNAM).date()),
    )


def _phone_known(session: Session, draft: Draft, person_id: UUID | None) -> bool:
    if session.get_one(ContactPoint, draft.contact_id).kind is ContactKind.PHONE:
        return True
    if person_id is None:
        return False
    linked = (
        select(ContactPoint.id)
        .join(PersonContact, PersonContact.contact_id == ContactPoint.id)
        .where(PersonContact.person_id == person_id, PersonContact.unlinked_at.is_(None))
        .where(ContactPoint.kind == ContactKind.PHONE)
        .limit(1)
    )
    return session.scalar(linked) is not None


def _remember_consent(draft: Draft, at: datetime) -> None:
    if draft.consent_at is None and draft.answers.get(Question.CONSENT) == "yes":
        draft.consent_at = at


def _notice(refusal: AnswerRefused) -> dict[str, Any]:
    return {"question": refusal.question.value, "problem": refusal.problem.value, **refusal.detail}
