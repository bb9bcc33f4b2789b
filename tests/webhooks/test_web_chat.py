"""The web chat: who opened it sees its own talk and nobody else's, and no number of visitors shuts the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from conversations.thread import InboundMessage, Thread
from core.clock import now
from core.database import transaction
from core.settings import Mode, settings
from outreach.message import Message, MessageKind, MessageState
from webhooks.app import create_app

SHOWN = {MessageState.ACCEPTED, MessageState.DELIVERED}


@pytest.fixture
def door(database: str) -> Iterator[Flask]:
    yield create_app()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE contact_point, message, procrastinate_jobs CASCADE")


@pytest.fixture
def chat(door: Flask) -> FlaskClient:
    """A visitor who has opened the page."""
    return opened(door)


def opened(door: Flask, address: str = "127.0.0.1") -> FlaskClient:
    visitor = door.test_client()
    visitor.environ_base["REMOTE_ADDR"] = address
    assert visitor.get("/chat").status_code == 200
    return visitor


def say(chat: FlaskClient, text: str, key: str | None = None) -> TestResponse:
    return chat.post("/chat/messages", json={"id": key or uuid4().hex, "text": text})


def thread() -> UUID:
    """The only thread there is."""
    with transaction() as session:
        return session.scalars(select(Thread.id)).one()


def reply(text: str, state: MessageState = MessageState.DELIVERED, at: datetime | None = None) -> int:
    """A message of the office in the only thread."""
    written = at or now()
    with transaction() as session:
        row = Message(
            kind=MessageKind.REPLY,
            contact_id=session.scalars(select(Thread.contact_id)).one(),
            thread_id=session.scalars(select(Thread.id)).one(),
            channel="web",
            account="web",
            provider="web",
            body=text,
            segments=1,
            state=state,
            created_at=written,
            changed_at=written,
        )
        session.add(row)
        session.flush()
        return row.id


def transcript(chat: FlaskClient) -> list[tuple[str, str]]:
    return [(shown["from"], shown["text"]) for shown in chat.get("/chat/messages").get_json()]


def test_a_page_opened_again_shows_the_talk_in_order(chat: FlaskClient) -> None:
    assert say(chat, "khai").status_code == 202
    reply("Dạ, mời ông/bà ạ.", at=now() + timedelta(seconds=1))
    assert transcript(chat) == [("me", "khai"), ("office", "Dạ, mời ông/bà ạ.")]


def test_another_visitor_sees_nothing_of_it(door: Flask, chat: FlaskClient) -> None:
    say(chat, "khai")
    reply("Dạ.")
    assert transcript(opened(door)) == []


def test_the_same_word_sent_again_is_taken_in_once(chat: FlaskClient) -> None:
    assert [say(chat, "có", "k1").status_code for _ in range(3)] == [202, 202, 202]
    with transaction() as session:
        assert len(session.scalars(select(InboundMessage.id)).all()) == 1


@pytest.mark.parametrize("state", list(MessageState))
def test_only_what_went_out_is_shown(chat: FlaskClient, state: MessageState) -> None:
    say(chat, "khai")
    reply("Dạ.", state)
    assert (("office", "Dạ.") in transcript(chat)) == (state in SHOWN)


def test_the_last_two_hundred_are_shown(chat: FlaskClient) -> None:
    say(chat, "câu đầu")
    start = now() + timedelta(seconds=1)
    for number in range(203):
        reply(f"câu {number}", at=start + timedelta(seconds=number))
    shown = transcript(chat)
    assert len(shown) == 200
    assert shown[0] == ("office", "câu 3")
    assert shown[-1] == ("office", "câu 202")


@pytest.mark.parametrize("path", ["/chat", "/chat/messages", "/chat/events"])
def test_nothing_of_it_is_kept_on_the_way(chat: FlaskClient, path: str) -> None:
    with chat.get(path) as answer:
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_session_ends_after_a_day(door: Flask) -> None:
    cookie = door.test_client().get("/chat").headers["Set-Cookie"]
    assert door.permanent_session_lifetime == timedelta(days=1)
    assert "Expires=" in cookie


@pytest.mark.parametrize("seen", ["x", "-1", "1.5", "9" * 30, "١٢x"])
def test_a_stream_after_something_that_is_no_number_is_refused(chat: FlaskClient, seen: str) -> None:
    assert chat.get("/chat/events", query_string={"seen": seen}).status_code == 400
    if seen.isascii():
        assert chat.get("/chat/events", headers={"Last-Event-ID": seen}).status_code == 400


def test_a_stream_brings_what_was_not_seen_yet(chat: FlaskClient) -> None:
    say(chat, "khai")
    first = reply("một")
    reply("chưa gửi", MessageState.PLANNED)
    second = reply("hai")
    with chat.get("/chat/events", headers={"Last-Event-ID": str(first)}) as stream:
        parts = stream.iter_encoded()
        next(parts)
        assert next(parts).decode().startswith(f"id: {second}\n")


def streams(chat: FlaskClient, count: int) -> list[TestResponse]:
    return [chat.get("/chat/events") for _ in range(count)]


def test_streams_leave_half_of_the_doors_threads_to_everybody_else(chat: FlaskClient) -> None:
    half = settings().public_threads // 2
    open_ones = streams(chat, half)
    assert {answer.status_code for answer in open_ones} == {200}
    turned_away = chat.get("/chat/events")
    assert turned_away.status_code == 503
    assert int(turned_away.headers["Retry-After"]) > 0
    assert chat.get("/chat/messages").status_code == 200
    open_ones[0].close()
    with chat.get("/chat/events") as again:
        assert again.status_code == 200
    for answer in open_ones:
        answer.close()


def test_asking_for_the_head_of_a_stream_holds_no_thread(chat: FlaskClient) -> None:
    for _ in range(settings().public_threads):
        assert chat.head("/chat/events").status_code == 200
    with chat.get("/chat/events") as stream:
        assert stream.status_code == 200


def test_one_chat_cannot_flood_the_office_and_others_go_on(door: Flask, chat: FlaskClient) -> None:
    answers = [say(chat, "có").status_code for _ in range(31)]
    assert answers == [202] * 30 + [429]
    neighbour = opened(door)
    assert say(neighbour, "có").status_code == 202


def test_one_address_cannot_flood_the_office_with_ever_new_chats(door: Flask) -> None:
    answers = [say(opened(door), "có").status_code for _ in range(125)]
    assert answers == [202] * 120 + [429] * 5
    assert say(opened(door, "127.0.0.2"), "có").status_code == 202


def test_a_chat_is_counted_from_whichever_address_it_comes(door: Flask, chat: FlaskClient) -> None:
    for _ in range(30):
        say(chat, "có")
    chat.environ_base["REMOTE_ADDR"] = "127.0.0.3"
    assert say(chat, "có").status_code == 429


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, database: str) -> Iterator[Flask]:
    """The door behind its reverse proxy."""
    monkeypatch.setattr(settings(), "mode", Mode.PRODUCTION)
    yield create_app()


def test_behind_the_proxy_each_visitor_is_known_by_its_own_address(production: Flask) -> None:
    seen: list[str | None] = []
    production.before_request(lambda: seen.append(request.remote_addr))
    production.test_client().get("/health", headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
    assert seen == ["203.0.113.9"]


def test_without_a_proxy_nobody_names_an_address_of_his_own(door: Flask) -> None:
    seen: list[str | None] = []
    door.before_request(lambda: seen.append(request.remote_addr))
    door.test_client().get("/health", headers={"X-Forwarded-For": "203.0.113.9"})
    assert seen == ["127.0.0.1"]
