"""Asking the open question: what the form calls when a question's slot is empty."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action

from bot.actions.beginning import BEGIN, BEGIN_NEXT, several_wait
from bot.actions.choices import TITLES, choices_for
from bot.actions.media import say_what_can_be_read
from bot.actions.scene import Scene, scene_of
from bot.actions.settling import SERVED, say_what_was_settled
from bot.actions.sharing import share_choice
from bot.actions.speaking import hand_over_words, speak
from bot.actions.summary import summary
from bot.actions.take import BACK, TAKE
from bot.actions.turn import Turn, turn_of
from conversations.thread import Owner
from roster.survey.consent import AGAIN
from roster.survey.draft import DraftState
from roster.survey.drafts import circumstances
from roster.survey.questions import Question

_SPEAK_FOR_THEMSELVES = frozenset({"greet", "goodbye", "later", "help", "chitchat"})


class ActionAsk(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Asks what the draft says is open; one instance a question, since the form looks them up by name."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def name(self) -> str:
        return f"action_ask_{self._question.value}"

    async def run(self, dispatcher: Any, tracker: Any, domain: dict[str, Any]) -> list[Any]:
        await asyncio.to_thread(_run, turn_of(tracker), dispatcher)
        return []


def _run(turn: Turn, dispatcher: Any) -> None:
    with scene_of(turn) as scene:
        if not scene.did(TAKE):
            return  # the message was not taken: no mark, so the relay repeats the turn
        if not scene.is_quiet:
            _ask(scene)
        scene.done()
        speak(scene, dispatcher)


def _ask(scene: Scene) -> None:
    draft = scene.draft
    if scene.thread.owner is Owner.OFFICER:
        hand_over_words(scene)
        return
    if draft is None or draft.state is not DraftState.OPEN or draft.open_question is None:
        return
    if scene.turn.is_answer and not scene.did(SERVED):
        say_what_can_be_read(scene)
        say_what_was_settled(scene)
    _introduce(scene)
    _notice(scene)
    question = Question(draft.open_question)
    if draft.answers.get(AGAIN) == question:
        scene.say("utter_ask_correction", choices=choices_for(question, 0), muc_sua=TITLES[question].lower())
        return
    known = circumstances(scene.session, draft, scene.at)
    read_back = {"tom_tat": summary(draft.answers, known)} if question is Question.CONFIRM else {}
    choices = [*share_choice(scene, question), *choices_for(question, draft.failures)]
    scene.say(_words_of(scene, question), choices=choices, **read_back)


def _words_of(scene: Scene, question: Question) -> str:
    assert scene.draft is not None
    if scene.draft.failures:
        return f"utter_again_{question.value}"
    if question is Question.REFERENCE and several_wait(scene):
        return "utter_ask_whose_reference"
    return f"utter_ask_{question.value}"


def _introduce(scene: Scene) -> None:
    """The office says who it is at the first word, and after a long silence that it goes on where it was."""
    if scene.did(BEGIN_NEXT):
        scene.say("utter_begins_next")
    elif scene.did(BEGIN) and scene.turn.label not in _SPEAK_FOR_THEMSELVES and not scene.turn.label.startswith("faq/"):
        scene.say("utter_welcome")
    elif scene.did(BACK):
        scene.say("utter_welcome_back" if scene.turn.is_answer else "utter_goes_on")


def _notice(scene: Scene) -> None:
    assert scene.draft is not None
    notice = scene.draft.notice or {}
    if notice.get("explain"):
        scene.say("utter_explain_account")
    elif "problem" in notice:
        words = {"ngan_hang": notice["bank"], "chu_so": notice["digits"]} if "bank" in notice else {}
        scene.say(f"utter_problem_{notice['problem']}", **words)


def actions() -> list[ActionAsk]:
    """One asking action for every question."""
    return [ActionAsk(question) for question in Question]
