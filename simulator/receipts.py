"""Telling the customer what became of a message, as its fate has it: once or twice, now or later, or never."""

from collections.abc import Callable

from simulator.caller import Caller, Errand, Request
from simulator.faults import FaultKind
from simulator.messages import Message
from simulator.provider import World


class Receipts:
    """One provider's receipts; each is an errand of its own, so that one that is retried holds up no other."""

    def __init__(self, world: World, provider: str, caller: Caller) -> None:
        self._world = world
        self._provider = provider
        self._caller = caller

    def tell(self, message: Message, status: str, make: Callable[[], Request]) -> None:
        """Call the customer with a receipt; `status` is what it says, for the log."""
        fate, noted = message.details["fate"], {"id": message.id, "status": status}
        if FaultKind.CALLBACK_NEVER in fate:
            self._world.ledger.note("callback_withheld", provider=self._provider, **noted)
            return
        errand = Errand(message.id, "callback", noted, make)
        for _ in range(2 if FaultKind.CALLBACK_REPEATED in fate else 1):
            self._caller.run(errand, fate.get(FaultKind.CALLBACK_LATE, 0.0))
