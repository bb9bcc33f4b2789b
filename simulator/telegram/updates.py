"""What citizens do, in line for the bot: https://core.telegram.org/bots/api#getting-updates.

Every update is a message in the ledger, so the line survives a restart; its status says where it is.
"""

import threading
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any

from simulator.messages import Message
from simulator.provider import World
from simulator.telegram.config import TelegramConfig
from simulator.telegram.shapes import PROVIDER


class Status(StrEnum):
    """The bot's own messages are SENT. Updates are IN_LINE, then TAKEN by the bot, or DROPPED: unwanted or too old."""

    SENT = "sent"
    IN_LINE = "in_line"
    TAKEN = "taken"
    DROPPED = "dropped"


def update_of(message: Message) -> dict[str, Any]:
    """The update that a citizen's message is, as JSON."""
    return {"update_id": message.details["update_id"], **message.details["update"]}


class Updates:
    """The line of one bot; safe to use from many threads. `changed` is notified when something comes into line."""

    def __init__(self, world: World, config: TelegramConfig) -> None:
        self._world = world
        self._keeps = timedelta(hours=config.keeps_updates)
        self.changed = threading.Condition(threading.RLock())
        self._line: dict[int, Message] = {}
        self._generation = world.ledger.generation
        for message in world.ledger.messages():
            if message.provider == PROVIDER and message.status == Status.IN_LINE:
                self._line[message.details["update_id"]] = message

    def add(self, message: Message) -> None:
        with self.changed:
            self._forget_if_reset()
            self._line[message.details["update_id"]] = message
            self.changed.notify_all()

    def in_line(self) -> list[Message]:
        """Oldest first; what is too old falls out."""
        with self.changed:
            self._forget_if_reset()
            oldest = self._world.clock() - self._keeps
            self.close([message for message in self._line.values() if message.created_at < oldest], Status.DROPPED)
            return [self._line[update_id] for update_id in sorted(self._line)]

    def close(self, messages: Iterable[Message], status: Status) -> None:
        """Take updates out of the line."""
        with self.changed:
            for message in messages:
                if self._line.pop(message.details["update_id"], None) is not None:
                    self._world.ledger.set_status(message, status)

    def _forget_if_reset(self) -> None:
        if self._generation != self._world.ledger.generation:
            self._generation = self._world.ledger.generation
            self._line.clear()
