"""The stand-in for one SpeedSMS account."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from simulator.faults import CALLBACK_FAULTS, MESSAGE_FAULTS, REQUEST_FAULTS, WEBHOOK_FAULTS, FaultKind
from simulator.fields import BadField
from simulator.gestures import Gesture
from simulator.messages import Channel, Direction, Media, Message
from simulator.provider import BadAddress, Provider, World
from simulator.speedsms.config import SpeedSmsConfig
from simulator.speedsms.delivery import PROVIDER, Delivery, Status
from simulator.speedsms.inbound import Inbound
from simulator.speedsms.routes import Routes
from simulator.vietnam import read_phone


class SpeedSms:
    """One account (a `simulator.provider.Provider`).

    `answers` carries what people write when a brandname wrote to them last: nobody can write to a name.
    """

    name = PROVIDER
    channel = Channel.SMS
    title = "Tin nhắn SMS (SpeedSMS)"
    fault_kinds: tuple[FaultKind, ...] = (
        FaultKind.REFUSED,
        *REQUEST_FAULTS,
        *MESSAGE_FAULTS,
        *CALLBACK_FAULTS,
        *WEBHOOK_FAULTS,
    )
    gestures: tuple[Gesture, ...] = ()
    office = None

    def __init__(self, world: World, config: SpeedSmsConfig, answers: Provider) -> None:
        self._world = world
        self._config = config
        self._answers = answers
        self._delivery = Delivery(world, config)
        self._inbound = Inbound(world, config, self._delivery)
        self._routes = Routes(world, config, self._delivery)

    def blueprint(self) -> Blueprint:
        return self._routes.blueprint()

    def address(self, text: str) -> str:
        number = read_phone(text)
        if number is None:
            raise BadAddress("Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678.")
        return number

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        if not self._wrote_from_its_number(number):
            return self._answers.say(number, text, media, own_url)
        if media:
            raise BadField("Đầu số này chỉ nhận tin nhắn chữ.")
        return self._inbound.say(number, text)

    def act(self, number: str, gesture: Gesture, fields: Mapping[str, Any]) -> Message:
        raise BadField("Máy nhắn tin SMS chỉ nhắn tin được.")

    def resume(self) -> None:
        for message in self._world.ledger.messages():
            if message.provider != PROVIDER:
                continue
            if message.direction is Direction.TO_PHONE:
                self._delivery.resume(message)
            elif message.status == Status.RECEIVING:
                self._inbound.resume(message)

    def _wrote_from_its_number(self, number: str) -> bool:
        """Whether this account wrote to the phone last, and from a number somebody listens to."""
        conversation = self._world.ledger.conversation(Channel.SMS, number)
        last = next((message for message in reversed(conversation) if message.direction is Direction.TO_PHONE), None)
        ours = last is not None and last.provider == PROVIDER and last.office == self._config.number
        return ours and self._config.webhook_url is not None
