"""What each way in which a call to the Bot API can fail means, case by case; rubbish from a server that is none."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from outreach.channels.adapter import ErrorClass, NotSent, Outcome, Outgoing, Rejected, Throttled, Unknown
from outreach.channels.fuse import Fuse, FuseBlown
from outreach.channels.registry import error_class as class_by_registry
from outreach.channels.telegram.answers import OtherRefusal, ServerTrouble, UnreadableAnswer
from outreach.channels.telegram.chats import TelegramChats
from outreach.channels.telegram.errors import ERRORS, error_class, meaning
from outreach.channels.telegram.line import Line
from roster.contact import ContactKind
from tests.simulator.desk import Say, Site, site
from tests.simulator.telegram_bot import PERSON, TOKEN

__all__ = ["site"]

GONE, STOP, BUG = ErrorClass.UNREACHABLE, ErrorClass.STOP_ACCOUNT, ErrorClass.OUR_BUG
WORD = Outgoing(1, PERSON, "Chào bà", address_kind=ContactKind.TELEGRAM)


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BadRequest("Bad Request: chat not found"), Rejected("400 chat not found", GONE)),
        (BadRequest("Bad Request: user not found"), Rejected("400 user not found", GONE)),
        (BadRequest("Bad Request: PEER_ID_INVALID"), Rejected("400 peer_id_invalid", GONE)),
        (BadRequest("Bad Request: INPUT_USER_DEACTIVATED"), Rejected("400 input_user_deactivated", GONE)),
        (BadRequest("Bad Request: message is too long"), Rejected("400", BUG)),
        (BadRequest("Bad Request: message text is empty"), Rejected("400", BUG)),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Rejected("400", BUG)),
        (ChatMigrated(-100123), Rejected("400 chat migrated", GONE)),
        (InvalidToken("Unauthorized"), Rejected("401", STOP)),
        (InvalidToken("Not Found"), Rejected("401", STOP)),
        (Forbidden("Forbidden: bot was blocked by the user"), Rejected("403 bot was blocked by the user", GONE)),
        (Forbidden("Forbidden: user is deactivated"), Rejected("403 user is deactivated", GONE)),
        (
            Forbidden("Forbidden: bot can't initiate conversation with a user"),
            Rejected("403 bot can't initiate conversation with a user", GONE),
        ),
        (
            Forbidden("Forbidden: bot can't send messages to bots"),
            Rejected("403 bot can't send messages to bots", GONE),
        ),
        (Forbidden("Forbidden: something new"), Rejected("403", BUG)),
        (Conflict("Conflict: terminated by other getUpdates request"), Rejected("409", ErrorClass.RETRY_LATER)),
        (OtherRefusal(413), Rejected("413", BUG)),
        (OtherRefusal(420), Rejected("420", STOP)),
        (OtherRefusal(429), Throttled()),
        (OtherRefusal(451), Rejected("451", BUG)),
        (RetryAfter(17), Throttled(17.0)),
        (ServerTrouble(500), Unknown("http_500")),
        (ServerTrouble(502), Unknown("http_502")),
        (UnreadableAnswer(200), Unknown("unreadable_answer")),
        (UnreadableAnswer(403), Rejected("http_403", STOP)),
        (UnreadableAnswer(429), Throttled()),
        (UnreadableAnswer(302), Rejected("http_302", STOP)),
        (caused(NetworkError("x"), FuseBlown()), NotSent("fuse_blown")),
        (caused(NetworkError("x"), httpx.ConnectError("x")), NotSent("no_connection", away=True)),
        (caused(TimedOut(), httpx.ConnectTimeout("x")), NotSent("connect_timeout", away=True)),
        (caused(TimedOut(), httpx.PoolTimeout("x")), NotSent("connect_timeout", away=True)),
        (caused(TimedOut(), httpx.ReadTimeout("x")), Unknown("read_timeout")),
        (caused(TimedOut(), httpx.WriteTimeout("x")), Unknown("read_timeout")),
        (caused(NetworkError("x"), httpx.ReadError("x")), Unknown("connection_lost")),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), Unknown("connection_lost")),
        (NetworkError("nobody knows"), Unknown("connection_lost")),
        (TelegramError("of no kind"), Rejected("400", BUG)),
    ],
    ids=lambda one: f"{one!r}"[:60],
)
def test_each_failure_has_its_meaning(error: TelegramError, expected: Outcome) -> None:
    assert meaning(error) == expected


@pytest.mark.parametrize(("code", "expected"), ERRORS.items())
def test_the_registry_knows_each_code(code: str, expected: ErrorClass) -> None:
    assert class_by_registry("telegram", code) is expected


@pytest.mark.parametrize("code", ["", "7", "400 anything else", "403 anything else"])
def test_what_nobody_has_listed_is_held_for_a_human(code: str) -> None:
    assert error_class(code) is BUG


# --- a server that is no Telegram --------------------------------------------------------------------------------


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    made = Line(TOKEN, site.url, connect_seconds=2, read_seconds=2, per_second=1000, chat_seconds=0.001)
    yield made
    made.close()


def ok(result: object) -> str:
    return json.dumps({"ok": True, "result": result})


def refused(code: object, description: str = "x") -> str:
    return json.dumps({"ok": False, "error_code": code, "description": description})


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Say(200, ""), Unknown("unreadable_answer")),
        (Say(200, "<html>"), Unknown("unreadable_answer")),
        (Say(200, "[]"), Unknown("unreadable_answer")),
        (Say(200, "[" * 100_000), Unknown("unreadable_answer")),
        (Say(200, '{"ok": true}'), Unknown("unreadable_answer")),
        (Say(200, '{"ok": "yes", "result": {}}'), Unknown("unreadable_answer")),
        (Say(200, ok(None)), Unknown("unreadable_answer")),
        (Say(200, ok(True)), Unknown("unreadable_answer")),
        (Say(200, ok([])), Unknown("unreadable_answer")),
        (Say(200, ok({"message_id": 1})), Unknown("unreadable_answer")),
        (Say(200, refused(403, "Forbidden: bot was blocked by the user")),
         Rejected("403 bot was blocked by the user", GONE)),
        (Say(200, refused(401)), Rejected("401", STOP)),
        (Say(200, refused(500)), Unknown("http_500")),
        (Say(200, refused(200)), Unknown("unreadable_answer")),
        (Say(200, refused("what")), Unknown("unreadable_answer")),
        (Say(400, "<html>"), Rejected("http_400", STOP)),
        (Say(403, "<html>"), Rejected("http_403", STOP)),
        (Say(404, "<html>"), Rejected("http_404", STOP)),
        (Say(407, ""), Rejected("http_407", STOP)),
        (Say(429, "slow down"), Throttled()),
        (Say(301, ""), Rejected("http_301", STOP)),
        (Say(503, ""), Unknown("http_503")),
    ],
    ids=lambda one: f"{one!r}"[:60],
)  # fmt: skip
def test_rubbish(site: Site, line: Line, answer: Say, expected: Outcome) -> None:
    site.answers = [answer]
    assert TelegramChats(line, lambda _: None).send(WORD, Fuse(60)) == expected
    assert len(site.heard) == 1
