"""A message on its way, and the report of it: 0 arrived, 1–63 not yet, 64 and more never."""

import itertools
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Any

from simulator.caller import Caller, Request
from simulator.fate import decide_fate
from simulator.faults import FaultKind
from simulator.journey import Journeys, Words
from simulator.messages import Channel, Direction, Message
from simulator.provider import World
from simulator.purse import Purse
from simulator.receipts import Receipts
from simulator.speedsms.codes import Code, SpeedSmsError
from simulator.speedsms.config import SpeedSmsConfig
from simulator.speedsms.form import Order
from simulator.vietnam import without_plus

PROVIDER = "speedsms"
_FIRST_TRANSACTION = 100_001
# Below it a report is temporary.
_FIRST_LOST = 64


class Status(StrEnum):
    """Where a message is; outwardly there are only the numbers of the reports."""

    WAITING = "waiting"
    SENT = "sent"
    ARRIVED = "arrived"
    LOST = "lost"
    RECEIVING = "receiving"
    RECEIVED = "received"


class Delivery:
    """Takes one account's messages and carries them out (a `simulator.journey.Listener`)."""

    def __init__(self, world: World, config: SpeedSmsConfig) -> None:
        self._world = world
        self._config = config
        self.purse = Purse(world, PROVIDER, config.balance)
        words = Words(waiting=Status.WAITING, sent=Status.SENT, arrived=Status.ARRIVED, lost=Status.LOST)
        self._journeys = Journeys(world, words, self, config.sent_after, config.delivered_after, config.absent_status)
        self.caller = Caller(world, PROVIDER, lambda answer: answer.ok, config.webhook_waits, config.webhook_timeout)
        self._receipts = Receipts(world, PROVIDER, self.caller)
        ours = [message.details for message in world.ledger.messages() if message.provider == PROVIDER]
        last = max((found["tran_id"] for found in ours if "tran_id" in found), default=_FIRST_TRANSACTION - 1)
        self._transactions = itertools.count(last + 1)

    def accept(self, order: Order) -> dict[str, Any]:
        """Take an order: the `data` of the answer. SpeedSmsError 300 if it costs more than there is."""
        price = (order.counted.parts or 1) * self._config.price
        if not self.purse.take(price * len(order.phones)):
            raise SpeedSmsError(Code.NO_BALANCE)
        tran_id = next(self._transactions)
        for phone in order.phones:
            message = self._message(phone, order, tran_id, price)
            self._world.ledger.add(message)
            self._journeys.begin(message)
        return {
            "tranId": tran_id,
            "totalSMS": len(order.phones) * (order.counted.parts or 1),
            "totalPrice": price * len(order.phones),
            "invalidPhone": list(order.invalid),
        }

    def resume(self, message: Message) -> None:
        self._journeys.resume(message)

    def status_of(self, message: Message) -> int:
        """As reports say it; a message under way is "not yet"."""
        if message.reached:
            return 0
        if message.status != Status.LOST:
            return self._config.absent_status
        code = message.error_code
        return code if code is not None and code >= _FIRST_LOST else self._config.failed_status

    def sent(self, message: Message) -> None:
        """No report: this gateway speaks of the handset only."""

    def ended(self, message: Message) -> None:
        if not message.reached:
            self.purse.give_back(message.details["price"])
        if message.error_code is not None and message.error_code < _FIRST_LOST:
            self._tell(message, message.error_code)
        self._tell(message, self.status_of(message))
        if FaultKind.CALLBACK_REORDERED in message.details["fate"]:
            self._tell(message, self._config.absent_status)

    def request(self, body: Mapping[str, Any]) -> Request:
        """A call to the customer: a POST, unsigned."""
        assert self._config.webhook_url is not None
        headers = {"Content-Type": "application/json", "Accept": "*/*"}
        return Request("POST", self._config.webhook_url, json.dumps(body, ensure_ascii=False).encode(), headers)

    def _tell(self, message: Message, status: int) -> None:
        if not self._config.webhook_url:
            return
        phone, tran_id = without_plus(message.number), message.details["tran_id"]
        report = {"type": "report", "tranId": tran_id, "phone": phone, "status": status}
        self._receipts.tell(message, str(status), partial(self.request, report))

    def _message(self, phone: str, order: Order, tran_id: int, price: int) -> Message:
        now = self._world.clock()
        fate = decide_fate(self._world.faults, PROVIDER, phone, self._config.failed_status, self._config.failed_status)
        return Message(
            id=f"speedsms{tran_id}-{without_plus(phone)}",
            provider=PROVIDER,
            channel=Channel.SMS,
            direction=Direction.TO_PHONE,
            number=phone,
            office=order.sender,
            text=order.text,
            status=Status.WAITING.value,
            created_at=now,
            updated_at=now,
            segments=order.counted.parts or 1,
            encoding=order.counted.encoding,
            details={"tran_id": tran_id, "price": price, "fate": fate},
        )
