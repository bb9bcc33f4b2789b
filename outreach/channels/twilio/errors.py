"""What to do after each of Twilio's errors. Source: https://www.twilio.com/docs/api/errors (and providers.md). Pure.

Codes 2xxxx refuse a request; codes 3xxxx come later, in a status callback.
"""

from __future__ import annotations

from outreach.channels.adapter import ErrorClass

ERRORS: dict[int, ErrorClass] = {
    14107: ErrorClass.THROTTLE,  # message rate limit exceeded
    20003: ErrorClass.STOP_ACCOUNT,  # authentication
    20005: ErrorClass.STOP_ACCOUNT,  # account not active
    20008: ErrorClass.STOP_ACCOUNT,  # not for test credentials
    20404: ErrorClass.STOP_ACCOUNT,  # no such account
    20429: ErrorClass.THROTTLE,  # too many requests
    21211: ErrorClass.UNREACHABLE,  # bad number
    21212: ErrorClass.STOP_ACCOUNT,  # bad sender
    21214: ErrorClass.UNREACHABLE,  # the number cannot be reached
    21217: ErrorClass.UNREACHABLE,  # not a number
    21408: ErrorClass.STOP_ACCOUNT,  # the account may not send to Vietnam
    21602: ErrorClass.OUR_BUG,  # no body
    21603: ErrorClass.STOP_ACCOUNT,  # no sender
    21604: ErrorClass.OUR_BUG,  # no number
    21606: ErrorClass.STOP_ACCOUNT,  # the sender cannot send there
    21609: ErrorClass.STOP_ACCOUNT,  # bad StatusCallback
    21610: ErrorClass.OPTED_OUT,
    21611: ErrorClass.THROTTLE,  # the sender's queue is full
    21612: ErrorClass.UNREACHABLE,  # no route
    21614: ErrorClass.UNREACHABLE,  # not a mobile number
    21617: ErrorClass.OUR_BUG,  # body too long
    21624: ErrorClass.OUR_BUG,  # bad ValidityPeriod
    21659: ErrorClass.STOP_ACCOUNT,  # the sender is not ours
    21660: ErrorClass.STOP_ACCOUNT,  # the sender belongs to another account
    21701: ErrorClass.STOP_ACCOUNT,  # no such messaging service
    21703: ErrorClass.STOP_ACCOUNT,  # the messaging service has no sender
    30001: ErrorClass.THROTTLE,  # queue overflow
    30002: ErrorClass.STOP_ACCOUNT,  # account suspended
    30003: ErrorClass.UNREACHABLE,  # handset off or out of reach
    30004: ErrorClass.UNREACHABLE,  # blocked
    30005: ErrorClass.UNREACHABLE,  # number unknown
    30006: ErrorClass.UNREACHABLE,  # landline, or the carrier cannot be reached
    30007: ErrorClass.OUR_BUG,  # filtered for its content
    30008: ErrorClass.RETRY_LATER,  # unknown error
    30036: ErrorClass.RESCHEDULE,  # validity period expired
}


def error_class(code: int, status: int = 400) -> ErrorClass:
    """The class of an error `code`; of an unlisted one by the answer's HTTP `status`."""
    if code in ERRORS:
        return ERRORS[code]
    if status == 429:
        return ErrorClass.THROTTLE
    return ErrorClass.STOP_ACCOUNT if status in (401, 403, 404) else ErrorClass.OUR_BUG
