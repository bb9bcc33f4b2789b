"""A message under a brandname: accepted, with the network, arrived or not, and the callback that tells it."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from threading import Lock
from urllib.parse import urlencode, urlsplit

from simulator.caller import Caller, Request
from simulator.esms.codes import Code, EsmsError
from simulator.esms.config import EsmsConfig
from simulator.esms.form import Order
from simulator.fate import decide_fate
from simulator.faults import FaultKind
from simulator.journey import Journeys, Words
from simulator.messages import Channel, Direction, Message
from simulator.outcalls import Answer, CallFailure
from simulator.provider import World
from simulator.purse import Purse
from simulator.receipts import Receipts
from simulator.vietnam import carrier_of, national

PROVIDER = "esms"
# What the handsets' page shows for a message that did not arrive; eSMS itself tells no reason.
_ABSENT, _FAILED = 27, 1
_TELCO = {"Viettel": 1, "MobiFone": 2, "Vinaphone": 3, "Vietnamobile": 4, "G-Mobile": 5}


class Status(StrEnum):
    """SendStatus: https://developers.esms.vn, "Callback Url". 5 is the end, good or bad."""

    WAITING = "2"
    DONE = "5"
    SENT = "7"


class Delivery:
    """Takes one account's messages and carries them out (a `simulator.journey.Listener`)."""

    def __init__(self, world: World, config: EsmsConfig) -> None:
        self._world = world
        self._config = config
        self.purse = Purse(world, PROVIDER, config.balance)
        words = Words(waiting=Status.WAITING, sent=Status.SENT, arrived=Status.DONE, lost=Status.DONE)
        self._journeys = Journeys(world, words, self, config.sent_after, config.delivered_after, _ABSENT)
        caller = Caller(world, PROVIDER, self._is_enough, config.callback_waits, config.callback_timeout)
        self._receipts = Receipts(world, PROVIDER, caller)
        self._lock = Lock()
        self._generation = ""
        self._requests: dict[str, Message] = {}

    def accept(self, order: Order) -> str:
        """Take an order; the SMSID. A message of the sandbox is nowhere but in the answer. EsmsError 124 or 103."""
        sms_id = uuid.uuid4().hex + str(self._config.user_id)
        if order.sandbox:
            return sms_id
        price = order.parts * self._config.price
        with self._lock:
            self._check_new(order.request_id)
            if not self.purse.take(price):
                raise EsmsError(Code.NO_BALANCE)
            message = self._message(sms_id, order, price)
            self._world.ledger.add(message)
            if order.request_id:
                self._requests[order.request_id] = message
        self._journeys.begin(message, self._delay(message))
        return sms_id

    def resume(self, message: Message) -> None:
        self._journeys.resume(message, self._delay(message))

    def sent(self, message: Message) -> None:
        if self._config.reports_sent and FaultKind.CALLBACK_REORDERED not in message.details["fate"]:
            self._tell(message, Status.SENT)

    def ended(self, message: Message) -> None:
        if not message.reached:
            self.purse.give_back(message.details["price"])
        self._tell(message, Status.DONE)
        if FaultKind.CALLBACK_REORDERED in message.details["fate"]:
            self._tell(message, Status.SENT)

    def _check_new(self, request_id: str) -> None:
        if self._generation != self._world.ledger.generation:
            self._generation = self._world.ledger.generation
            ours = [message for message in self._world.ledger.messages() if message.provider == PROVIDER]
            self._requests = {message.details["request_id"]: message for message in ours}
        earlier = self._requests.get(request_id) if request_id else None
        if earlier and self._world.clock() - earlier.created_at < timedelta(hours=self._config.dedupe_hours):
            raise EsmsError(Code.DUPLICATE, SendStatus=earlier.status)

    def _delay(self, message: Message) -> float:
        """Seconds until a message that was ordered for later."""
        if not message.details["send_at"]:
            return 0.0
        send_at = datetime.fromisoformat(message.details["send_at"])
        return max(0.0, (send_at - self._world.clock()).total_seconds())

    def _message(self, sms_id: str, order: Order, price: int) -> Message:
        now = self._world.clock()
        return Message(
            id=sms_id,
            provider=PROVIDER,
            channel=Channel.SMS,
            direction=Direction.TO_PHONE,
            number=order.phone,
            office=order.brandname,
            text=order.text,
            status=Status.WAITING.value,
            created_at=now,
            updated_at=now,
            segments=order.parts,
            encoding=order.encoding,
            details={
                "price": price,
                "request_id": order.request_id,
                "callback_url": order.callback_url,
                "campaign": order.campaign,
                "send_at": order.send_at.isoformat() if order.send_at else None,
                "fate": decide_fate(self._world.faults, PROVIDER, order.phone, _ABSENT, _FAILED),
            },
        )

    def _tell(self, message: Message, status: Status) -> None:
        if message.details["callback_url"]:
            self._receipts.tell(message, status.value, self._callback(message, status))

    def _callback(self, message: Message, status: Status) -> Callable[[], Request]:
        """A GET, unsigned: https://developers.esms.vn, "Callback Url"."""
        done = status is Status.DONE
        parameters = {
            "SMSID": message.id,
            "SendFailed": int(done and not message.reached),
            "SendStatus": status.value,
            "SendSuccess": int(done and message.reached),
            "TotalPrice": f"{message.details['price'] if message.reached or not done else 0:.4f}",
            "TotalReceiver": 1,
            "TotalSent": int(message.sent_at is not None),
            "RequestId": message.details["request_id"],
            "TypeId": 2,
            "telcoid": _TELCO.get(carrier_of(message.number), 9),
            "phonenumber": national(message.number),
            "switchsmsid": "",
        }
        url = message.details["callback_url"]
        full = url + ("&" if urlsplit(url).query else "?") + urlencode(parameters)
        return partial(Request, "GET", full, b"", {"Accept": "*/*"})

    def _is_enough(self, answer: Answer) -> bool:
        if self._config.retries_errors:
            return answer.ok
        return answer.failure in (None, CallFailure.NOT_REACHABLE)
