"""A message on its way to a phone: sent → received → seen. A phone that is off gets it when it is on again."""

import threading
from functools import partial
from typing import Any

from simulator.fate import decide_fate
from simulator.faults import FaultKind
from simulator.messages import Channel, Direction, Message
from simulator.provider import World
from simulator.zalo.config import ZaloConfig
from simulator.zalo.errors import OaCode, TemplateCode
from simulator.zalo.events import Events
from simulator.zalo.fate import telling_of_message
from simulator.zalo.people import People
from simulator.zalo.resource import PROVIDER, Product, Status, make_message
from simulator.zalo.webhooks import Webhooks


class Delivery:
    """Accepts messages for one OA and carries them out."""

    def __init__(self, world: World, config: ZaloConfig, people: People, events: Events, webhooks: Webhooks) -> None:
        self._world = world
        self._config = config
        self._people = people
        self._events = events
        self._webhooks = webhooks
        self._lock = threading.Lock()
        self._waiting: dict[str, list[Message]] = {}

    def accept(self, number: str, product: Product, text: str, **details: Any) -> Message:
        """Take a checked request: the message is in the log, and on its way, when this returns."""
        fate = decide_fate(self._world.faults, PROVIDER, number, TemplateCode.UNKNOWN, OaCode.SEND_FAILED)
        whole = {"product": product.value, "fate": fate, **details}
        now = self._world.clock()
        message = make_message(Direction.TO_PHONE, number, self._config.oa_name, text, now, whole)
        self._world.ledger.add(message)
        self.resume(message)
        return message

    def resume(self, message: Message) -> None:
        """Go on with a message that is under way."""
        if message.status == Status.SENT and FaultKind.UNDELIVERED not in message.details["fate"]:
            self._world.clockwork.put(message.number, self._config.received_after, partial(self._arrive, message))

    def catch_up(self, number: str) -> None:
        """A phone that was off is on: it gets what waited for it."""
        with self._lock:
            waiting = self._waiting.pop(number, [])
        for message in waiting:
            self._arrive(message)

    def see(self, number: str) -> list[Message]:
        """The person opens the conversation; the messages that were new."""
        self.catch_up(number)
        new = [message for message in self._world.ledger.conversation(Channel.ZALO, number) if _is_new(message)]
        for message in new:
            self._world.ledger.set_status(message, Status.SEEN)
        self._world.ledger.mark_read(Channel.ZALO, number)
        told = [message for message in new if message.details["product"] != Product.TEMPLATE_BY_PHONE]
        if told:
            way = telling_of_message(told[-1].details["fate"], received=False)
            for event in self._events.seen(self._people.person(number), told, self._world.clock()):
                self._webhooks.tell(event, way)
        return new

    def _arrive(self, message: Message) -> None:
        phone = self._world.ledger.phone(Channel.ZALO, message.number)
        if phone is None or message.status != Status.SENT:  # reset came in between
            return
        if not phone.on:
            with self._lock:
                self._waiting.setdefault(message.number, []).append(message)
            return
        self._world.ledger.set_status(message, Status.RECEIVED, reached=True)
        event = self._events.received(self._people.person(message.number), message, self._world.clock())
        self._webhooks.tell(event, telling_of_message(message.details["fate"], received=True))


def _is_new(message: Message) -> bool:
    return message.direction is Direction.TO_PHONE and message.status == Status.RECEIVED
