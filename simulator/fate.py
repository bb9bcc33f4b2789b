"""What will go wrong with a message, decided when it is accepted, so that a fault's count counts messages."""

from typing import Any

from simulator.faults import CALLBACK_FAULTS, MESSAGE_FAULTS, FaultBoard, FaultKind

_USUAL_LATENESS = 30.0


def decide_fate(faults: FaultBoard, provider: str, number: str, undelivered: int, failed: int) -> dict[str, Any]:
    """Kind of fault → error code (undelivered, failed), seconds (late) or True, for the faults that strike.

    `undelivered` and `failed` are the provider's usual codes for these.
    """
    usual = {FaultKind.UNDELIVERED: undelivered, FaultKind.FAILED: failed, FaultKind.CALLBACK_LATE: _USUAL_LATENESS}
    fate: dict[str, Any] = {}
    for kind in MESSAGE_FAULTS + CALLBACK_FAULTS:
        fault = faults.strike(provider, kind, number)
        if fault is not None:
            chosen = fault.seconds if kind is FaultKind.CALLBACK_LATE else fault.code
            fate[kind.value] = usual.get(kind, True) if chosen is None else chosen
    return fate
