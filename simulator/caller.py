"""A provider calls its customer: every attempt in the log, tried again after the provider's waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulator.outcalls import Answer
from simulator.provider import World

_CONNECT_TIMEOUT = 5.0


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request to the customer."""

    method: str
    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to tell the customer.

    `event` names the attempts in the log, `noted` stands there with them. `make` makes the request of an attempt
    anew, as signatures carry the time. `done` hears the last attempt's answer. Errands with the same `key` keep
    their order, but those that are tried again may be overtaken.
    """

    key: str
    event: str
    noted: Mapping[str, Any]
    make: Callable[[], Request]
    done: Callable[[Answer], object] = lambda _: None


class Caller:
    """Does one provider's errands. `accepts` tells a good answer; `waits` are seconds before each further attempt."""

    def __init__(
        self, world: World, provider: str, accepts: Callable[[Answer], bool], waits: tuple[float, ...], timeout: float
    ) -> None:
        self._world = world
        self._provider = provider
        self._accepts = accepts
        self._waits = waits
        self._timeout = timeout

    def run(self, errand: Errand, delay: float = 0.0) -> None:
        """Begin after `delay` seconds; returns at once."""
        self._world.clockwork.put(errand.key, delay, partial(self._attempt, errand, 1))

    def _attempt(self, errand: Errand, attempt: int) -> None:
        request = errand.make()
        answer = self._world.outcalls.send(
            request.method,
            request.url,
            request.body,
            request.headers,
            connect_timeout=_CONNECT_TIMEOUT,
            read_timeout=self._timeout,
        )
        self._world.ledger.note(
            errand.event,
            provider=self._provider,
            **errand.noted,
            attempt=attempt,
            http_status=answer.status,
            failure=answer.failure,
        )
        if not self._accepts(answer) and attempt <= len(self._waits):
            again = partial(self._attempt, errand, attempt + 1)
            self._world.clockwork.put(errand.key, self._waits[attempt - 1], again)
        else:
            errand.done(answer)
