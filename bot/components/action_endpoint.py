"""The way to the action server: one kept-alive connection pool, short calls, and a note of what failed."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

DEFAULT_TIMEOUT_SECONDS = 15.0

failed_calls: ContextVar[list[str]] = ContextVar("failed_calls")
"""The actions whose call failed in the present turn: Rasa swallows the error and goes on as if they had run."""


class ActionEndpoint(EndpointConfig):
    """An endpoint that keeps its connections, where the stock one opens one a call.

    Calls carry the configured headers, the internal token among them, and nothing in the address.
    Of the tracker's past events nothing is sent: the actions read the latest message and our own database.
    """

    def __init__(self, stock: EndpointConfig) -> None:
        """`stock` is the endpoint as configured; its `timeout_seconds` limits a call."""
        super().__init__(
            stock.url,
            stock.params,
            stock.headers,
            stock.basic_auth,
            stock.token,
            stock.token_name,
            stock.cafile,
            **stock.kwargs,
        )
        self._timeout = aiohttp.ClientTimeout(total=float(stock.kwargs.get("timeout_seconds", DEFAULT_TIMEOUT_SECONDS)))
        self._kept: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Post the call and give back the answer; errors as the stock endpoint raises them."""
        call = kwargs["json"]
        try:
            return await self._post({**call, "tracker": {**call["tracker"], "events": []}})
        except Exception:
            failed_calls.get([]).append(str(call.get("next_action")))
            raise

    async def _post(self, call: dict[str, Any]) -> Any:
        session = self._session()
        async with session.post(self.url, json=call) as response:
            if response.status >= 400:
                # The body may quote the call: only its status goes on.
                raise ClientResponseError(response.status, response.reason or "", "{}")
            return await response.json()

    def _session(self) -> aiohttp.ClientSession:
        if self._kept is None or self._kept.closed:
            self._kept = aiohttp.ClientSession(
                headers=self.headers,
                timeout=self._timeout,
                connector=aiohttp.TCPConnector(limit=64, keepalive_timeout=3),
            )
        return self._kept

    async def close(self) -> None:
        """Close the kept connections."""
        if self._kept is not None:
            await self._kept.close()
