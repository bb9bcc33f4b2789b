"""eSMS's result codes, strings in its answers: https://developers.esms.vn, "Bảng mã lỗi". Refusals are HTTP 200."""

from enum import StrEnum
from typing import Any

from flask import Response, jsonify

from simulator.faults import Fault


class Code(StrEnum):
    """What `CodeResult` (in questions: `CodeResponse`) can say."""

    INVALID = "99"
    ACCEPTED = "100"
    AUTHORIZE_FAILED = "101"
    NO_BALANCE = "103"
    NO_BRANDNAME = "104"
    NOT_FOUND = "105"
    BAD_PHONE = "108"
    BAD_TYPE = "118"
    DUPLICATE = "124"
    BAD_IP = "140"
    BAD_TEMPLATE = "146"
    BAD_CARRIER = "177"
    MISSING_TYPE = "300"


_WORDS: dict[str, str] = {
    Code.INVALID: "Invalid request",
    Code.AUTHORIZE_FAILED: "Authorize Failed",
    Code.NO_BALANCE: "Not enough balance to send message",
    Code.NO_BRANDNAME: "Brand name code is not exist",
    Code.NOT_FOUND: "Message code not found in the system",
    Code.BAD_PHONE: "Phone number is not in correct format",
    Code.BAD_TYPE: "Unsupported message type",
    Code.DUPLICATE: "Request exist 1",
    Code.BAD_IP: "IP is not whitelisted for sending messages",
    Code.BAD_TEMPLATE: "Sai template Brandname CSKH",
    Code.BAD_CARRIER: "The network is not registered",
    Code.MISSING_TYPE: "Missing message type",
}


class EsmsError(Exception):
    """A message that is refused; `more` stands in the answer beside the code."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    def response(self) -> Response:
        body = {"CodeResult": self.code, "CountRegenerate": 0, "ErrorMessage": words(self.code), **self.more}
        return jsonify(body)


def words(code: str) -> str:
    """The gateway's own words for a code."""
    return _WORDS.get(code, "Error")


class EsmsRefusals:
    """What faults make the gateway say (a `simulator.trouble.Refusals`). Its pages name no call limit **(open)**."""

    def refused(self, fault: Fault) -> Response:
        return EsmsError(str(fault.code or Code.INVALID.value)).response()

    def rate_limited(self, fault: Fault) -> Response:
        return _plain({"error": "Too Many Requests"}, 429)

    def server_error(self, fault: Fault) -> Response:
        return _plain({"error": "Internal Server Error"}, fault.code or 500)


def unreadable() -> Response:
    """The answer to what is no JSON object."""
    return _plain({"error": "Invalid request"}, 400)


def _plain(body: dict[str, str], status: int) -> Response:
    response = jsonify(body)
    response.status_code = status
    return response
