"""The stand-in for one eSMS account."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from simulator.esms.config import EsmsConfig
from simulator.esms.delivery import PROVIDER, Delivery
from simulator.esms.routes import Routes
from simulator.faults import CALLBACK_FAULTS, MESSAGE_FAULTS, REQUEST_FAULTS, FaultKind
from simulator.fields import BadField
from simulator.gestures import Gesture
from simulator.messages import Channel, Media, Message
from simulator.provider import BadAddress, Provider, World
from simulator.vietnam import read_phone


class Esms:
    """One account and its brandnames (a `simulator.provider.Provider`).

    `answers` carries what people write when a brandname wrote to them last: nobody can write to a name.
    """

    name = PROVIDER
    channel = Channel.SMS
    title = "Tin nhắn thương hiệu (eSMS)"
    fault_kinds: tuple[FaultKind, ...] = (FaultKind.REFUSED, *REQUEST_FAULTS, *MESSAGE_FAULTS, *CALLBACK_FAULTS)
    gestures: tuple[Gesture, ...] = ()
    office = None

    def __init__(self, world: World, config: EsmsConfig, answers: Provider) -> None:
        self._world = world
        self._answers = answers
        self._delivery = Delivery(world, config)
        self._routes = Routes(world, config, self._delivery)

    def blueprint(self) -> Blueprint:
        return self._routes.blueprint()

    def address(self, text: str) -> str:
        number = read_phone(text)
        if number is None:
            raise BadAddress("Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678.")
        return number

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        return self._answers.say(number, text, media, own_url)

    def act(self, number: str, gesture: Gesture, fields: Mapping[str, Any]) -> Message:
        raise BadField("Máy nhắn tin SMS chỉ nhắn tin được.")

    def resume(self) -> None:
        for message in self._world.ledger.messages():
            if message.provider == PROVIDER:
                self._delivery.resume(message)
