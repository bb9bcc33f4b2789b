"""Pressed inline buttons and their answers: https://core.telegram.org/bots/api#answercallbackquery."""

from datetime import timedelta

from simulator.messages import Message
from simulator.provider import World
from simulator.telegram.config import TelegramConfig
from simulator.telegram.errors import bad_request
from simulator.telegram.parameters import Parameters
from simulator.telegram.shapes import PROVIDER

_LONGEST_NOTICE = 200


class Queries:
    """The presses of one bot's buttons; each can be answered once, and not long after."""

    def __init__(self, world: World, config: TelegramConfig) -> None:
        self._world = world
        self._lifetime = timedelta(seconds=config.query_lifetime)
        self._presses = {
            message.details["query_id"]: message.id
            for message in world.ledger.messages()
            if message.provider == PROVIDER and "query_id" in message.details
        }

    def add(self, press: Message) -> None:
        self._presses[press.details["query_id"]] = press.id

    def answer(self, parameters: Parameters) -> bool:
        """The handset stops waiting, and shows `text` if there is any."""
        press = self._world.ledger.message(self._presses.get(parameters.text("callback_query_id"), ""))
        if press is None or press.details.get("answered") or self._world.clock() - press.created_at > self._lifetime:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        notice = parameters.text("text")
        if len(notice) > _LONGEST_NOTICE:
            raise bad_request("MESSAGE_TOO_LONG")
        self._world.ledger.amend(press, answered=True, notice=notice, alert=parameters.flag("show_alert"))
        return True
