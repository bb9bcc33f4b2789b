"""What to do after each of SpeedSMS's codes. Pure.

Source: `shared/providers.md`, "Domestic brandname gateways", for the answer and the report; the refusals are the
provider's own table (https://speedsms.vn/sms-api-service/). Refusals arrive as HTTP 200.
"""

from __future__ import annotations

from outreach.channels.adapter import ErrorClass

SUCCESS = "00"
BAD_PHONE = "105"

ERRORS: dict[str, ErrorClass] = {
    "007": ErrorClass.STOP_ACCOUNT,  # the calling address is locked
    "008": ErrorClass.STOP_ACCOUNT,  # account blocked
    "009": ErrorClass.STOP_ACCOUNT,  # the account may not call the API
    "101": ErrorClass.OUR_BUG,  # a field is wrong or missing
    "105": ErrorClass.UNREACHABLE,  # no phone number
    "110": ErrorClass.OUR_BUG,  # letters that it cannot send
    "113": ErrorClass.OUR_BUG,  # too long
    "300": ErrorClass.STOP_ACCOUNT,  # balance
    "500": ErrorClass.RETRY_LATER,  # "Internal error, please try again"
}

_REPORTED = "report:"
FIRST_FAILED = 64
"""A report's status: 0 has arrived, 1–63 not yet, from 64 on never. Source: `shared/providers.md`."""


def reported(status: int) -> str:
    """The code that a receipt keeps of a report: those numbers are not the refusals'."""
    return f"{_REPORTED}{status}"


def error_class(code: str) -> ErrorClass:
    """The class of a refusal's code or of a report's; what nobody has listed is held for a human."""
    if code.startswith(_REPORTED):
        return ErrorClass.UNREACHABLE
    return ERRORS.get(code, ErrorClass.OUR_BUG)
