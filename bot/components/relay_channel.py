"""The relay's door into Rasa: one turn at a time in each thread, the same answer for the same message."""

from __future__ import annotations

import asyncio
import hmac
import json as jsonlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.components.replies import TurnReplies
from bot.components.turn import CHANNEL, IncomingTurn, TurnRunner

TOKEN_HEADER = "X-Loa-Token"
logger = logging.getLogger("loa.relay")


class ThreadLocks:
    """A lock for each thread that has a turn under way or waiting."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, sender: str) -> AsyncIterator[None]:
        """Be the only holder for `sender` within this context."""
        lock, users = self._locks.get(sender, (asyncio.Lock(), 0))
        self._locks[sender] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks.pop(sender)
            if users > 1:
                self._locks[sender] = (lock, users - 1)

    def __len__(self) -> int:
        return len(self._locks)


class RelayChannel(InputChannel):
    """POST /webhooks/relay/turn with {"sender", "message_id", "text", "metadata"} and the internal token.

    200 {"replies": […], "done": bool} · 400 not such a call · 403 no token · 503 no model · 500 the turn broke off.
    A turn goes on to its end when the caller goes away; the same call again then gets its answer.
    """

    def __init__(self, token: str) -> None:
        self._token = token
        self._locks = ThreadLocks()
        self._under_way: set[asyncio.Task[TurnReplies]] = set()
        self._runner: TurnRunner | None = None

    @classmethod
    def name(cls) -> str:
        """The channel's name, and its place under /webhooks/."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RelayChannel:
        """The channel of credentials.yml. Raises RasaException without a token."""
        token = str((credentials or {}).get("token") or "")
        if not token:
            raise RasaException("the relay channel needs a token (credentials.yml)")
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two routes: `turn`, and `health` (200 when a model is loaded)."""
        relay = Blueprint("relay_channel")

        @relay.get("/health")
        async def health(request: Request) -> HTTPResponse:
            ready = self._ready_runner(request.app) is not None
            return json({"ready": ready}, status=200 if ready else 503)

        @relay.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._answer(request)

        return relay

    async def _answer(self, request: Request) -> HTTPResponse:
        if not hmac.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), self._token.encode()):
            return json({"error": "forbidden"}, status=403)
        incoming = _incoming(request.body)
        if incoming is None:
            return json({"error": "not a turn"}, status=400)
        runner = self._ready_runner(request.app)
        if runner is None:
            return json({"error": "no model"}, status=503)
        try:
            said = await asyncio.shield(self._start(runner, incoming))
        except Exception as error:
            # The error's text may quote the citizen: only its kind and the message's id are told.
            logger.error("turn %s broke off: %s", incoming.message_id, type(error).__name__)
            return json({"error": type(error).__name__}, status=500)
        return json(said.as_answer())

    def _start(self, runner: TurnRunner, incoming: IncomingTurn) -> asyncio.Task[TurnReplies]:
        task = asyncio.get_running_loop().create_task(self._run(runner, incoming))
        self._under_way.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[TurnReplies]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not print it when the caller is gone

    async def _run(self, runner: TurnRunner, incoming: IncomingTurn) -> TurnReplies:
        async with self._locks.hold(incoming.sender):
            return await runner.run(incoming)

    def _ready_runner(self, app: Any) -> TurnRunner | None:
        agent = getattr(app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return None
        if self._runner is None:
            self._runner = TurnRunner(agent.processor)
        return self._runner


def _incoming(body: bytes) -> IncomingTurn | None:
    """The call's turn, or None when it is not one."""
    try:
        call = jsonlib.loads(body)
        turn = IncomingTurn(
            str(call["sender"]), str(int(call["message_id"])), str(call["text"]), dict(call.get("metadata") or {})
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return turn if turn.sender else None
