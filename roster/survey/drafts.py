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
from roster.campaign import TAKES_ANSWERS, AccountDetails, Campaign, CampaignState
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.people import counter_only
from roster.person import Person
from roster.privacy.consenting import consent_again
from roster.survey.answers import AnswerRefused
from roster.survey.consent import AGAIN, absorb
from roster.survey.draft import Closing, Draft, DraftState, DraftWrite, Source
from roster.survey.questions import MINOR_OR_WARD, Circumstances, Question, next_question
from roster.survey.taking import Given, Taken

ABOUT_WHOM = (Question.CONSENT, Question.REFERENCE, Question.RESPONDENT, Question.RELATION, Question.CONFIRM)
"""Whom a survey is about, who answers, and that it is right: what changes of these begins another survey."""
MOST_FAILURES = 3
"""Not understood this often in a row, the conversation goes to an officer (conduct, rule 4)."""


@dataclass(frozen=True)
class Opening:
    """Whom a new draft is about and where it is led. `person_id` None: the thread does not tell.

    `source` and `staff_id`: who asks and writes down, where that is not the bot.
    """

    thread_id: UUID
    contact_id: UUID | None
    campaign_id: int
    person_id: UUID | None
    invited: bool
    source: Source = Source.BOT
    staff_id: int | None = None


def running_campaign(session: Session) -> Campaign | None:
    """The campaign whose survey is open; the newest where there are several, one that is paused last."""
    paused = Campaign.state != CampaignState.RUNNING
    return session.scalars(
        select(Campaign).where(Campaign.state.in_(TAKES_ANSWERS)).order_by(paused, Campaign.id.desc()).limit(1)
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


def correctable_draft(session: Session, thread_id: UUID) -> Draft | None:
    """The draft that a correction would change: the open one, else the newest where that was declared."""
    newest = latest_draft(session, thread_id)
    declared = newest is not None and newest.state is DraftState.DECLARED
    return open_draft(session, thread_id) or (newest if declared else None)


def correctable(draft: Draft) -> list[str]:
    """The answers of `draft` that a correction may change. Once declared, whom it is about and who writes is no longer
    among them: that would be another survey."""
    fixed = () if draft.state is DraftState.OPEN else ABOUT_WHOM
    return [name for name in draft.answers if not name.startswith("_") and name not in fixed]


def begin_draft(session: Session, opening: Opening, at: datetime) -> Draft:
    """A new open draft, its first question open."""
    person = session.get(Person, opening.person_id) if opening.person_id else None
    draft = Draft(
        source=opening.source,
        staff_id=opening.staff_id,
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


def reopen_draft(session: Session, declared: Draft, at: datetime) -> Draft:
    """A new open draft with all that was declared, to be corrected and confirmed once more."""
    opening = Opening(
        declared.thread_id, declared.contact_id, declared.campaign_id, declared.person_id, declared.invited
    )
    draft = begin_draft(session, opening, at)
    left_out = (Question.CONFIRM, AGAIN)
    draft.answers = {name: value for name, value in declared.answers.items() if name not in left_out}
    draft.commune_code, draft.consent_at = declared.commune_code, declared.consent_at
    draft.open_question = Question.CONFIRM
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
        _remember_consent(session, draft, at)
    elif not taken.waits:
        draft.failures += 1  # nothing new was understood, though something was said: conduct, rule 4
    if taken.refused:
        draft.notice = _notice(taken.refused[0])
    draft.open_question = next_question(draft.answers, circumstances(session, draft, at))
    return taken


def note_minor_or_ward(session: Session, draft: Draft, at: datetime) -> None:
    """Keep that the beneficiary is said to be under age or under guardianship: an account is opened at a counter only,
    so where and when the team may come is not asked, nor asked on."""
    draft.answers = {**draft.answers, MINOR_OR_WARD: True}
    draft.open_question = next_question(draft.answers, circumstances(session, draft, at))


def note_failure(draft: Draft, at: datetime) -> int:
    """Count a message that was not understood; gives how many in a row."""
    draft.failures += 1
    draft.last_message_at = at
    return draft.failures


def ask_again(draft: Draft, question: Question) -> None:
    """Open an answered question again for a correction; its old value stays until a valid new one comes."""
    draft.answers = {**draft.answers, AGAIN: question.value}
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
    return _circumstances(session, draft, at, draft.person_id if draft.person_is_known else None)


def circumstances_for_officer(session: Session, draft: Draft, at: datetime) -> Circumstances:
    """The same with all that the roster knows of the person, for the claim that officers read."""
    return _circumstances(session, draft, at, draft.person_id)


def _circumstances(session: Session, draft: Draft, at: datetime, person_id: UUID | None) -> Circumstances:
    person = session.get(Person, person_id) if person_id else None
    return Circumstances(
        person_known=draft.person_is_known,
        phone_known=_phone_known(session, draft, person_id),
        account_details=details_taken(session.get_one(Campaign, draft.campaign_id).account_details, draft.source),
        counter_only=person is not None and counter_only(person, at.astimezone(VIETNAM).date()),
    )


def details_taken(set_by_campaign: AccountDetails, source: Source) -> AccountDetails:
    """Where account details are taken in a survey that `source` leads: what is left to the officer's visit is asked for
    at home. On the telephone it is not: people are told to give no account number to a caller. Pure."""
    if source is Source.VISIT and set_by_campaign is AccountDetails.OFFICER:
        return AccountDetails.CHAT
    return set_by_campaign


def _phone_known(session: Session, draft: Draft, person_id: UUID | None) -> bool:
    led_over = session.get(ContactPoint, draft.contact_id) if draft.contact_id else None
    if led_over is not None and led_over.kind is ContactKind.PHONE:
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


def _remember_consent(session: Session, draft: Draft, at: datetime) -> None:
    if draft.consent_at is None and draft.answers.get(Question.CONSENT) == "yes":
        draft.consent_at = at
        if draft.invited and draft.person_id is not None:
            consent_again(session, draft.person_id)


def _notice(refusal: AnswerRefused) -> dict[str, Any]:
    return {"question": refusal.question.value, "problem": refusal.problem.value, **refusal.detail}
