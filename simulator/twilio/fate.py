"""What will go wrong with a message, in Twilio's codes."""

from typing import Any

from simulator import fate
from simulator.faults import FaultBoard
from simulator.twilio.errors import ErrorCode


def decide_fate(faults: FaultBoard, provider: str, number: str) -> dict[str, Any]:
    """As `simulator.fate.decide_fate`."""
    return fate.decide_fate(
        faults, provider, number, ErrorCode.UNREACHABLE_HANDSET.value, ErrorCode.UNKNOWN_ERROR.value
    )
