"""What can be made to go wrong, how often, and for whom."""

import itertools
import random
import threading
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """What can go wrong; the groups below say where it strikes."""

    REFUSED = "refused"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    DROPPED = "dropped"
    SLOW = "slow"
    TIMEOUT_AFTER_ACCEPT = "timeout_after_accept"
    DROPPED_AFTER_ACCEPT = "dropped_after_accept"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    CALLBACK_REPEATED = "callback_repeated"
    CALLBACK_REORDERED = "callback_reordered"
    CALLBACK_LATE = "callback_late"
    CALLBACK_NEVER = "callback_never"
    WEBHOOK_REPEATED = "webhook_repeated"
    WEBHOOK_REORDERED = "webhook_reordered"
    WEBHOOK_LATE = "webhook_late"


# Strike a request of the customer's.
REQUEST_FAULTS: tuple[FaultKind, ...] = (
    FaultKind.RATE_LIMITED,
    FaultKind.SERVER_ERROR,
    FaultKind.DROPPED,
    FaultKind.SLOW,
    FaultKind.TIMEOUT_AFTER_ACCEPT,
    FaultKind.DROPPED_AFTER_ACCEPT,
)
# Strike a message that was accepted.
MESSAGE_FAULTS: tuple[FaultKind, ...] = (FaultKind.UNDELIVERED, FaultKind.FAILED)
# Strike what the customer is told of a message it sent.
CALLBACK_FAULTS: tuple[FaultKind, ...] = (
    FaultKind.CALLBACK_REPEATED,
    FaultKind.CALLBACK_REORDERED,
    FaultKind.CALLBACK_LATE,
    FaultKind.CALLBACK_NEVER,
)
# Strike what the customer is told of a citizen's doing.
WEBHOOK_FAULTS: tuple[FaultKind, ...] = (
    FaultKind.WEBHOOK_REPEATED,
    FaultKind.WEBHOOK_REORDERED,
    FaultKind.WEBHOOK_LATE,
)


@dataclass(slots=True)
class Fault:
    """A fault switched on for a provider.

    REFUSED is an orderly refusal with the provider's error code `code`.
    `count`: how many times it still strikes, None for ever. `probability`: of striking, each time it could.
    `number`: only for messages to this phone. `seconds` (slow, late, time-out) and `code` (the provider's error
    code, or the HTTP status of a server error): None leaves the choice to the provider.
    """

    provider: str
    kind: FaultKind
    count: int | None = None
    probability: float = 1.0
    number: str | None = None
    seconds: float | None = None
    code: int | None = None
    struck: int = 0
    id: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class FaultBoard:
    """The switches of all faults; safe to use from many threads."""

    def __init__(self, seed: int) -> None:
        self._lock = threading.Lock()
        self._random = random.Random(seed)
        self._ids = itertools.count(1)
        self._faults: dict[int, Fault] = {}

    def switch_on(self, fault: Fault) -> Fault:
        """Add a fault; the one that is on has got its id."""
        with self._lock:
            switched_on = replace(fault, id=next(self._ids))
            self._faults[switched_on.id] = switched_on
            return switched_on

    def switch_off(self, fault_id: int) -> bool:
        """Whether there was such a fault."""
        with self._lock:
            return self._faults.pop(fault_id, None) is not None

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def all(self) -> list[Fault]:
        """The faults that are on, in the order in which they were switched on."""
        with self._lock:
            return list(self._faults.values())

    @property
    def quiet(self) -> bool:
        """Whether no fault is on."""
        return not self._faults

    def strike(self, provider: str, kind: FaultKind, number: str | None) -> Fault | None:
        """The fault that strikes now, if one does; its count goes down, and at 0 it is switched off."""
        if self.quiet:
            return None
        with self._lock:
            for fault in self._faults.values():
                if self._strikes(fault, provider, kind, number):
                    return self._use(fault)
        return None

    def _strikes(self, fault: Fault, provider: str, kind: FaultKind, number: str | None) -> bool:
        if fault.provider != provider or fault.kind is not kind or fault.number not in (None, number):
            return False
        return fault.probability >= 1 or self._random.random() < fault.probability

    def _use(self, fault: Fault) -> Fault:
        fault.struck += 1
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                del self._faults[fault.id]
        return fault
