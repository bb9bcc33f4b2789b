"""Taking a message's answers: runs first on every message, in the survey and outside it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from rasa_sdk import Action

from bot.actions import restarting
from bot.actions.beginning import begin_if_due
from bot.actions.correcting import open_again, reopen_if_corrected, with_correction
from bot.actions.life import death_is_asked, hear_about_death
from bot.actions.scene import Scene, scene_of
from bot.actions.sharing import hold_against_code, know_by_shared_phone, was_typed_now
from bot.actions.slots import slot_events
from bot.actions.turn import Turn, turn_of
from conversations.escalation import Reason
from conversations.escalations import escalate
from conversations.whom import invited_and_waiting
from roster.people import find_by_reference
from roster.survey.answers import UNKNOWN_CODE
from roster.survey.declaring import INVITED_HERE, declare
from roster.survey.draft import Closing, DraftState
from roster.survey.drafts import MOST_FAILURES, close_draft, note_minor_or_ward, take_answers
from roster.survey.questions import MINOR_OR_WARD, Question
from roster.survey.taking import Given

TAKE = "take"
BACK = "back"
DECLARE = "declare"
LONG_SILENCE = timedelta(hours=20)
MOST_CODES = 5
UNSURE = "unsure"
UNSURE_COUNT = "_unsure"


class ActionTakeAnswers(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Fills the survey's slots from the draft; fills none when the message has to be served first."""

    def name(self) -> str:
        return "action_take_answers"

    async def run(self, dispatcher: Any, tracker: Any, domain: dict[str, Any]) -> list[Any]:
        return await asyncio.to_thread(_run, turn_of(tracker))


def _run(turn: Turn) -> list[Any]:
    with scene_of(turn) as scene:
        if scene.first(TAKE):
            _take(scene)
        return slot_events(scene) if turn.is_answer else []


def _take(scene: Scene) -> None:
    if death_is_asked(scene):
        if scene.turn.has_words or scene.turn.answers:  # a picture or a sticker says neither: it is asked once more
            hear_about_death(scene)
        return
    if restarting.is_asked_back(scene) and restarting.hear(scene):
        return
    scene.thread.offered = None
    begin_if_due(scene)
    reopen_if_corrected(scene)
    know_by_shared_phone(scene)
    draft = scene.draft
    if draft is None or draft.state is not DraftState.OPEN:
        return
    if scene.at - draft.last_message_at > LONG_SILENCE:
        scene.first(BACK)
    again = scene.turn.role("correct")
    if again in set(Question):
        open_again(scene, Question(again))
        return
    if scene.turn.role(MINOR_OR_WARD):
        note_minor_or_ward(scene.session, draft, scene.at)
    given = with_correction(scene, scene.turn.given)
    if given:
        _take_given(scene, given)
    if was_typed_now(scene):
        hold_against_code(scene)
    draft.last_message_at = scene.at


def _take_given(scene: Scene, given: list[Given]) -> None:
    draft = scene.draft
    assert draft is not None
    if Given(Question.WANTS_ACCOUNT, UNSURE) in given:
        given = [one for one in given if one.question is not Question.WANTS_ACCOUNT]
        _hear_unsure(scene)
    if not given:
        return
    taken = take_answers(scene.session, draft, given, scene.at)
    if draft.answers.get(Question.CONSENT) == "no":
        close_draft(draft, Closing.REFUSED_CONSENT, scene.at)
        return
    if Question.REFERENCE in taken.changed:
        _tie_to_person(scene)
    if draft.failures >= MOST_FAILURES:
        escalate(scene.session, scene.thread, Reason.NOT_UNDERSTOOD, _so_far(scene), scene.at)
    elif draft.open_question is None and scene.first(DECLARE):
        declare(scene.session, draft, scene.at)


def _hear_unsure(scene: Scene) -> None:
    """Unsure is explained once, asked once more, then goes to an officer."""
    draft = scene.draft
    assert draft is not None
    count = int(draft.answers.get(UNSURE_COUNT, 0)) + 1
    draft.answers = {**draft.answers, UNSURE_COUNT: count}
    draft.notice = {"explain": True}
    if count > 1:
        escalate(scene.session, scene.thread, Reason.UNDECIDED, _so_far(scene), scene.at)


def _tie_to_person(scene: Scene) -> None:
    """Tie the draft to the code's person, silently: a code that belongs to nobody sounds the same."""
    draft = scene.draft
    assert draft is not None
    code = draft.answers[Question.REFERENCE]
    person = None
    if code != UNKNOWN_CODE:
        scene.thread.codes_tried += 1
        person = find_by_reference(scene.session, code)
    draft.person_id = person.id if person else None
    draft.commune_code = person.commune_code if person else None
    invited_here = person is not None and person.id in dict(invited_and_waiting(scene.session, scene.thread.contact_id))
    draft.answers = {**draft.answers, INVITED_HERE: invited_here}
    if scene.thread.codes_tried > MOST_CODES:
        escalate(scene.session, scene.thread, Reason.CODES, "", scene.at)
        return
    hold_against_code(scene)


def _so_far(scene: Scene) -> str:
    draft = scene.draft
    return "" if draft is None else ", ".join(sorted(key for key in draft.answers if not key.startswith("_")))
