"""What a turn said, in the relay's form: `{"text", "buttons"?, "custom"?}`, and whether it came to its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

TURN_DONE = "turn_done"
"""An action ends the turn with a bot message whose `custom` is {"turn_done": message id}."""

Reply = dict[str, Any]


@dataclass
class TurnReplies:
    """The replies to one message, the mark itself left out, and whether the mark was there."""

    replies: list[Reply] = field(default_factory=list)
    done: bool = False

    def add(self, message: dict[str, Any], message_id: str) -> None:
        """Take one of the bot's messages (text, buttons, custom at the top level)."""
        custom = dict(message.get("custom") or {})
        if str(custom.pop(TURN_DONE, "")) == message_id:
            self.done = True
        parts = {"text": message.get("text"), "buttons": message.get("buttons"), "custom": custom}
        reply = {name: value for name, value in parts.items() if value}
        if reply:
            self.replies.append(reply)

    def as_answer(self) -> dict[str, Any]:
        """The relay's answer."""
        return {"replies": self.replies, "done": self.done}


def replies_in(events: Iterable[dict[str, Any]], message_id: str) -> TurnReplies:
    """The replies among a kept turn's events (as Rasa writes them)."""
    said = TurnReplies()
    for event in events:
        if event.get("event") == "bot":
            said.add({**(event.get("data") or {}), "text": event.get("text")}, message_id)
    return said
