"""Many citizens at once at the relay's door, each saying one thing after the other."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench.citizens import Turn
from bench.figures import Spread, spread
from core.settings import Settings

_PATH = "/webhooks/relay/turn"
_SECONDS = 60


class TurnFailed(RuntimeError):
    """A turn was not answered in full: what is measured would not be what citizens meet."""


@dataclass(frozen=True)
class Load:
    """How turns went with `at_once` citizens talking: milliseconds a turn, and turns a second over all."""

    at_once: int
    turns: int
    milliseconds: Spread
    turns_a_second: float


def drive(settings: Settings, conversations: Sequence[Sequence[Turn]], at_once: int) -> Load:
    """Let every conversation run to its end, `at_once` at a time. Raises TurnFailed."""
    started = time.perf_counter()
    with ThreadPoolExecutor(at_once) as citizens:
        times = [one for said in citizens.map(lambda turns: _converse(settings, turns), conversations) for one in said]
    seconds = time.perf_counter() - started
    return Load(at_once, len(times), spread(times), len(times) / seconds)


def _converse(settings: Settings, turns: Sequence[Turn]) -> list[float]:
    """Milliseconds of each turn, over one kept connection."""
    connection = http.client.HTTPConnection("127.0.0.1", settings.rasa_port, timeout=_SECONDS)
    headers = {"X-Loa-Token": settings.internal_token.get_secret_value(), "Content-Type": "application/json"}
    try:
        return [_say(connection, headers, turn) for turn in turns]
    finally:
        connection.close()


def _say(connection: http.client.HTTPConnection, headers: dict[str, str], turn: Turn) -> float:
    body = json.dumps(turn.as_call())
    started = time.perf_counter()
    connection.request("POST", _PATH, body, headers)
    answer = connection.getresponse()
    said = answer.read()
    milliseconds = (time.perf_counter() - started) * 1000
    if answer.status != 200 or not json.loads(said)["done"]:
        raise TurnFailed(f"message {turn.message_id}: {answer.status}")
    return milliseconds
