"""The web chat: a small page, a signed session, messages in by POST and out by server-sent events."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, current_app, jsonify, render_template, request, session
from sqlalchemy import select

from conversations.inbound import Word, take_in
from conversations.thread import Channel, InboundMessage, Thread
from core.clock import now
from core.database import Role, transaction
from core.door import door_transaction
from core.encryption import blind_index
from outreach.message import Message, MessageState
from roster.contact import ContactKind, ContactPoint
from webhooks.problems import BadWord, Crowded
from webhooks.streams import OpenStreams

blueprint = Blueprint("web_chat", __name__, url_prefix="/chat")
LONGEST = 1000
STREAMS = "web_chat_streams"
"""Under this name the application keeps its `OpenStreams`."""
MOST_SHOWN = 200
LARGEST_ID = 2**63 - 1
WENT_OUT = (MessageState.ACCEPTED, MessageState.DELIVERED)
LOOK_EVERY_SECONDS = 0.5
STREAM_SECONDS = 55
"""A stream ends before proxies cut it; the browser opens the next one and says what it has seen."""


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """A talk is nobody's but its own: no cache keeps it."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("")
def page() -> str:
    """The page, for an old phone and a screen reader alike."""
    _chat_id()
    return render_template("chat.html")


@blueprint.post("/messages")
def say() -> tuple[Response, int]:
    """The citizen says something: {"id": the page's own id for it, "text", "payload"?}."""
    if "chat" not in session:
        raise BadWord("session", "phiên trò chuyện đã hết, xin mở lại trang")
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        raise BadWord("body", "phải là một đối tượng JSON")
    word = Word(
        channel=Channel.WEB,
        address=_chat_id(),
        provider_message_id=f"{_chat_id()}:{_text(said, 'id', 64)}",
        text=_text(said, "text", LONGEST),
        payload=said.get("payload") if isinstance(said.get("payload"), str) else None,
    )
    with door_transaction() as database:
        take_in(database, word, now())
    return jsonify(status="ok"), 202


@blueprint.get("/messages")
def transcript() -> Response:
    """The last of what was said, so that a page opened again shows it."""
    return jsonify(_said_so_far(_chat_id()))


@blueprint.get("/events")
def events() -> Response:
    """The replies, as they are written. Raises Crowded when half of the door's threads hold streams already."""
    seen, chat_id = _seen(), _chat_id()
    if request.method == "HEAD":
        return Response(mimetype="text/event-stream")  # such a response is never closed: it would keep its place
    places: OpenStreams = current_app.extensions[STREAMS]
    place = places.take()
    if place is None:
        raise Crowded
    stream = Response(_replies(chat_id, seen), mimetype="text/event-stream")
    stream.call_on_close(partial(places.give_back, place))
    return stream


def _seen() -> int:
    """The last message that the page has shown."""
    given = request.headers.get("Last-Event-ID") or request.args.get("seen") or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 20 and int(given) <= LARGEST_ID):
        raise BadWord("seen", "phải là một số")
    return int(given)


def _chat_id() -> str:
    if "chat" not in session:
        session["chat"] = uuid4().hex
        session.permanent = True
    return str(session["chat"])


def _text(said: dict[str, Any], field: str, longest: int) -> str:
    value = said.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadWord(field, "thiếu trường này")
    if len(value) > longest:
        raise BadWord(field, f"dài quá {longest} ký tự")
    return value


def _replies(chat_id: str, seen: int) -> Iterator[str]:
    """Server-sent events of the replies after message `seen`."""
    yield "retry: 2000\n\n"
    ends = time.monotonic() + STREAM_SECONDS
    while time.monotonic() < ends:
        for reply in _written_after(chat_id, seen):
            seen = reply["id"]
            yield f"id: {seen}\ndata: {json.dumps(reply, ensure_ascii=False)}\n\n"
        time.sleep(LOOK_EVERY_SECONDS)
        yield ": \n\n"


def _thread_of(database: Any, chat_id: str) -> UUID | None:
    found: UUID | None = database.scalar(
        select(Thread.id)
        .join(ContactPoint, ContactPoint.id == Thread.contact_id)
        .where(ContactPoint.kind == ContactKind.WEB)
        .where(ContactPoint.address_index == blind_index(ContactKind.WEB.value, chat_id))
    )
    return found


def _written_after(chat_id: str, seen: int) -> list[dict[str, Any]]:
    with transaction(Role.DOOR) as database:
        thread = _thread_of(database, chat_id)
        if thread is None:
            return []
        return [_shown(row) for row in database.execute(_replies_in(thread, seen).order_by(Message.id))]


def _replies_in(thread: UUID, seen: int = 0) -> Any:
    """Of the columns that the door may read."""
    return (
        select(Message.id, Message.body, Message.choices, Message.created_at)
        .where(Message.thread_id == thread, Message.id > seen, Message.channel == Channel.WEB)
        .where(Message.state.in_(WENT_OUT))
    )


def _shown(row: Any) -> dict[str, Any]:
    return {"id": row.id, "from": "office", "text": row.body, "choices": json.loads(row.choices or "[]")}


def _said_so_far(chat_id: str) -> list[dict[str, Any]]:
    with transaction(Role.DOOR) as database:
        thread = _thread_of(database, chat_id)
        if thread is None:
            return []
        words = database.execute(_words_in(thread))
        mine = [(word.received_at, {"id": 0, "from": "me", "text": word.text, "choices": []}) for word in words]
        replies = database.execute(_replies_in(thread).order_by(Message.id.desc()).limit(MOST_SHOWN))
        theirs = [(row.created_at, _shown(row)) for row in replies]
    return [shown for _, shown in sorted([*mine, *theirs], key=lambda pair: pair[0])][-MOST_SHOWN:]


def _words_in(thread: UUID) -> Any:
    return (
        select(InboundMessage.id, InboundMessage.text, InboundMessage.received_at)
        .where(InboundMessage.thread_id == thread, InboundMessage.channel == Channel.WEB)
        .order_by(InboundMessage.id.desc())
        .limit(MOST_SHOWN)
    )
