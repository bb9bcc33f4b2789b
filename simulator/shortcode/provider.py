"""The stand-in for one short code."""

import uuid
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

from flask import Blueprint

from simulator.caller import Caller, Errand, Request
from simulator.counting import count
from simulator.faults import WEBHOOK_FAULTS, FaultKind
from simulator.fields import BadField
from simulator.gestures import Gesture
from simulator.messages import Channel, Direction, Media, Message
from simulator.outcalls import Answer
from simulator.provider import BadAddress, Office, World
from simulator.shortcode import esms_contract, plain
from simulator.shortcode.config import Contract, ShortcodeConfig
from simulator.vietnam import read_phone
from simulator.webhook_faults import run_struck

PROVIDER = "shortcode"


class Status(StrEnum):
    """RECEIVING until the customer took it or it was given up; REFUSED did not bear the keyword. SENT: a reply."""

    RECEIVING = "receiving"
    RECEIVED = "received"
    REFUSED = "refused"
    SENT = "sent"


class Shortcode:
    """One short code (a `simulator.provider.Provider`). It has no HTTP interface of its own."""

    name = PROVIDER
    channel = Channel.SMS
    title = "Đầu số nhắn tin trong nước"
    fault_kinds: tuple[FaultKind, ...] = WEBHOOK_FAULTS
    gestures: tuple[Gesture, ...] = ()

    def __init__(self, world: World, config: ShortcodeConfig) -> None:
        self._world = world
        self._config = config
        self.office = Office(config.code, config.price, config.keyword) if config.webhook_url else None
        accepts = plain.accepts if config.contract is Contract.PLAIN else _is_ok
        self._caller = Caller(world, PROVIDER, accepts, config.waits, config.timeout)

    def blueprint(self) -> Blueprint:
        return Blueprint(PROVIDER, __name__)

    def address(self, text: str) -> str:
        number = read_phone(text)
        if number is None:
            raise BadAddress("Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678.")
        return number

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        """A message to the short code, which its writer pays for."""
        if media:
            raise BadField("Đầu số này chỉ nhận tin nhắn chữ.")
        ours = self._bears_keyword(text)
        status = Status.RECEIVING if ours else Status.REFUSED
        message = self._message(number, text, Direction.FROM_PHONE, status, {"charge": self._config.price})
        self._world.ledger.add(message)
        if ours:
            self.hand_over(message)
        else:
            self._reply(number, f"Tin nhan sai cu phap. Soan {self._config.keyword} roi gui {self._config.code}.")
        return message

    def act(self, number: str, gesture: Gesture, fields: Mapping[str, Any]) -> Message:
        raise BadField("Máy nhắn tin SMS chỉ nhắn tin được.")

    def resume(self) -> None:
        for message in self._world.ledger.messages():
            if message.provider == PROVIDER and message.status == Status.RECEIVING:
                self.hand_over(message)

    def hand_over(self, message: Message) -> None:
        """Take a message to the webhook, after the person's earlier ones."""
        url = self._config.webhook_url
        if url is None:
            self._world.ledger.set_status(message, Status.RECEIVED)
            return
        make, done = partial(self._request, message, url), partial(self._done, message)
        errand = Errand(message.number, "webhook", {"id": message.id}, make, done)
        run_struck(self._world, PROVIDER, message.number, self._caller, errand)

    def _request(self, message: Message, url: str) -> Request:
        if self._config.contract is Contract.ESMS:
            return esms_contract.make_request(message, self._config, url)
        return plain.make_request(message, self._config, url, self._world.clock())

    def _done(self, message: Message, answer: Answer) -> None:
        taken = plain.accepts(answer) if self._config.contract is Contract.PLAIN else answer.ok
        self._world.ledger.set_status(message, Status.RECEIVED, error_code=None if taken else answer.status or 0)
        if self._config.contract is Contract.ESMS and (words := esms_contract.read_reply(answer)):
            self._reply(message.number, words)

    def _reply(self, number: str, text: str) -> None:
        """What the aggregator sends by itself or out of the customer's answer."""
        message = self._message(number, text, Direction.TO_PHONE, Status.SENT, {})
        self._world.ledger.add(message)
        self._world.ledger.set_status(message, Status.SENT, reached=True, sent=True)

    def _bears_keyword(self, text: str) -> bool:
        wanted = self._config.keyword.upper()
        return not wanted or text.upper().split()[:1] == [wanted]

    def _message(
        self, number: str, text: str, direction: Direction, status: Status, details: dict[str, Any]
    ) -> Message:
        now, counted = self._world.clock(), count(text)
        return Message(
            id="mo" + uuid.uuid4().hex,
            provider=PROVIDER,
            channel=Channel.SMS,
            direction=direction,
            number=number,
            office=self._config.code,
            text=text,
            status=status.value,
            created_at=now,
            updated_at=now,
            segments=counted.parts or 1,
            encoding=counted.encoding,
            details=details,
        )


def _is_ok(answer: Answer) -> bool:
    return answer.ok
