"""What every provider's stand-in offers the rest, and what it is given."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Office:
    """What a person writes to or calls who has heard nothing from it yet: a number, a short code, an account's name.

    `charge`: đồng for each message. `keyword`: what each message must begin with. `handle`: what a link names.
    """

    name: str
    charge: int = 0
    keyword: str = ""
    handle: str = ""


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

    @property
    def office(self) -> Office | None:
        """Where people find the customer here; None where they can only answer, or not even that."""

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
