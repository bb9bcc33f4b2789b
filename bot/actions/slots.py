"""Rasa's slots, rebuilt from the draft: the draft is the truth."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from bot.actions.scene import Scene
from roster.survey.draft import DraftState
from roster.survey.drafts import circumstances
from roster.survey.questions import Question, applies

NOT_ASKED = "-"
"""A question that does not apply, or every question when no survey is open: the form has nothing to ask."""
KEPT_BACK = "•"
"""Stands for values that Rasa need not know."""
_PRIVATE = frozenset({Question.ACCOUNT_NUMBER, Question.HOLDER_NAME, Question.CONTACT_PHONE, Question.REFERENCE})


def slot_events(scene: Scene) -> list[Any]:
    """A SlotSet for every question, as the scene's draft stands."""
    return [SlotSet(question.value, value) for question, value in _values(scene).items()]


def _values(scene: Scene) -> dict[Question, str | None]:
    draft = scene.draft
    if draft is None or draft.state is not DraftState.OPEN:
        return dict.fromkeys(Question, NOT_ASKED)
    known = circumstances(scene.session, draft, scene.at)
    values: dict[Question, str | None] = {}
    for question in Question:
        if not applies(question, draft.answers, known):
            values[question] = NOT_ASKED
        elif question in draft.answers and draft.open_question != question:
            values[question] = KEPT_BACK if question in _PRIVATE else str(draft.answers[question])
        else:
            values[question] = None
    return values
