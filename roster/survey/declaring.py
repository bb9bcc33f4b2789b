"""A confirmed draft becomes a claim in state `declared`: the only way the bot writes to the roster."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.encryption import blind_index
from roster.claim import Claim, ClaimState
from roster.survey.draft import Draft, DraftState
from roster.survey.drafts import circumstances, circumstances_for_officer
from roster.survey.outcome import outcome_group
from roster.survey.questions import OFFICER_WRITES, Question, applies

REPLACEABLE = (ClaimState.DECLARED, ClaimState.CHECKED, ClaimState.NEEDS_CORRECTION)
"""Claims nobody has verified yet: a newer declaration of the same person takes their place."""


INVITED_HERE = "_invited_here"
"""Kept beside the answers: the code's person was invited on this very phone, which serves several people."""


class NotConfirmed(RuntimeError):
    """A draft was to be declared whose summary nobody has confirmed."""


def declare(session: Session, draft: Draft, at: datetime) -> Claim:
    """Turn `draft` into a declared claim. Raises NotConfirmed unless the summary was answered with yes."""
    if draft.answers.get(Question.CONFIRM) != "yes":
        raise NotConfirmed(f"draft {draft.id}")
    claim = _claim_of(session, draft, at)
    _withdraw_earlier(session, claim, at)
    session.add(claim)
    draft.state = DraftState.DECLARED
    draft.open_question = None
    session.flush()
    audit.record(
        session,
        at,
        _who(draft),
        "declare",
        f"claim:{claim.id}",
        commune_code=claim.commune_code,
        after={"state": claim.state.value, "group": claim.outcome_group, "source": draft.source.value},
    )
    return claim


def _who(draft: Draft) -> audit.Actor:
    """Who wrote the answers down: the citizen, in the thread, or the officer who asked."""
    return audit.Actor("thread", str(draft.thread_id)) if draft.staff_id is None else audit.staff_actor(draft.staff_id)


def _claim_of(session: Session, draft: Draft, at: datetime) -> Claim:
    asked, known = circumstances(session, draft, at), circumstances_for_officer(session, draft, at)
    answers: dict[str, Any] = {
        question.value: draft.answers[question]
        for question in Question
        if question in draft.answers
        and (applies(question, draft.answers, asked) or applies(question, draft.answers, known))
    }
    bank = answers.get(Question.BANK)
    number = answers.get(Question.ACCOUNT_NUMBER)
    return Claim(
        campaign_id=draft.campaign_id,
        draft_id=draft.id,
        person_id=draft.person_id,
        commune_code=draft.commune_code,
        reference_given=draft.answers.get(Question.REFERENCE),
        state=ClaimState.DECLARED,
        outcome_group=outcome_group(draft.answers, known).value,
        answers=answers,
        bank=None if bank == OFFICER_WRITES else bank,
        account_number=number,
        account_index=blind_index("account", number) if number else None,
        holder_name=answers.get(Question.HOLDER_NAME),
        respondent=answers.get(Question.RESPONDENT, "self"),
        relation=answers.get(Question.RELATION),
        from_invited_phone=draft.invited or draft.answers.get(INVITED_HERE) is True,
        declared_at=at,
    )


def _withdraw_earlier(session: Session, claim: Claim, at: datetime) -> None:
    if claim.person_id is None or not claim.from_invited_phone:
        return
    earlier = session.scalars(
        select(Claim)
        .where(Claim.person_id == claim.person_id, Claim.campaign_id == claim.campaign_id)
        .where(Claim.state.in_(REPLACEABLE))
        .with_for_update()
    )
    for old in earlier:
        before, old.state = old.state, ClaimState.WITHDRAWN
        audit.record(
            session,
            at,
            audit.SYSTEM,
            "withdraw",
            f"claim:{old.id}",
            commune_code=old.commune_code,
            before={"state": before.value},
            after={"state": old.state.value},
            reason="Người dân khai lại",
        )
