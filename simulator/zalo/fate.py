"""How the customer is told of things, when faults are on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.faults import FaultBoard, FaultKind
from simulator.zalo.resource import PROVIDER

_USUAL_LATENESS = 600.0
# Long enough for what happens next to pass what is held back.
_HELD_BACK = 5.0


@dataclass(frozen=True, slots=True)
class Telling:
    """After `delay` seconds, `times` over, or `never`."""

    delay: float = 0.0
    times: int = 1
    never: bool = False


def telling_of_message(fate: Mapping[str, Any], *, received: bool) -> Telling:
    """How the customer hears that a message was received, or else seen; `fate` is what `simulator.fate` decided.

    Reordered, the first of the two comes second.
    """
    delay: float = fate.get(FaultKind.CALLBACK_LATE, 0.0)
    if received and FaultKind.CALLBACK_REORDERED in fate:
        delay += _HELD_BACK
    return Telling(delay, 2 if FaultKind.CALLBACK_REPEATED in fate else 1, FaultKind.CALLBACK_NEVER in fate)


def telling_of_doing(faults: FaultBoard, number: str) -> Telling:
    """How the customer hears of what a person did; decided now."""
    delay = _HELD_BACK if faults.strike(PROVIDER, FaultKind.WEBHOOK_REORDERED, number) else 0.0
    if late := faults.strike(PROVIDER, FaultKind.WEBHOOK_LATE, number):
        delay = _USUAL_LATENESS if late.seconds is None else late.seconds
    return Telling(delay, 2 if faults.strike(PROVIDER, FaultKind.WEBHOOK_REPEATED, number) else 1)
