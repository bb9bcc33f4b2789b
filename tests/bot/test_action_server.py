"""The action server is open to holders of the token in its header, and to nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from core.settings import ROOT, settings
from loa.stack import free_ports

START_SECONDS = 60


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the real process."""
    [port] = free_ports(1)
    environment = {**os.environ, "LOA_ACTIONS_PORT": str(port)}
    command = [sys.executable, "-m", "bot.actions.server"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        ends = time.monotonic() + START_SECONDS
        while not answers(url):
            time.sleep(0.1)
            assert process.poll() is None and time.monotonic() < ends, "the action server did not come up"
        yield url
        process.terminate()


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=1).is_success
    except httpx.HTTPError:
        return False


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
