"""Telling a provider's call from anybody else's: an unset secret lets nobody in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import now
from tests.channels.door import signed
from tests.environment import TestClock
from webhooks.problems import Unsigned
from webhooks.signing import check_path, check_signature


@pytest.mark.parametrize(
    ("given", "secret"), [("", ""), ("x", ""), ("", "bi-mat"), ("bi-ma", "bi-mat"), ("😀", "bi-mat")]
)
def test_a_path_is_the_secret_or_wrong(given: str, secret: str) -> None:
    with pytest.raises(Unsigned):
        check_path("thu", given, secret)


def test_the_right_path_passes() -> None:
    check_path("thu", "bi-mat", "bi-mat")


@pytest.mark.parametrize(("secret", "given", "passes"), [("k", "k", True), ("k", "l", False), ("", "", False)])
def test_a_signature_is_the_secrets_or_wrong(clock: TestClock, secret: str, given: str, passes: bool) -> None:
    headers = signed(given, b"payload")

    def check() -> None:
        check_signature(
            "thu",
            secret=secret,
            time=headers["X-Timestamp"],
            signature=headers["X-Signature"].upper(),
            payload=b"payload",
            lasts=timedelta(minutes=5),
        )

    if passes:
        check()
        clock.set(now() + timedelta(minutes=6))
    with pytest.raises(Unsigned):
        check()
