"""What will go wrong with a message, decided when it is accepted, so that a fault's count counts messages."""

from typing import Any

from simulator.faults import FaultBoard, FaultKind
from simulator.twilio.errors import ErrorCode

_FATES = {
    FaultKind.UNDELIVERED: ErrorCode.UNREACHABLE_HANDSET.value,
    FaultKind.FAILED: ErrorCode.UNKNOWN_ERROR.value,
    FaultKind.CALLBACK_REPEATED: True,
    FaultKind.CALLBACK_REORDERED: True,
    FaultKind.CALLBACK_LATE: 30.0,
    FaultKind.CALLBACK_NEVER: True,
}


def decide_fate(faults: FaultBoard, provider: str, number: str) -> dict[str, Any]:
    """Kind of fault → error code (undelivered, failed), seconds (late) or True, for the faults that strike."""
    fate: dict[str, Any] = {}
    for kind, usual in _FATES.items():
        fault = faults.strike(provider, kind, number)
        if fault is not None:
            chosen = fault.seconds if kind is FaultKind.CALLBACK_LATE else fault.code
            fate[kind.value] = usual if chosen is None else chosen
    return fate
