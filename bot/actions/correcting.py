"""Corrections: an answered question opened again, a value changed in place ("số cuối là 7"), also once declared."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.actions.scene import Scene
from language.answering.correcting import decode
from language.corrections import Correction, apply_to_digits
from roster.claim import Claim
from roster.survey.answers import Problem
from roster.survey.declaring import REPLACEABLE
from roster.survey.draft import Draft, DraftState
from roster.survey.drafts import ABOUT_WHOM, ask_again, circumstances, reopen_draft
from roster.survey.questions import Question, applies
from roster.survey.taking import Given

_IN_DIGITS = (Question.ACCOUNT_NUMBER, Question.CONTACT_PHONE)


REOPENED = "reopen"
TOO_LATE = "too_late"
"""A correction of what an officer has verified already: only an officer changes that."""


def reopen(scene: Scene) -> bool:
    """Open what was declared for a correction; False once somebody has verified it, or where nothing was declared."""
    declared = scene.draft
    if declared is None or declared.state is not DraftState.DECLARED:
        return False
    claim = scene.session.scalars(select(Claim).where(Claim.draft_id == declared.id)).first()
    if claim is None or claim.state not in REPLACEABLE:
        return False
    scene.first(REOPENED)
    scene.draft = reopen_draft(scene.session, declared, scene.at)
    return True


def reopen_if_corrected(scene: Scene) -> None:
    """Reopen where the message itself says what is to change."""
    draft = scene.draft
    if draft is None or draft.state is not DraftState.DECLARED:
        return
    said = scene.turn.role("correction") or scene.turn.role("correct") or _changes(scene, draft)
    if said and not reopen(scene):
        scene.first(TOO_LATE)


def _changes(scene: Scene, draft: Draft) -> bool:
    """Whether something is given that was asked in this survey, and differently."""
    given = {one.question: one.value for one in scene.turn.given if one.question not in ABOUT_WHOM}
    known = circumstances(scene.session, draft, scene.at)
    after: dict[str, Any] = {**draft.answers, **{question.value: value for question, value in given.items()}}
    return any(
        value != draft.answers.get(question) and applies(question, after, known) for question, value in given.items()
    )


def open_again(scene: Scene, question: Question) -> None:
    """Ask `question` again; the old answer stands until a valid new one is given."""
    assert scene.draft is not None
    if question in scene.draft.answers:
        ask_again(scene.draft, question)


def with_correction(scene: Scene, given: list[Given]) -> list[Given]:
    """`given` with what a correction in the message makes of the number or name that is already there."""
    said = scene.turn.role("correction")
    if said is None or scene.draft is None:
        return given
    corrected = _corrected(scene.draft.answers, decode(said))
    if corrected is None:
        scene.draft.notice = {"problem": Problem.CORRECTION_UNCLEAR.value}
        return given
    return [*given, corrected]


def _corrected(answers: dict[str, Any], correction: Correction) -> Given | None:
    for question in _IN_DIGITS:
        digits = apply_to_digits(str(answers[question]), correction) if question in answers else None
        if digits is not None:
            return Given(question, digits)
    return _corrected_name(answers, correction)


def _corrected_name(answers: dict[str, Any], correction: Correction) -> Given | None:
    name = answers.get(Question.HOLDER_NAME)
    if name is None or not correction.old or not correction.new or correction.new.isdigit():
        return None
    words = name.split()
    old = correction.old.upper()
    if old not in words:
        return None
    return Given(Question.HOLDER_NAME, " ".join(correction.new.upper() if word == old else word for word in words))
