"""The action server is open to holders of the token in its header, and to nobody else."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.actions.server import application
from core.settings import settings


@pytest.fixture(scope="module")
def server() -> httpx.ASGITransport:
    return httpx.ASGITransport(application())


def status(server: httpx.ASGITransport, path: str, **call: object) -> int:
    async def get() -> int:
        async with httpx.AsyncClient(transport=server, base_url="http://actions") as client:
            return (await client.get(path, **call)).status_code  # type: ignore[arg-type]

    return asyncio.run(get())


def test_the_holder_of_the_token_gets_in(server: httpx.ASGITransport) -> None:
    token = settings().internal_token.get_secret_value()
    assert status(server, "/actions", headers={"X-Loa-Token": token}) == 200


@pytest.mark.parametrize("headers", [{}, {"X-Loa-Token": ""}, {"X-Loa-Token": "x"}, {"X-Loa-Token": "mật".encode()}])
def test_nobody_else_does(server: httpx.ASGITransport, headers: dict[str, str | bytes]) -> None:
    assert status(server, "/actions", headers=headers) == 403


def test_a_token_in_the_address_is_none(server: httpx.ASGITransport) -> None:
    token = settings().internal_token.get_secret_value()
    assert status(server, "/actions", params={"token": token}) == 403


def test_health_is_open(server: httpx.ASGITransport) -> None:
    assert status(server, "/health") == 200
