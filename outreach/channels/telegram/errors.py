"""What a failed call to the Bot API means for the message. Pure.

Telegram refuses with an HTTP status and a description in English; statuses are shared by quite different reasons, so
the descriptions that speak of the reader are listed beside them. A code here is the status, with those words where they
decide. Source: https://core.telegram.org/bots/api#making-requests, the open source of its server (telegram-bot-api,
`Client.cpp`) for the descriptions, and python-telegram-bot for its exceptions.
"""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from outreach.channels.adapter import ErrorClass, NotSent, Rejected, Throttled, Unknown
from outreach.channels.fuse import FuseBlown
from outreach.channels.fused_httpx import broken_call
from outreach.channels.telegram.answers import OtherRefusal, ServerTrouble, UnreadableAnswer

ERRORS: dict[str, ErrorClass] = {
    "400": ErrorClass.OUR_BUG,  # text empty or too long, button data, anything else about the message itself
    "400 chat not found": ErrorClass.UNREACHABLE,  # never spoke to this bot, or the account is gone
    "400 user not found": ErrorClass.UNREACHABLE,
    "400 peer_id_invalid": ErrorClass.UNREACHABLE,
    "400 input_user_deactivated": ErrorClass.UNREACHABLE,
    "400 chat migrated": ErrorClass.UNREACHABLE,  # it was a group: we write to private chats alone
    "401": ErrorClass.STOP_ACCOUNT,  # token revoked, or of no bot; 404: no token at all (the library says the same)
    "403": ErrorClass.OUR_BUG,  # for a reason that nobody has listed: held for a human, who looks
    "403 bot was blocked by the user": ErrorClass.UNREACHABLE,
    "403 user is deactivated": ErrorClass.UNREACHABLE,
    "403 bot can't initiate conversation with a user": ErrorClass.UNREACHABLE,
    "403 bot can't send messages to bots": ErrorClass.UNREACHABLE,
    "409": ErrorClass.RETRY_LATER,  # another method is at work for this bot
    "413": ErrorClass.OUR_BUG,  # too large
    "420": ErrorClass.STOP_ACCOUNT,  # the account is frozen
    "429": ErrorClass.THROTTLE,
}

type Failure = NotSent | Unknown | Rejected | Throttled


def error_class(code: str) -> ErrorClass:
    """The class of a code; what nobody has listed is held for a human, as a refusal of this message."""
    return ERRORS.get(code, ErrorClass.OUR_BUG)


def meaning(error: TelegramError) -> Failure:
    """What became of the call that ended in `error`. Its text is read here and goes no further."""
    match error:
        case RetryAfter():
            return Throttled(_seconds(error))
        case ServerTrouble():
            return Unknown(f"http_{error.code}")
        case UnreadableAnswer():
            return _unreadable(error.code)
    code = _code(error)
    if code is None:
        return _broken(error.__cause__)
    refused = error_class(code)
    return Throttled() if refused is ErrorClass.THROTTLE else Rejected(code, refused)


def _code(error: TelegramError) -> str | None:
    """None where the call ended without an answer."""
    match error:
        case BadRequest():
            return _with_words("400", error)
        case ChatMigrated():
            return "400 chat migrated"
        case InvalidToken():
            return "401"
        case Forbidden():
            return _with_words("403", error)
        case Conflict():
            return "409"
        case OtherRefusal():
            return str(error.code)
        case NetworkError():
            return None
    return "400"


def _with_words(status: str, error: TelegramError) -> str:
    said = error.message.lower()
    listed = (code for code in ERRORS if code.startswith(status + " "))
    return next((code for code in listed if code.removeprefix(status + " ") in said), status)


def _unreadable(code: int) -> Failure:
    """A page instead of an answer: of a success it leaves open what became of the call; a refusal by the address itself
    (wrong host, a wall before it) does not."""
    if 200 <= code < 300:
        return Unknown("unreadable_answer")
    return Throttled() if code == 429 else Rejected(f"http_{code}", ErrorClass.STOP_ACCOUNT)


def _broken(cause: BaseException | None) -> Failure:
    if isinstance(cause, FuseBlown):
        return NotSent("fuse_blown")
    return broken_call(cause) if isinstance(cause, httpx.HTTPError) else Unknown("connection_lost")


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
