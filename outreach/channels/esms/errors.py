"""What to do after each of eSMS's result codes, which arrive as HTTP 200. Pure.

Source: `shared/providers.md`, "Domestic brandname gateways"; codes below the line are further ones of the provider's
own table (https://developers.esms.vn, "Bảng mã lỗi").
"""

from __future__ import annotations

from outreach.channels.adapter import ErrorClass

ACCEPTED = "100"
DUPLICATE = "124"
"""eSMS has a message with this RequestId already. It is no refusal of the message, but the proof that it is there."""

ERRORS: dict[str, ErrorClass] = {
    "99": ErrorClass.OUR_BUG,  # invalid: a field is wrong, or the number is blocked in their system
    "101": ErrorClass.STOP_ACCOUNT,  # keys
    "103": ErrorClass.STOP_ACCOUNT,  # balance
    "104": ErrorClass.STOP_ACCOUNT,  # brandname
    "108": ErrorClass.UNREACHABLE,  # no phone number
    "140": ErrorClass.STOP_ACCOUNT,  # the calling address is not on their list
    # Of this text, not of the account: an answer of the bot that no template covers must not stop the wave.
    "146": ErrorClass.OUR_BUG,  # the text fits no registered template
    "177": ErrorClass.UNREACHABLE,  # the brandname is not registered with this person's network
    # ---
    "118": ErrorClass.STOP_ACCOUNT,  # kind of message
    "300": ErrorClass.STOP_ACCOUNT,  # kind of message missing
}

UNDELIVERED = "undelivered"
"""Our own code in a receipt: eSMS tells no reason."""


def error_class(code: str) -> ErrorClass:
    """The class of a result code; what nobody has listed is held for a human, as a refusal of this message."""
    if code == UNDELIVERED:
        return ErrorClass.UNREACHABLE
    return ERRORS.get(code, ErrorClass.OUR_BUG)
