"""Twilio: programmable messaging for SMS, as one account sees it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from simulator.config import TwilioConfig
from simulator.faults import CALLBACK_FAULTS, MESSAGE_FAULTS, REQUEST_FAULTS
from simulator.fields import BadField
from simulator.gestures import Gesture
from simulator.messages import Channel, Direction, Media, Message
from simulator.provider import BadAddress, Office, World
from simulator.twilio.delivery import PROVIDER, Delivery
from simulator.twilio.inbound import Inbound
from simulator.twilio.numbers import read_typed
from simulator.twilio.resource import Status
from simulator.twilio.routes import Routes
from simulator.twilio.webhooks import Webhooks


class Twilio:
    """The stand-in for one Twilio account (a `simulator.provider.Provider`)."""

    name = PROVIDER
    channel = Channel.SMS
    title = "Tin nhắn SMS (Twilio)"
    fault_kinds = REQUEST_FAULTS + MESSAGE_FAULTS + CALLBACK_FAULTS
    gestures: tuple[Gesture, ...] = ()

    def __init__(self, world: World, config: TwilioConfig) -> None:
        self._world = world
        self.office = Office(config.number) if config.webhook_url else None
        webhooks = Webhooks(world, config.auth_token)
        self._delivery = Delivery(world, config, webhooks)
        self._inbound = Inbound(world, config, webhooks, self._delivery)
        self._routes = Routes(world, config, self._delivery)

    def blueprint(self) -> Blueprint:
        return self._routes.blueprint()

    def address(self, text: str) -> str:
        number = read_typed(text)
        if number is None:
            raise BadAddress("Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678.")
        return number.e164

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        return self._inbound.say(number, text, media, own_url)

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
