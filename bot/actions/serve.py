"""Serving whatever is no plain answer: questions, life events, small talk, and what was not understood."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import FollowupAction

from bot.actions import life
from bot.actions.beginning import BEGIN
from bot.actions.choices import corrections
from bot.actions.correcting import REOPENED, TOO_LATE, reopen
from bot.actions.meanings import meaning_choices
from bot.actions.media import FOLLOW, say_what_can_be_read
from bot.actions.restarting import restart
from bot.actions.scene import Scene, scene_of
from bot.actions.settling import SERVED, say_what_was_settled
from bot.actions.slots import slot_events
from bot.actions.speaking import hand_over_words, speak
from bot.actions.summary import answered
from bot.actions.take import DECLARE
from bot.actions.turn import Turn, turn_of
from conversations.escalation import Reason
from conversations.escalations import escalate
from conversations.thread import Owner
from language.answering.intents import says_again
from language.answering.wishes import takes_up_another
from roster.survey.draft import DraftState
from roster.survey.drafts import MOST_FAILURES, circumstances, note_failure
from roster.survey.questions import Question


class ActionServe(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """The one action behind every intent."""

    def name(self) -> str:
        return "action_serve"

    async def run(self, dispatcher: Any, tracker: Any, domain: dict[str, Any]) -> list[Any]:
        in_survey = bool(tracker.active_loop and tracker.active_loop.get("name"))
        return await asyncio.to_thread(_run, turn_of(tracker), dispatcher, in_survey)


def _run(turn: Turn, dispatcher: Any, in_survey: bool) -> list[Any]:
    with scene_of(turn) as scene:
        if not in_survey and turn.is_answer and scene.did(DECLARE):
            return [FollowupAction("action_finish")]
        if in_survey or not _only_answers(scene):
            _serve(scene)
        events = slot_events(scene)
        if not in_survey:
            if _survey_goes_on(scene):
                events.append(FollowupAction("survey_form"))
            else:
                scene.done()
        speak(scene, dispatcher)
        return events


def _only_answers(scene: Scene) -> bool:
    """Whether the message was a plain answer that has been taken: Rasa's form does not run after a long silence, after
    "later", or when Rasa lost its memory, but our draft knows what was asked."""
    return scene.turn.is_answer and scene.turn.answers_what_was_asked and _survey_goes_on(scene)


def _survey_goes_on(scene: Scene) -> bool:
    return (
        scene.draft is not None
        and scene.draft.state is DraftState.OPEN
        and scene.thread.owner is Owner.BOT
        and not scene.is_quiet
    )


def _serve(scene: Scene) -> None:
    scene.first(SERVED)
    turn = scene.turn
    if scene.did(life.DEATH):
        scene.say("utter_condolence")
        scene.be_quiet()
    elif life.death_is_asked(scene):  # not answered by a word: see `take`
        say_what_can_be_read(scene)
        life.ask_about_death(scene)
    elif turn.is_answer and say_what_was_settled(scene):
        pass
    elif scene.thread.owner is Owner.OFFICER and not scene.did(life.HAND_OVER):
        hand_over_words(scene)
        scene.be_quiet()
    else:
        say_what_can_be_read(scene)
        if turn.has_words or turn.media == FOLLOW or not turn.media:
            _serve_words(scene)


def _serve_words(scene: Scene) -> None:
    turn = scene.turn
    if turn.secret or (turn.answers_what_was_asked and turn.label in _YIELDS_TO_AN_ANSWER):
        pass  # the warning, or the next question, is all there is to say
    elif turn.label == "wrong_number" and _gave_a_number(scene):
        _correct(scene)  # "nhầm số rồi" of somebody who has just given an account number
    elif turn.alternatives and not turn.answers:
        _ask_what_is_meant(scene)
    elif turn.label.startswith("faq/"):
        _answer_a_question(scene)
    else:
        _HANDLERS.get(turn.label, _not_understood)(scene)


def _answer_a_question(scene: Scene) -> None:
    """A question that was understood ends a row of messages that were not."""
    if scene.first(scene.turn.label) and scene.draft is not None:
        scene.draft.failures = 0
    scene.say(f"utter_{scene.turn.label}")


_YIELDS_TO_AN_ANSWER = frozenset(
    {"report_scam", "complaint", "repeat", "help", "later", "unsure", "chitchat", "already_done", "restart", "thank"}
)
"""What an answer to the open question sounds like at times ("sợ lừa đảo lắm" to why cash), and is not."""


def _gave_a_number(scene: Scene) -> bool:
    draft = scene.draft
    return draft is not None and draft.state is DraftState.OPEN and Question.ACCOUNT_NUMBER in draft.answers


def _say(response: str) -> Callable[[Scene], None]:
    def handler(scene: Scene) -> None:
        scene.say(response)

    return handler


def _take_leave(response: str) -> Callable[[Scene], None]:
    def handler(scene: Scene) -> None:
        scene.say(response)
        scene.be_quiet()

    return handler


def _ask_what_is_meant(scene: Scene) -> None:
    if _gives_up(scene):
        return
    scene.say("utter_did_you_mean", choices=meaning_choices(scene.turn.alternatives))
    scene.be_quiet()


def _correct(scene: Scene) -> None:
    draft = scene.draft
    if draft is not None and (draft.state is DraftState.OPEN or reopen(scene)):
        _ask_what_to_correct(scene)
    else:
        life.call_officer(scene)


def _ask_what_to_correct(scene: Scene) -> None:
    draft = scene.draft
    assert draft is not None
    questions = answered(draft.answers, circumstances(scene.session, draft, scene.at))
    if not questions:
        scene.say("utter_nothing_to_correct")
        return
    if _gives_up(scene):
        return
    scene.say("utter_which_to_correct", choices=corrections(questions))
    scene.be_quiet()


def _start(scene: Scene) -> None:
    """In the middle of one person's survey the next person's has to wait."""
    if scene.did(BEGIN):
        return  # the survey's first question is answer enough
    if takes_up_another(scene.turn.text) and scene.draft is not None and scene.draft.state is DraftState.OPEN:
        scene.say("utter_one_at_a_time")
    else:
        life.say_where_it_stands(scene)


def _restart(scene: Scene) -> None:
    if not scene.did(BEGIN):
        restart(scene)


def _not_understood(scene: Scene) -> None:
    """First: ask again, differently. Second: offer choices. Third: an officer, with everything said so far."""
    draft = scene.draft
    if scene.did(TOO_LATE):
        life.call_officer(scene)
        return
    if draft is None or draft.state is not DraftState.OPEN:
        if draft is not None and scene.turn.label == "affirm":
            scene.say("utter_thank")
        else:
            life.say_where_it_stands(scene)
        return
    if scene.did(BEGIN) or scene.did(REOPENED) or scene.turn.media:
        return  # the first word of a thread ("có" to the invitation), words under a picture: the open question will do
    if _gives_up(scene):
        return
    if says_again(scene.turn.label, draft.answers):
        scene.say("utter_noted_already")
    elif scene.turn.label == "out_of_scope":
        scene.say("utter_not_understood")


def _gives_up(scene: Scene) -> bool:
    """Count a message of which nothing came; the third in a row goes to an officer, which is then said."""
    draft = scene.draft
    if draft is None or draft.state is not DraftState.OPEN:
        return False
    if scene.first("failure"):
        note_failure(draft, scene.at)
    if draft.failures < MOST_FAILURES:
        return False
    escalate(scene.session, scene.thread, Reason.NOT_UNDERSTOOD, scene.turn.text, scene.at)
    hand_over_words(scene)
    scene.be_quiet()
    return True


_HANDLERS: dict[str, Callable[[Scene], None]] = {
    "greet": _say("utter_greet"),
    "goodbye": _take_leave("utter_goodbye"),
    "thank": _say("utter_thank"),
    "repeat": life.say_where_it_stands,
    "help": _say("utter_help"),
    "later": _take_leave("utter_later"),
    "restart": _restart,
    "correct": _correct,
    "chitchat": _say("utter_chitchat"),
    "insult": _say("utter_insult"),
    "start_survey": _start,
    "stop": life.stop,
    "resume": life.resume,
    "wrong_number": life.wrong_number,
    "report_death": life.report_death,
    "already_done": life.already_done,
    "moved_away": life.hand_over,
    "complaint": life.hand_over,
    "not_received_money": life.hand_over,
    "report_scam": life.hand_over,
    "talk_to_officer": life.hand_over,
    "received_money": life.money_came,
}
