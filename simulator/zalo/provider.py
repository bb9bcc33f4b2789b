"""The stand-in for one Zalo app and its Official Account (a `simulator.provider.Provider`)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, make_response

from simulator.faults import CALLBACK_FAULTS, REQUEST_FAULTS, WEBHOOK_FAULTS, FaultKind
from simulator.fields import BadField
from simulator.gestures import Gesture
from simulator.messages import Channel, Direction, Media, Message
from simulator.provider import Office, World
from simulator.trouble import Trouble
from simulator.zalo.account import Account
from simulator.zalo.business import Business
from simulator.zalo.citizen import Citizen
from simulator.zalo.config import ZaloConfig
from simulator.zalo.control import ZaloControl, read_address
from simulator.zalo.delivery import Delivery
from simulator.zalo.events import Events
from simulator.zalo.gate import Gate
from simulator.zalo.oauth import Oauth
from simulator.zalo.openapi import Openapi
from simulator.zalo.people import People
from simulator.zalo.refusals import Refusals
from simulator.zalo.resource import PROVIDER, Status
from simulator.zalo.templates import Templates
from simulator.zalo.tokens import Tokens
from simulator.zalo.webhooks import Webhooks


class Zalo:
    """A handset's number on this channel is the telephone number (E.164); user ids follow from it."""

    name = PROVIDER
    channel = Channel.ZALO
    title = "Zalo Official Account"
    fault_kinds = (FaultKind.REFUSED, *REQUEST_FAULTS, FaultKind.UNDELIVERED, *CALLBACK_FAULTS, *WEBHOOK_FAULTS)
    gestures = (
        Gesture.PRESS,
        Gesture.SHARE_CONTACT,
        Gesture.STICKER,
        Gesture.FOLLOW,
        Gesture.UNFOLLOW,
        Gesture.SEE,
    )

    def __init__(self, world: World, config: ZaloConfig) -> None:
        self._world = world
        self.office = Office(config.oa_name)
        people, account, templates = People(world, config.everybody), Account(world, config), Templates(world, config)
        tokens, trouble = Tokens(world, config), Trouble(world, PROVIDER, Refusals())
        events, webhooks = Events(config), Webhooks(world, config)
        gate = Gate(world, config, tokens)
        self._delivery = Delivery(world, config, people, events, webhooks)
        self._citizen = Citizen(world, config, people, events, webhooks, self._delivery)
        shared = (world, config, gate, trouble, people, account, templates, self._delivery)
        self._parts = (
            Oauth(world, config, tokens, trouble),
            Openapi(*shared),
            Business(*shared),
            ZaloControl(world, people, account, templates, tokens, events, webhooks),
        )

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint(PROVIDER, __name__)
        for part in self._parts:
            blueprint.register_blueprint(part.blueprint())
        blueprint.add_url_rule("/zalo/media/<message_id>/<media_id>", view_func=self.media, methods=["GET"])
        return blueprint

    def address(self, text: str) -> str:
        return read_address(text)

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        return self._citizen.say(number, text, media, own_url)

    def act(self, number: str, gesture: Gesture, fields: Mapping[str, Any]) -> Message:
        """The fields of each are said at the methods of `simulator.zalo.citizen.Citizen`."""
        acts: dict[Gesture, Callable[[], Message]] = {
            Gesture.PRESS: lambda: self._citizen.press(number, fields),
            Gesture.SHARE_CONTACT: lambda: self._citizen.share(number, fields),
            Gesture.STICKER: lambda: self._citizen.sticker(number, fields),
            Gesture.FOLLOW: lambda: self._citizen.follow(number, fields),
            Gesture.UNFOLLOW: lambda: self._citizen.unfollow(number),
            Gesture.SEE: lambda: self._citizen.see(number),
        }
        if gesture not in acts:
            raise BadField("Trên Zalo không làm được việc đó.")
        return acts[gesture]()

    def resume(self) -> None:
        for message in self._world.ledger.messages():
            if message.provider != PROVIDER:
                continue
            if message.direction is Direction.TO_PHONE:
                self._delivery.resume(message)
            elif message.status == Status.RECEIVING:
                self._citizen.resume(message)

    def media(self, message_id: str, media_id: str) -> Response:
        """What a citizen sent: like the provider's own files it needs no password, only the address."""
        message = self._world.ledger.message(message_id)
        if message is not None and message.provider == PROVIDER:
            for media in message.media:
                if media.id == media_id:
                    return make_response(media.data, {"Content-Type": media.content_type})
        abort(404)
