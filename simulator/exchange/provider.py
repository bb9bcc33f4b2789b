"""The stand-in for one hotline."""

import json
import uuid
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint

from simulator.caller import Caller, Errand, Request
from simulator.exchange.config import ExchangeConfig
from simulator.faults import WEBHOOK_FAULTS, FaultKind
from simulator.fields import BadField, read_text, read_whole
from simulator.gestures import Gesture
from simulator.messages import Channel, Direction, Media, Message
from simulator.outcalls import Answer
from simulator.provider import BadAddress, Office, World
from simulator.signing import sign
from simulator.vietnam import read_phone, without_plus
from simulator.webhook_faults import run_struck

PROVIDER = "exchange"
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_LONGEST_CALL = 7200


class Kind(StrEnum):
    """How a call went."""

    MISSED = "missed"
    ANSWERED = "answered"
    HANGUP_BEFORE = "hangup_before"


class Status(StrEnum):
    """TELLING until the customer took it or it was given up."""

    TELLING = "telling"
    TOLD = "told"


# Kind → how long it usually takes, and how the handset shows it.
_USUAL_SECONDS = {Kind.MISSED: 25, Kind.ANSWERED: 90, Kind.HANGUP_BEFORE: 2}
_WORDS = {
    Kind.MISSED: "Gọi tổng đài, không ai nghe máy",
    Kind.ANSWERED: "Gọi tổng đài, có người nghe máy",
    Kind.HANGUP_BEFORE: "Nháy máy tổng đài",
}


class Exchange:
    """One hotline (a `simulator.provider.Provider`). A call is a message without words of its own."""

    name = PROVIDER
    channel = Channel.TELEPHONE
    title = "Tổng đài điện thoại"
    fault_kinds: tuple[FaultKind, ...] = WEBHOOK_FAULTS
    gestures: tuple[Gesture, ...] = (Gesture.CALL,)

    def __init__(self, world: World, config: ExchangeConfig) -> None:
        self._world = world
        self._config = config
        self.office = Office(config.hotline)
        self._caller = Caller(world, PROVIDER, lambda answer: answer.ok, config.waits, config.timeout)

    def blueprint(self) -> Blueprint:
        return Blueprint(PROVIDER, __name__)

    def address(self, text: str) -> str:
        """Any telephone, landlines too."""
        number = read_phone(text)
        if number is None:
            raise BadAddress("Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678 hoặc 024 3825 0000.")
        return number

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        raise BadField("Điện thoại gọi tổng đài chỉ gọi được, không nhắn tin.")

    def act(self, number: str, gesture: Gesture, fields: Mapping[str, Any]) -> Message:
        """CALL {kind?: missed (usual), answered, hangup_before; seconds?; hidden?: the number is not shown}."""
        given = dict(fields)
        kind = _read_kind(read_text(given, "kind", 20, default=Kind.MISSED))
        seconds = read_whole(given, "seconds", 0, _LONGEST_CALL)
        now = self._world.clock()
        message = Message(
            id="call-" + uuid.uuid4().hex,
            provider=PROVIDER,
            channel=Channel.TELEPHONE,
            direction=Direction.FROM_PHONE,
            number=number,
            office=self._config.hotline,
            text=_WORDS[kind],
            status=Status.TELLING.value,
            created_at=now,
            updated_at=now,
            details={
                "kind": "call",
                "outcome": kind.value,
                "seconds": _USUAL_SECONDS[kind] if seconds is None else seconds,
                "hidden": given.get("hidden") is True,
            },
        )
        self._world.ledger.add(message)
        self._tell(message)
        return message

    def resume(self) -> None:
        for message in self._world.ledger.messages():
            if message.provider == PROVIDER and message.status == Status.TELLING:
                self._tell(message)

    def _tell(self, message: Message) -> None:
        url = self._config.webhook_url
        if url is None:
            self._world.ledger.set_status(message, Status.TOLD)
            return
        make, done = partial(self._request, message, url), partial(self._done, message)
        errand = Errand(message.number, "webhook", {"id": message.id}, make, done)
        run_struck(self._world, PROVIDER, message.number, self._caller, errand)

    def _request(self, message: Message, url: str) -> Request:
        fields = {
            "call_id": message.id,
            "caller": None if message.details["hidden"] else without_plus(message.number),
            "hotline": self._config.hotline,
            "kind": message.details["outcome"],
            "at": message.created_at.astimezone(_VIETNAM).isoformat(timespec="seconds"),
            "seconds": message.details["seconds"],
        }
        named = {self._config.names.get(name, name): value for name, value in fields.items()}
        body, timestamp = json.dumps(named).encode(), int(self._world.clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            self._config.timestamp_header: str(timestamp),
            self._config.signature_header: sign(self._config.secret, timestamp, body),
        }
        return Request("POST", url, body, headers)

    def _done(self, message: Message, answer: Answer) -> None:
        self._world.ledger.set_status(message, Status.TOLD, error_code=None if answer.ok else answer.status or 0)


def _read_kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError as error:
        raise BadField("Cuộc gọi là missed, answered hoặc hangup_before.") from error
