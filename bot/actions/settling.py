"""What is said once something that was asked back has been settled; said once, whichever action speaks in the turn."""

from __future__ import annotations

from bot.actions.life import NO_DEATH
from bot.actions.restarting import BEGUN_AGAIN, GOES_ON
from bot.actions.scene import Scene

SERVED = "served"
"""The kind of write that says: `action_serve` has spoken to this message, so the asking action need not."""
_SAID = {NO_DEATH: "utter_death_misread", BEGUN_AGAIN: "utter_restarted", GOES_ON: "utter_not_restarted"}


def say_what_was_settled(scene: Scene) -> bool:
    """Say what came of it; False where this message settled nothing."""
    settled = [response for kind, response in _SAID.items() if scene.did(kind)]
    for response in settled:
        scene.say(response)
    return bool(settled)
