"""One answer of what was declared is asked for once more: an officer found it wrong and sent the claim back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from roster.campaign import TAKES_ANSWERS, Campaign
from roster.survey.draft import Draft, DraftState, Source
from roster.survey.drafts import ask_again, open_draft, reopen_draft
from roster.survey.questions import Question

CAN_BE_ASKED_BACK = (
    Question.WANTS_ACCOUNT,
    Question.HAS_ACCOUNT,
    Question.BANK,
    Question.ACCOUNT_NUMBER,
    Question.HOLDER_NAME,
    Question.HOLDER_RELATION,
    Question.OPENING,
    Question.VISIT_TIME,
    Question.CONTACT_PHONE,
)
"""Whom the survey is about is not among them: that would be another survey."""


def can_be_asked_back(answers: Mapping[str, Any]) -> list[Question]:
    """The questions that were answered and may be asked once more, in the survey's order. Pure."""
    return [question for question in CAN_BE_ASKED_BACK if question in answers]


def ask_back(session: Session, draft_id: UUID, question: Question, at: datetime) -> bool:
    """Open the declared draft's survey again with `question` alone unanswered; all else stays as it was declared.

    False, and nothing is changed, where the bot cannot ask: it did not lead that survey, nobody knows whom it is
    about, the campaign takes no answers any more, the question was not answered, or the citizen is declaring anew.
    """
    declared = session.get(Draft, draft_id)
    if declared is None or not _can_go_on(session, declared) or question not in can_be_asked_back(declared.answers):
        return False
    ask_again(reopen_draft(session, declared, at), question)
    return True


def _can_go_on(session: Session, declared: Draft) -> bool:
    return (
        declared.state is DraftState.DECLARED
        and declared.source is Source.BOT
        and declared.person_id is not None
        and session.get_one(Campaign, declared.campaign_id).state in TAKES_ANSWERS
        and open_draft(session, declared.thread_id) is None
    )
