"""What an HTTP answer that should hold a JSON object means for the message that was handed over. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from outreach.channels.adapter import ErrorClass, NotSent, Rejected, Throttled, Unknown

type Failure = NotSent | Unknown | Rejected | Throttled
"""A call without a readable answer."""

_PAUSES = ("Retry-After", "X-Rate-Limit-Reset")


def read_object(response: httpx.Response) -> dict[str, Any] | Failure:
    """The object of a successful answer. A server's page instead leaves open what became of the message; a refusal by
    the address itself (wrong host, no permission) does not."""
    if response.status_code == 429:
        return Throttled(seconds_named(response.headers))
    if response.status_code >= 500:
        return Unknown(f"http_{response.status_code}")
    if not response.is_success:
        return Rejected(f"http_{response.status_code}", ErrorClass.STOP_ACCOUNT)
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return Unknown("unreadable_answer")
    return body if isinstance(body, dict) else Unknown("unreadable_answer")


def seconds_named(headers: Mapping[str, str]) -> float | None:
    """Seconds until requests are taken again, where the answer's headers say."""
    said = next((headers[name] for name in _PAUSES if name in headers), "")
    return float(said) if said.isascii() and said.isdecimal() else None
