"""Telling a provider's call from anybody else's, where the provider leaves the way to us.

Two ways: a path that nobody else knows, for providers that sign nothing; and HMAC-SHA256, keyed with a shared secret,
over the Unix time of the call, a full stop and what was sent, with the time in a header beside it.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from core.clock import now
from webhooks.problems import Unsigned

_LONGEST_TIME = 12


def check_path(provider: str, given: str, secret: str) -> None:
    """Raise Unsigned unless `given` is the secret; with an empty secret always."""
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise Unsigned(provider)


def check_signature(provider: str, *, secret: str, time: str, signature: str, payload: bytes, lasts: timedelta) -> None:
    """Raise Unsigned unless `payload` was signed with `secret`, at most `lasts` ago or ahead."""
    expected = hmac.digest(secret.encode(), time.encode() + b"." + payload, hashlib.sha256).hex()
    if not secret or not hmac.compare_digest(signature.strip().lower().encode(), expected.encode()):
        raise Unsigned(provider)
    if not (time.isascii() and time.isdecimal() and len(time) <= _LONGEST_TIME):
        raise Unsigned(provider)
    if abs(now() - datetime.fromtimestamp(int(time), UTC)) > lasts:
        raise Unsigned(provider)  # somebody's recording
