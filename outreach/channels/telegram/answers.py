"""What the Bot API answers, read strictly before the library reads it. Pure.

The library takes every status below 300 for a success, logs what it cannot read (which may hold a citizen's words), and
forgets the status of what it has no exception for. So the answer is looked at first, and what is none is said here.
Source: https://core.telegram.org/bots/api#making-requests.
"""

from __future__ import annotations

import json
from typing import Any

from telegram.error import NetworkError

_THE_LIBRARYS_OWN = frozenset({400, 401, 403, 404, 409})
"""Statuses for which python-telegram-bot raises exceptions of their own."""


class ServerTrouble(NetworkError):
    """Telegram, or a gateway before it, had trouble: the call may have been made."""

    def __init__(self, code: int) -> None:
        super().__init__(f"HTTP {code}")
        self.code = code


class UnreadableAnswer(NetworkError):
    """Something else than an answer of the Bot API."""

    def __init__(self, code: int) -> None:
        super().__init__(f"HTTP {code}, no answer")
        self.code = code


class OtherRefusal(NetworkError):
    """An orderly refusal for which the library has no exception."""

    def __init__(self, code: int) -> None:
        super().__init__(f"HTTP {code}, refused")
        self.code = code


def status_of(status: int, payload: bytes) -> int:
    """The status by which the library shall read `payload`: an error inside counts, whatever HTTP said.

    Raises ServerTrouble, UnreadableAnswer, OtherRefusal.
    """
    if status >= 500:
        raise ServerTrouble(status)
    answer = _object(payload)
    if answer is None or not isinstance(answer.get("ok"), bool):
        raise UnreadableAnswer(status)
    if answer["ok"]:
        return _success(status, answer)
    return _refusal(status, answer)


def _success(status: int, answer: dict[str, Any]) -> int:
    if not 200 <= status < 300 or "result" not in answer:
        raise UnreadableAnswer(status)
    return status


def _refusal(status: int, answer: dict[str, Any]) -> int:
    code = answer.get("error_code", status)
    if not isinstance(code, int) or code < 400:
        raise UnreadableAnswer(status)
    if code >= 500:
        raise ServerTrouble(code)
    if code in _THE_LIBRARYS_OWN or _says_more(answer):
        return code
    raise OtherRefusal(code)


def _says_more(answer: dict[str, Any]) -> bool:
    """Whether it says how long to wait, or where a chat has gone."""
    parameters = answer.get("parameters")
    return isinstance(parameters, dict) and bool(parameters.get("retry_after") or parameters.get("migrate_to_chat_id"))


def _object(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
