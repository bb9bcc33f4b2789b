"""SpeedSMS's error codes, strings in its answers: https://speedsms.vn/sms-api-service/. Refusals are HTTP 200."""

from enum import StrEnum
from typing import Any

from flask import Response, jsonify

from simulator.faults import Fault

_USUAL_RESET = 60


class Code(StrEnum):
    IP_LOCKED = "007"
    ACCOUNT_BLOCKED = "008"
    API_NOT_ALLOWED = "009"
    BAD_PARAMETERS = "101"
    BAD_PHONE = "105"
    BAD_ENCODING = "110"
    TOO_LONG = "113"
    NO_BALANCE = "300"
    INTERNAL = "500"


_WORDS: dict[str, str] = {
    Code.IP_LOCKED: "IP locked",
    Code.ACCOUNT_BLOCKED: "Account blocked",
    Code.API_NOT_ALLOWED: "Account not allow to call the API",
    Code.BAD_PARAMETERS: "Invalid or missing parameters",
    Code.BAD_PHONE: "Phone number invalid",
    Code.BAD_ENCODING: "Not support sms content encoding",
    Code.TOO_LONG: "Sms content too long",
    Code.NO_BALANCE: "Your account balance not enough to send sms",
    Code.INTERNAL: "Internal error, please try again",
}


class SpeedSmsError(Exception):
    """A request that is refused; `more` stands in the answer beside the code."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    def response(self) -> Response:
        return jsonify(status="error", code=self.code, message=_WORDS.get(self.code, "Error"), **self.more)


class HttpError(Exception):
    """What the frame around the gateway refuses by HTTP status: a wrong token, too many requests."""

    def __init__(self, status: int, name: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(name)
        self.code = status
        self._body = {"name": name, "message": message, "code": 0, "status": status}
        self._headers = headers or {}

    def response(self) -> Response:
        response = jsonify(self._body)
        response.status_code = self.code
        response.headers.update(self._headers)
        return response


def too_many(limit: int, reset: int) -> HttpError:
    """`reset`: seconds until requests are taken again."""
    headers = {"X-Rate-Limit-Limit": str(limit), "X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Reset": str(reset)}
    return HttpError(429, "Too Many Requests", "Rate limit exceeded.", headers)


class SpeedSmsRefusals:
    """What faults make the gateway say (a `simulator.trouble.Refusals`)."""

    def refused(self, fault: Fault) -> Response:
        return SpeedSmsError(f"{fault.code or 500:03d}").response()

    def rate_limited(self, fault: Fault) -> Response:
        return too_many(60, _USUAL_RESET if fault.seconds is None else round(fault.seconds)).response()

    def server_error(self, fault: Fault) -> Response:
        if fault.code is None:
            return SpeedSmsError(Code.INTERNAL).response()
        return HttpError(fault.code, "Internal Server Error", "An internal server error occurred.").response()
