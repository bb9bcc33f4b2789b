"""Twilio's error codes as far as messages are concerned: https://www.twilio.com/docs/api/errors."""

from enum import IntEnum
from http import HTTPStatus

from flask import Response, jsonify


class ErrorCode(IntEnum):
    """Refusals of a request (2xxxx), fates of a message (3xxxx), and failures at the customer's webhook (1xxxx)."""

    HTTP_RETRIEVAL_FAILURE = 11200
    DOCUMENT_PARSE_FAILURE = 12100
    INVALID_CONTENT_TYPE = 12300
    AUTHENTICATE = 20003
    NOT_FOUND = 20404
    TOO_MANY_REQUESTS = 20429
    INTERNAL = 20500
    UNAVAILABLE = 20503
    INVALID_TO = 21211
    INVALID_FROM = 21212
    REGION_NOT_PERMITTED = 21408
    MISSING_BODY = 21602
    MISSING_FROM = 21603
    MISSING_TO = 21604
    FROM_NOT_CAPABLE = 21606
    INVALID_STATUS_CALLBACK = 21609
    OPTED_OUT = 21610
    NOT_MOBILE = 21614
    BODY_TOO_LONG = 21617
    INVALID_VALIDITY_PERIOD = 21624
    NO_MESSAGING_SERVICE = 21701
    UNREACHABLE_HANDSET = 30003
    UNKNOWN_ERROR = 30008
    VALIDITY_PERIOD_EXPIRED = 30036


_STATUS = {
    ErrorCode.AUTHENTICATE: HTTPStatus.UNAUTHORIZED,
    ErrorCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    ErrorCode.TOO_MANY_REQUESTS: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
    ErrorCode.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.REGION_NOT_PERMITTED: HTTPStatus.FORBIDDEN,
}


class TwilioError(Exception):
    """A request that is refused: the code, the words Twilio uses, and the HTTP status."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = _STATUS.get(code, HTTPStatus.BAD_REQUEST)

    def response(self) -> Response:
        """The JSON that the SDK reads into a TwilioRestException."""
        body = {
            "code": self.code.value,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code.value}",
            "status": self.status.value,
        }
        response = jsonify(body)
        response.status_code = self.status.value
        if self.code is ErrorCode.AUTHENTICATE:
            response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
        return response


def no_such(path: str) -> TwilioError:
    return TwilioError(ErrorCode.NOT_FOUND, f"The requested resource {path} was not found")
