"""The action server is open to holders of the token in its header, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from core.settings import settings
from tests.bot.conftest import running_server


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the real process."""
    with running_server() as url:
        yield url


def status(server: str, path: str, **call: Any) -> int:
    return httpx.get(server + path, **call).status_code


def test_the_holder_of_the_token_gets_in(server: str) -> None:
    token = settings().internal_token.get_secret_value()
    assert status(server, "/actions", headers={"X-Loa-Token": token}) == 200


@pytest.mark.parametrize("headers", [{}, {"X-Loa-Token": ""}, {"X-Loa-Token": "x"}, {"X-Loa-Token": "mật".encode()}])
def test_nobody_else_does(server: str, headers: dict[str, str | bytes]) -> None:
    assert status(server, "/actions", headers=headers) == 403


def test_a_token_in_the_address_is_none(server: str) -> None:
    token = settings().internal_token.get_secret_value()
    assert status(server, "/actions", params={"token": token}) == 403


def test_health_is_open(server: str) -> None:
    assert status(server, "/health") == 200
