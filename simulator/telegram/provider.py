"""The stand-in for one Telegram bot."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from simulator.faults import REQUEST_FAULTS, WEBHOOK_FAULTS, FaultKind
from simulator.gestures import Gesture
from simulator.messages import Channel, Media, Message
from simulator.provider import BadAddress, Office, World
from simulator.telegram.chats import Chats
from simulator.telegram.citizen import Citizen
from simulator.telegram.config import TelegramConfig
from simulator.telegram.counters import Counters
from simulator.telegram.queries import Queries
from simulator.telegram.recording import Recorder
from simulator.telegram.routes import Routes
from simulator.telegram.sending import Sending
from simulator.telegram.shapes import PROVIDER, Shapes
from simulator.telegram.webhook import Webhook

_LARGEST_ID = 2**52


class Telegram:
    """One bot and the people who have it in their app (a `simulator.provider.Provider`).

    A phone's number on this channel is the person's user id.
    """

    name = PROVIDER
    channel = Channel.TELEGRAM
    title = "Telegram"
    fault_kinds: tuple[FaultKind, ...] = (FaultKind.REFUSED, *REQUEST_FAULTS, *WEBHOOK_FAULTS)

    def __init__(self, world: World, config: TelegramConfig) -> None:
        shapes, chats, counters = Shapes(world, config), Chats(world), Counters(world)
        queries = Queries(world, config)
        self._webhook = Webhook(world, config)
        recorder = Recorder(world, config, shapes, counters, self._webhook)
        self._citizen = Citizen(world, config, shapes, chats, recorder, queries)
        sending = Sending(world, config, shapes, chats, counters)
        self._routes = Routes(world, config, shapes, sending, queries, self._webhook)
        self.gestures = self._citizen.gestures
        self.office = Office(config.first_name, handle=config.username)

    def blueprint(self) -> Blueprint:
        return self._routes.blueprint()

    def address(self, text: str) -> str:
        """A user id."""
        digits = text.strip()
        if not digits.isascii() or not digits.isdecimal() or not 0 < int(digits) < _LARGEST_ID:
            raise BadAddress("Mã người dùng Telegram là một số, ví dụ 5501234567.")
        return str(int(digits))

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        return self._citizen.say(number, text, media)

    def act(self, number: str, gesture: Gesture, fields: Mapping[str, Any]) -> Message:
        """See `simulator.telegram.citizen.Citizen.act` for the fields."""
        return self._citizen.act(number, gesture, fields)

    def resume(self) -> None:
        self._webhook.pusher.wake()
