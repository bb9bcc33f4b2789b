"""Zalo calls its customer: signed, repeated until it is answered 200 in time, every attempt in the log."""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator

from simulator.caller import Caller, Errand, Request
from simulator.outcalls import Answer
from simulator.provider import World
from simulator.zalo.config import TimestampPlace, ZaloConfig
from simulator.zalo.events import Event, millis
from simulator.zalo.fate import Telling
from simulator.zalo.resource import PROVIDER

type Done = Callable[[bool], object]


class Webhooks:
    """Makes the calls of one app. The events of one person are told in turn; a repeat waits and lets others pass."""

    def __init__(self, world: World, config: ZaloConfig) -> None:
        self._world = world
        self._config = config
        self._caller = Caller(world, PROVIDER, _is_taken, config.retry_after, config.answer_within)

    def tell(self, event: Event, telling: Telling, done: Done = lambda _: None) -> None:
        """Tell the customer of an event, as well as its fate lets it; `done` hears whether it was taken at last."""
        if not self._config.webhook_url or event.name not in self._config.events:
            done(True)
        elif telling.never:
            self._world.ledger.note("callback_withheld", provider=PROVIDER, id=event.about, status=event.name)
        else:
            for _ in range(telling.times):
                self._caller.run(self._errand(event, done), telling.delay)

    def _errand(self, event: Event, done: Done) -> Errand:
        raw = json.dumps(event.body, ensure_ascii=False, separators=(",", ":")).encode()
        repeats = itertools.count()
        noted = {"id": event.about, "status": event.name, "number": event.number}
        return Errand(
            event.number or self._config.oa_id,
            "callback" if event.is_receipt else "webhook",
            noted,
            lambda: self._request(event, raw, repeats),
            lambda answer: done(_is_taken(answer)),
        )

    def _request(self, event: Event, raw: bytes, repeats: Iterator[int]) -> Request:
        headers = {"Content-Type": "application/json;charset=utf-8", "User-Agent": "ZaloWebhook"}
        timestamp = str(event.body["timestamp"])
        if self._config.timestamp_place is TimestampPlace.HEADER:
            timestamp = headers["X-ZEvent-Timestamp"] = millis(self._world.clock())
        headers["X-ZEvent-Signature"] = "mac=" + sign(self._config, raw, timestamp)
        if event.of_templates:
            headers["X-ZEvent-Server"] = "ZNS"
        if repeat := next(repeats):
            headers["num_retry"] = str(repeat)
        return Request("POST", self._config.webhook_url or "", raw, headers)


def sign(config: ZaloConfig, raw: bytes, timestamp: str) -> str:
    """SHA-256, no HMAC, over the app's id, the body as it is sent, the timestamp and the OA's secret key."""
    return hashlib.sha256(config.app_id.encode() + raw + timestamp.encode() + config.oa_secret.encode()).hexdigest()


def _is_taken(answer: Answer) -> bool:
    return answer.status == 200
