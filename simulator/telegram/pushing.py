"""Updates go to the bot's webhook: one after another, each until it was taken.

https://core.telegram.org/bots/webhooks. An update that a fault delays leaves the line and comes by itself later.
"""

import json
from collections.abc import Callable
from functools import partial

from simulator.faults import FaultKind
from simulator.messages import Message
from simulator.outcalls import Answer, CallFailure
from simulator.provider import World
from simulator.telegram.config import TelegramConfig
from simulator.telegram.shapes import PROVIDER
from simulator.telegram.subscription import Subscription
from simulator.telegram.updates import Status, Updates, update_of

_KEY = "telegram-updates"
_CONNECT_TIMEOUT = 5.0
_DELAYS = {FaultKind.WEBHOOK_REORDERED: 2.0, FaultKind.WEBHOOK_LATE: 30.0}


class Pusher:
    """Delivers one bot's updates. `last_error` is the time and words of the last failure since the last success."""

    def __init__(
        self, world: World, config: TelegramConfig, updates: Updates, subscription: Callable[[], Subscription]
    ) -> None:
        self._world = world
        self._config = config
        self._updates = updates
        self._subscription = subscription
        self._delayed: set[str] = set()
        self._failures = 0
        self._trying_again: str | None = None
        self.last_error: tuple[int, str] | None = None

    def expect(self, message: Message) -> None:
        """An update has come into line. Faults that strike it are decided here."""
        for kind, usual in _DELAYS.items():
            fault = self._world.faults.strike(PROVIDER, kind, message.number)
            if fault:
                self._delayed.add(message.id)
                delay = usual if fault.seconds is None else fault.seconds
                self._world.clockwork.put(_KEY, delay, partial(self._push_delayed, message, 1))
        self.wake()

    def wake(self) -> None:
        """Deliver what is in line, unless the next attempt is planned already."""
        if self._subscription().url and self._updates.in_line() and self._trying_again != self._world.ledger.generation:
            self._world.clockwork.put(_KEY, 0, self._push_line)

    def start_over(self) -> None:
        """The webhook is another one: forget earlier failures."""
        self._failures, self._trying_again, self.last_error = 0, None, None
        self.wake()

    def _push_line(self) -> None:
        self._trying_again = None
        while self._subscription().url and (message := self._next()):
            if self._push(message):
                self._failures = 0
                continue
            self._failures += 1
            if self._failures < self._config.webhook_attempts:
                self._trying_again = self._world.ledger.generation
                self._world.clockwork.put(_KEY, self._wait(self._failures), self._push_line)
            else:
                self._failures = 0
            return

    def _next(self) -> Message | None:
        return next((message for message in self._updates.in_line() if message.id not in self._delayed), None)

    def _push_delayed(self, message: Message, attempt: int) -> None:
        if message.status != Status.IN_LINE or not self._subscription().url or self._push(message):
            self._delayed.discard(message.id)
        elif attempt < self._config.webhook_attempts:
            again = partial(self._push_delayed, message, attempt + 1)
            self._world.clockwork.put(_KEY, self._wait(attempt), again)

    def _push(self, message: Message) -> bool:
        answer = self._call(message)
        if not answer.ok:
            self.last_error = (int(self._world.clock().timestamp()), _complaint(answer))
            return False
        self._updates.close([message], Status.TAKEN)
        self.last_error = None
        if self._world.faults.strike(PROVIDER, FaultKind.WEBHOOK_REPEATED, message.number):
            self._call(message)
        return True

    def _call(self, message: Message) -> Answer:
        subscription = self._subscription()
        headers = {"Content-Type": "application/json", "Accept": "*/*"}
        if subscription.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = subscription.secret
        answer = self._world.outcalls.send(
            "POST",
            subscription.url,
            json.dumps(update_of(message)).encode(),
            headers,
            connect_timeout=_CONNECT_TIMEOUT,
            read_timeout=self._config.webhook_timeout,
        )
        self._world.ledger.note(
            "webhook",
            provider=PROVIDER,
            id=message.id,
            update_id=message.details["update_id"],
            http_status=answer.status,
            failure=answer.failure,
        )
        return answer

    def _wait(self, failures: int) -> float:
        return float(min(2.0 ** (failures - 1), self._config.webhook_longest_wait))


def _complaint(answer: Answer) -> str:
    """As `getWebhookInfo` words it."""
    if answer.failure is CallFailure.READ:
        return "Read timeout expired"
    if answer.failure is not None:
        return "Connection refused"
    return f"Wrong response from the webhook: {answer.status}"
