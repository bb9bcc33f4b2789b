"""Handing what a scene says to Rasa, and the words with which an officer takes over."""

from __future__ import annotations

from typing import Any

from bot.actions.scene import Scene
from conversations.escalation import Reason
from conversations.escalations import open_escalation

_WORDS = {
    Reason.UNDECIDED: "utter_undecided",
    Reason.CODES: "utter_codes_paused",
    Reason.DEATH: "utter_condolence",
    Reason.BOT_FAILURE: "utter_bot_failure",
    Reason.NOT_UNDERSTOOD: "utter_not_understood_three_times",
}


def speak(scene: Scene, dispatcher: Any) -> None:
    """Utter all that the scene said, in order; a secret that was sent is warned of first, once."""
    if scene.turn.secret and scene.first("warned"):
        scene.said.insert(0, _warning(scene))
    for words in scene.said:
        dispatcher.utter_message(**words)


def _warning(scene: Scene) -> dict[str, Any]:
    before = len(scene.said)
    scene.say("utter_secret_warning")
    return scene.said.pop(before)


def hand_over_words(scene: Scene) -> None:
    """Say why an officer takes over."""
    escalation = open_escalation(scene.session, scene.thread)
    reason = escalation.reason if escalation else Reason.ASKED
    scene.say(_WORDS.get(reason, "utter_talk_to_officer"))
