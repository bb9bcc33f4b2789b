"""Corrections: an answered question opened again, or a value changed in place ("số cuối là 7")."""

from __future__ import annotations

from typing import Any

from bot.actions.scene import Scene
from language.answering.correcting import decode
from language.corrections import Correction, apply_to_digits
from roster.survey.answers import Problem
from roster.survey.drafts import ask_again
from roster.survey.questions import Question
from roster.survey.taking import Given

_IN_DIGITS = (Question.ACCOUNT_NUMBER, Question.CONTACT_PHONE)


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
