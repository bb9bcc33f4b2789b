"""Refusals of the Bot API: https://core.telegram.org/bots/api#making-requests.

The descriptions are those the real server gives; a client may tell refusals of one code apart by them alone.
"""

from typing import Any

from flask import Response, jsonify

from simulator.faults import Fault

_USUAL_WAIT = 5
_TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class TelegramError(Exception):
    """A request that is refused. `retry_after`: seconds, with 429."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def response(self) -> Response:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        response = jsonify(body)
        response.status_code = self.code
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(self.retry_after)
        return response


def bad_request(what: str) -> TelegramError:
    return TelegramError(400, f"Bad Request: {what}")


def unauthorized() -> TelegramError:
    """A token of the right form that is no bot's."""
    return TelegramError(401, "Unauthorized")


def not_found() -> TelegramError:
    """No such method, or a token that cannot be one."""
    return TelegramError(404, "Not Found")


def blocked() -> TelegramError:
    return TelegramError(403, "Forbidden: bot was blocked by the user")


def conflict(what: str) -> TelegramError:
    return TelegramError(409, f"Conflict: {what}")


def too_many(retry_after: int) -> TelegramError:
    return TelegramError(429, f"Too Many Requests: retry after {retry_after}", retry_after)


class TelegramRefusals:
    """What faults make the server say (a `simulator.trouble.Refusals`)."""

    def refused(self, fault: Fault) -> Response:
        code = fault.code or 400
        if code == 403:
            return blocked().response()
        return TelegramError(code, _TITLES.get(code, "Bad Request")).response()

    def rate_limited(self, fault: Fault) -> Response:
        return too_many(_USUAL_WAIT if fault.seconds is None else max(1, round(fault.seconds))).response()

    def server_error(self, fault: Fault) -> Response:
        return TelegramError(fault.code or 500, "Internal Server Error").response()
