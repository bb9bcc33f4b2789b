"""How long Twilio waits for a webhook and when it tries again.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides. The customer changes it by the
fragment of the webhook's URL, as in `https://…/sms#rc=3&rp=all`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag

from simulator.outcalls import Answer, CallFailure


@dataclass(frozen=True, slots=True)
class Connection:
    """Times in seconds; `retries` after the first attempt, only after what `retry_on` names."""

    url: str
    connect_timeout: float
    read_timeout: float
    total_time: float
    retries: int
    retry_on: frozenset[str]

    def tries_again_after(self, answer: Answer) -> bool:
        """Whether the policy covers this outcome: ct, rt, 4xx, 5xx or all."""
        happened = _outcome(answer)
        return happened is not None and bool({happened, "all"} & self.retry_on)


def read_connection(url: str) -> Connection:
    """The settings of a webhook's URL; a value out of its range is brought to the nearest allowed."""
    bare, fragment = urldefrag(url)
    settings = dict(parse_qsl(fragment))
    return Connection(
        bare,
        connect_timeout=_within(settings, "ct", 5000, 100, 10_000) / 1000,
        read_timeout=_within(settings, "rt", 15_000, 100, 15_000) / 1000,
        total_time=_within(settings, "tt", 15_000, 100, 15_000) / 1000,
        retries=_within(settings, "rc", 1, 0, 5),
        retry_on=frozenset(settings.get("rp", "ct").split(",")),
    )


def _within(settings: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = settings.get(name, "")
    return max(low, min(high, int(text))) if text.isdecimal() else default


def _outcome(answer: Answer) -> str | None:
    if answer.failure is CallFailure.CONNECT:
        return "ct"
    if answer.failure is CallFailure.READ:
        return "rt"
    if answer.status is not None and answer.status >= 400:
        return "5xx" if answer.status >= 500 else "4xx"
    return None
