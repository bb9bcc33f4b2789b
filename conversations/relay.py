"""Asking Rasa: one turn over HTTP, answered in full or not at all."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import httpx

from conversations.events import to_the_bot
from conversations.rendering import Spoken
from conversations.thread import InboundMessage
from core.settings import settings


class RelayFailed(RuntimeError):
    """Rasa or the action server did not finish the turn: it is to be repeated."""


def ask_bot(message: InboundMessage, asked: dict[str, Any]) -> Spoken:
    """What the bot says to `message`, given what was open when it was first read (`asked`).

    Raises RelayFailed when the turn was not completed; repeating it changes nothing that was already done.
    """
    metadata = {
        **asked,
        "message_id": message.id,
        "payload": message.payload,
        "media": to_the_bot(message.media),
        "secret": message.secret,
    }
    body = {
        "sender": str(message.thread_id),
        "message_id": message.id,
        "text": message.text or _STAND_IN,
        "metadata": metadata,
    }
    try:
        answer = _client().post("/webhooks/relay/turn", json=body)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise RelayFailed(type(error).__name__) from None
    return _read(answer)


def _read(answer: httpx.Response) -> Spoken:
    try:
        turn = answer.json()
        spoken = _spoken(turn["replies"]) if turn.get("done") else None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RelayFailed("the answer could not be read") from None
    if spoken is None:
        raise RelayFailed("the turn came back without its completion mark")
    return spoken


_STAND_IN = "…"
"""What Rasa reads where a message holds no text (a picture, a sticker)."""


@lru_cache
def _client() -> httpx.Client:
    token = settings().internal_token.get_secret_value()
    return httpx.Client(
        base_url=settings().rasa_url,
        headers={"X-Loa-Token": token},
        timeout=settings().relay_timeout_seconds,
        limits=httpx.Limits(keepalive_expiry=2.0),  # Sanic closes after five: never write into a closing connection
    )


def _spoken(replies: list[dict[str, Any]]) -> Spoken:
    texts = [reply["text"].strip() for reply in replies if reply.get("text")]
    offered = [reply["buttons"] for reply in replies if reply.get("buttons")]
    choices = [{"title": one["title"], "payload": one["payload"]} for one in (offered[-1] if offered else [])]
    return Spoken("\n".join(texts), choices)
