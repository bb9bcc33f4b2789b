"""A prepaid account: what its messages cost, and what is left. Đồng."""

import threading

from simulator.messages import Message
from simulator.provider import World


class Purse:
    """One provider's account, rebuilt from the ledger. A message's price stands in `details["price"]`."""

    def __init__(self, world: World, provider: str, balance: int) -> None:
        self._world = world
        self._provider = provider
        self._balance = balance
        self._lock = threading.Lock()
        self._generation = ""
        self._left = balance

    def left(self) -> int:
        with self._lock:
            self._recount_if_reset()
            return self._left

    def take(self, price: int) -> bool:
        """Take a price out; False, and nothing is taken, if there is not enough."""
        with self._lock:
            self._recount_if_reset()
            if price > self._left:
                return False
            self._left -= price
            return True

    def give_back(self, price: int) -> None:
        """What did not arrive costs nothing."""
        with self._lock:
            self._recount_if_reset()
            self._left += price

    def _recount_if_reset(self) -> None:
        if self._generation == self._world.ledger.generation:
            return
        self._generation = self._world.ledger.generation
        self._left = self._balance - sum(map(self._cost, self._world.ledger.messages()))

    def _cost(self, message: Message) -> int:
        if message.provider != self._provider or message.error_code is not None:
            return 0
        return int(message.details.get("price", 0))
