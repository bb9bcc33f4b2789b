"""The way to the action server, as endpoints.yml sets it up. Run by test_in_rasa.py."""

from __future__ import annotations

import asyncio
import os
import unittest
from typing import Any

from aiohttp import web
from rasa.core.utils import AvailableEndpoints

from bot.components.action_endpoint import ActionEndpoint

TOKEN = "the-internal-token"


async def heard() -> web.Request:
    """One call through the configured endpoint, as a server on loopback hears it."""
    calls: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        calls.append(request)
        return web.json_response({"events": [], "responses": []})

    app = web.Application()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    os.environ["LOA_ACTIONS_PORT"] = str(runner.addresses[0][1])
    endpoint = ActionEndpoint(AvailableEndpoints.read_endpoints("endpoints.yml").action)
    call: dict[str, Any] = {"next_action": "action_serve", "tracker": {"events": [1]}}
    await endpoint.request(json=call)
    await endpoint.close()
    await runner.cleanup()
    return calls[0]


class EndpointChecks(unittest.TestCase):
    def test_the_token_goes_in_a_header_and_never_in_the_address(self) -> None:
        os.environ["LOA_INTERNAL_TOKEN"] = TOKEN
        call = asyncio.run(heard())
        self.assertEqual(call.headers.get("X-Loa-Token"), TOKEN)
        self.assertEqual(call.path_qs, "/webhook")
