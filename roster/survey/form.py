"""The survey as an officer leads it, on the telephone or at home: the bot's own questions, checks and summary.

Nothing is written down before consent is given aloud and noted with who asked, how and when; nothing is declared that
was not read back as it stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from roster.claim import Claim
from roster.contact import PersonContact
from roster.person import Person
from roster.survey.declaring import declare
from roster.survey.draft import Closing, Draft, DraftState, Source
from roster.survey.drafts import Opening, begin_draft, close_draft, open_draft, take_answers
from roster.survey.questions import MINOR_OR_WARD, Question
from roster.survey.taking import Given, Taken

_FORMS = UUID("6f3f4d0e-6a55-4c7b-9a51-6d4f1f6f2b10")
_ASKED_ANEW = frozenset(
    {Question.CONSENT, Question.REFERENCE, Question.RESPONDENT, Question.RELATION, Question.CONFIRM}
)
"""Not taken over from what was begun by message: who answers may be somebody else now."""


class NotReadBack(RuntimeError):
    """The answers are not complete, or not those that were read back."""


@dataclass(frozen=True)
class Form:
    """Whom an officer asks, for which campaign, and how. `contact_id`: the phone in use; None at home."""

    person: Person
    campaign_id: int
    source: Source
    contact_id: UUID | None

    @property
    def key(self) -> UUID:
        """What stands for a thread: at most one form is open a person, campaign and way."""
        return uuid5(_FORMS, f"{self.source.value}:{self.person.id}:{self.campaign_id}")


def open_form(session: Session, form: Form) -> Draft | None:
    """The form as far as it is filled in, locked; None where it was not begun."""
    return open_draft(session, form.key)


def note_consent(session: Session, form: Form, staff_id: int, given: bool, at: datetime) -> Draft:
    """Write down what was said to the question for consent, by whom it was asked and when; the draft that it opens, or
    closes at once. What the person has answered by message before is taken over."""
    draft = open_form(session, form) or _begin(session, form, staff_id, at)
    draft.staff_id = staff_id
    take_answers(session, draft, [Given(Question.CONSENT, "yes" if given else "no")], at)
    if given:
        _take_over(session, draft, at)
    else:
        close_draft(draft, Closing.REFUSED_CONSENT, at)
    audit.record(session, at, audit.staff_actor(staff_id), "consent", f"person:{form.person.id}",
                 commune_code=form.person.commune_code,
                 after={"consent": given, "source": form.source.value, "campaign": form.campaign_id})  # fmt: skip
    return draft


def write_down(
    session: Session, draft: Draft, given: Sequence[Given], minor_or_ward: bool, staff_id: int, at: datetime
) -> Taken:
    """Take what was answered; refused values change nothing. `minor_or_ward`: said to be under 18 or under
    guardianship."""
    draft.staff_id = staff_id
    if bool(draft.answers.get(MINOR_OR_WARD)) is not minor_or_ward:
        draft.answers = {**_without(draft.answers, MINOR_OR_WARD, Question.CONFIRM),
                         **({MINOR_OR_WARD: True} if minor_or_ward else {})}  # fmt: skip
    return take_answers(session, draft, given, at)


def fingerprint(draft: Draft) -> str:
    """Changes with every answer: what was read back is what is declared."""
    answers = json.dumps(draft.answers, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(answers.encode()).hexdigest()[:32]


def confirm(session: Session, draft: Draft, read_back: str, staff_id: int, at: datetime) -> Claim:
    """Declare what was read back (its `fingerprint`) and found right. Raises NotReadBack.

    A survey that was begun by message, or on the other form, ends: it would ask for the same again.
    """
    if draft.open_question != Question.CONFIRM or read_back != fingerprint(draft):
        raise NotReadBack
    draft.staff_id = staff_id
    for other in _begun_otherwise(session, draft):
        close_draft(other, Closing.ALREADY_DONE, at)
    take_answers(session, draft, [Given(Question.CONFIRM, "yes")], at)
    return declare(session, draft, at)


def _begin(session: Session, form: Form, staff_id: int, at: datetime) -> Draft:
    opening = Opening(
        form.key,
        form.contact_id,
        form.campaign_id,
        form.person.id,
        form.source is Source.VISIT or _is_theirs(session, form),
        form.source,
        staff_id,
    )
    return begin_draft(session, opening, at)


def _is_theirs(session: Session, form: Form) -> bool:
    """Whether the phone in use is one of the person's: another's claim is looked at with more care."""
    link = session.get(PersonContact, (form.person.id, form.contact_id)) if form.contact_id else None
    return link is not None and link.unlinked_at is None


def _take_over(session: Session, draft: Draft, at: datetime) -> None:
    begun = next(iter(_begun_otherwise(session, draft)), None)
    if begun is None or begun.answers.get(Question.CONSENT) != "yes":
        return
    given = [
        Given(question, str(begun.answers[question]))
        for question in Question
        if question not in _ASKED_ANEW and question in begun.answers
    ]
    if begun.answers.get(MINOR_OR_WARD):
        draft.answers = {**draft.answers, MINOR_OR_WARD: True}
    take_answers(session, draft, given, at)


def _begun_otherwise(session: Session, draft: Draft) -> list[Draft]:
    """The person's other open surveys of the campaign, the latest first, locked."""
    others = (
        select(Draft)
        .where(Draft.person_id == draft.person_id, Draft.campaign_id == draft.campaign_id, Draft.id != draft.id)
        .where(Draft.state == DraftState.OPEN, Draft.invited.is_(True))
        .order_by(Draft.last_message_at.desc())
        .with_for_update()
    )
    return list(session.scalars(others))


def _without(answers: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name not in names}
