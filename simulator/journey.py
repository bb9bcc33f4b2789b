"""A domestic SMS on its way to a phone: waiting → with the network → arrived, or not."""

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from simulator.faults import FaultKind
from simulator.messages import Message
from simulator.provider import World


@dataclass(frozen=True, slots=True)
class Words:
    """A provider's own words for where a message is."""

    waiting: str
    sent: str
    arrived: str
    lost: str


class Listener(Protocol):
    """Who is told how it goes. `message.details["fate"]` is what `simulator.fate` decided."""

    def sent(self, message: Message) -> None:
        """The network has it."""

    def ended(self, message: Message) -> None:
        """It has arrived (`message.reached`) or is lost for good."""


class Journeys:
    """Carries one provider's messages. Times are seconds; `absent` is the code for a phone that is off."""

    def __init__(
        self, world: World, words: Words, listener: Listener, sent_after: float, delivered_after: float, absent: int
    ) -> None:
        self._world = world
        self._words = words
        self._listener = listener
        self._sent_after = sent_after
        self._delivered_after = delivered_after
        self._absent = absent

    def begin(self, message: Message, delay: float = 0.0) -> None:
        """Send a message that is in the ledger, `delay` seconds later than usual."""
        self._world.clockwork.put(message.id, self._sent_after + delay, partial(self._send, message))

    def resume(self, message: Message, delay: float = 0.0) -> None:
        """Go on with a message that was under way when the process ended."""
        if message.status == self._words.waiting:
            self.begin(message, delay)
        elif message.status == self._words.sent:
            self._plan_arrival(message)

    def _plan_arrival(self, message: Message) -> None:
        self._world.clockwork.put(message.id, self._delivered_after, partial(self._arrive, message))

    def _send(self, message: Message) -> None:
        fate = message.details["fate"]
        if FaultKind.FAILED in fate:
            self._lose(message, fate[FaultKind.FAILED])
            return
        self._world.ledger.set_status(message, self._words.sent, sent=True)
        self._listener.sent(message)
        self._plan_arrival(message)

    def _arrive(self, message: Message) -> None:
        fate = message.details["fate"]
        phone = self._world.ledger.phone(message.channel, message.number)
        if FaultKind.UNDELIVERED in fate:
            self._lose(message, fate[FaultKind.UNDELIVERED])
        elif phone is not None and not phone.on:
            self._lose(message, self._absent)
        else:
            self._world.ledger.set_status(message, self._words.arrived, reached=True)
            self._listener.ended(message)

    def _lose(self, message: Message, code: int) -> None:
        self._world.ledger.set_status(message, self._words.lost, error_code=code)
        self._listener.ended(message)
