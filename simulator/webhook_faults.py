"""The faults of what a customer is told of a citizen's doing: twice, late, or after what came later."""

from simulator.caller import Caller, Errand
from simulator.faults import FaultKind
from simulator.provider import World

_USUAL = {FaultKind.WEBHOOK_REORDERED: 2.0, FaultKind.WEBHOOK_LATE: 30.0}


def run_struck(world: World, provider: str, number: str, caller: Caller, errand: Errand) -> None:
    """Run an errand as the faults that strike `number` have it."""
    delay = 0.0
    for kind, usual in _USUAL.items():
        fault = world.faults.strike(provider, kind, number)
        if fault:
            delay += usual if fault.seconds is None else fault.seconds
    repeated = world.faults.strike(provider, FaultKind.WEBHOOK_REPEATED, number)
    for _ in range(2 if repeated else 1):
        caller.run(errand, delay)
