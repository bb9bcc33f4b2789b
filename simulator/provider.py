"""What every provider's stand-in offers the rest, and what it is given."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from flask import Blueprint

from simulator.clockwork import Clockwork
from simulator.config import SimulatorConfig
from simulator.faults import FaultBoard, FaultKind
from simulator.gestures import Gesture
from simulator.journal import Journal
from simulator.ledger import Clock, Ledger
from simulator.messages import Channel, Media, Message
from simulator.outcalls import Outcalls


class World:
    """What all stand-ins of one server share. `released` is set to end held requests."""

    def __init__(self, config: SimulatorConfig, clock: Clock) -> None:
        self.clock = clock
        self.journal = Journal(config.journal)
        self.ledger = Ledger(self.journal, clock)
        self.faults = FaultBoard(config.seed)
        self.clockwork = Clockwork(config.lanes, config.automatic)
        self.outcalls = Outcalls(config.reachable_hosts)
        self.released = threading.Event()

    def let_go(self) -> None:
        """End the requests that a fault holds open."""
        self.released.set()
        self.released = threading.Event()


class BadAddress(ValueError):
    """Not an address on this channel. The text is Vietnamese, for the page."""


class Provider(Protocol):
    """A stand-in for one provider: what it is called, what it can do wrong, and the citizen's side of it."""

    name: str
    channel: Channel
    title: str

    @property
    def fault_kinds(self) -> tuple[FaultKind, ...]:
        """What can be made to go wrong here."""

    @property
    def gestures(self) -> tuple[Gesture, ...]:
        """What a citizen can do here besides writing."""

    def blueprint(self) -> Blueprint:
        """The provider's own HTTP interface, at the paths of the real one."""

    def address(self, text: str) -> str:
        """What a person typed as the provider writes it (E.164). BadAddress if it is none."""

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        """The citizen at `number` writes; it goes to the customer's webhook. `own_url`: where media can be fetched."""

    def act(self, number: str, gesture: Gesture, fields: Mapping[str, Any]) -> Message:
        """The citizen at `number` does something of `gestures`. BadField if that is not possible now."""

    def resume(self) -> None:
        """Take up the deliveries that were under way when the process ended."""
