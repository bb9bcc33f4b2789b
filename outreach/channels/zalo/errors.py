"""What to do after each of Zalo's errors, which arrive as HTTP 200 with `error` ≠ 0. Pure.

Source: `shared/providers.md`, "Errors" of the Official Account and of the template message (from
https://developers.zalo.me/docs/official-account/phu-luc/ma-loi and https://zalo.cloud/zns/guidelines/handle-error-code);
codes below the lines are further ones of the same pages. The two hosts have tables of their own.
"""

from __future__ import annotations

from outreach.channels.adapter import ErrorClass

CALL_LIMIT = -32
"""Also answered for other reasons: `error_class` reads the message."""
TOKEN_CODES = frozenset({-216, -220, -124})
"""The access token is wrong or over: replaced once, then the account stops."""
QUOTA_CODES = frozenset({-144, -147})
"""No template message more today: the rest of the wave waits, without asking for each."""

OA_ERRORS: dict[int, ErrorClass] = {
    -32: ErrorClass.THROTTLE,  # call limit of the app
    -200: ErrorClass.RETRY_LATER,  # sending failed
    -201: ErrorClass.OUR_BUG,  # a field is wrong
    -209: ErrorClass.STOP_ACCOUNT,  # the app may not use this interface
    -210: ErrorClass.OUR_BUG,  # a field is beyond its limit
    -211: ErrorClass.STOP_ACCOUNT,  # the package's consultation messages are used up
    -212: ErrorClass.STOP_ACCOUNT,  # the app has not registered this interface
    -213: ErrorClass.UNREACHABLE,  # not a follower
    -216: ErrorClass.STOP_ACCOUNT,  # access token invalid
    -217: ErrorClass.UNREACHABLE,  # the person has blocked invitations
    -218: ErrorClass.RESCHEDULE,  # this person has had enough messages for a day
    -219: ErrorClass.STOP_ACCOUNT,  # the app is removed or disabled
    -220: ErrorClass.STOP_ACCOUNT,  # access token expired
    -221: ErrorClass.STOP_ACCOUNT,  # the OA is not verified
    -223: ErrorClass.STOP_ACCOUNT,  # the OA has not authorised this interface
    -224: ErrorClass.STOP_ACCOUNT,  # the OA's package is too small
    -227: ErrorClass.UNREACHABLE,  # banned, or away for more than 45 days
    -230: ErrorClass.UNREACHABLE,  # the window of 7 days has closed
    -232: ErrorClass.UNREACHABLE,  # never interacted, or too long ago
    -233: ErrorClass.OUR_BUG,  # kind of message
    -234: ErrorClass.RESCHEDULE,  # not at night
    -244: ErrorClass.UNREACHABLE,  # the person has restricted such messages
    -320: ErrorClass.STOP_ACCOUNT,  # no billing account
    -321: ErrorClass.STOP_ACCOUNT,  # the billing account is empty
    # ---
    -240: ErrorClass.STOP_ACCOUNT,  # version of the interface shut down
    -242: ErrorClass.STOP_ACCOUNT,  # appsecret_proof
    -249: ErrorClass.STOP_ACCOUNT,  # the template cannot go by user id
}

TEMPLATE_ERRORS: dict[int, ErrorClass] = {
    -108: ErrorClass.UNREACHABLE,  # bad number
    -109: ErrorClass.STOP_ACCOUNT,  # no such template: the whole wave's fault, not this message's
    -111: ErrorClass.OUR_BUG,  # no template data
    -112: ErrorClass.OUR_BUG,  # unknown template data
    -114: ErrorClass.UNREACHABLE,  # inactive, or refuses, or too old an app
    -115: ErrorClass.STOP_ACCOUNT,  # balance
    -117: ErrorClass.STOP_ACCOUNT,  # not our template
    -118: ErrorClass.UNREACHABLE,  # no Zalo account
    -119: ErrorClass.UNREACHABLE,  # the account cannot receive
    -120: ErrorClass.STOP_ACCOUNT,  # the OA may not
    -124: ErrorClass.STOP_ACCOUNT,  # access token
    -125: ErrorClass.STOP_ACCOUNT,  # wrong OA
    -131: ErrorClass.STOP_ACCOUNT,  # template not approved
    -133: ErrorClass.RESCHEDULE,  # night, 22–06
    -135: ErrorClass.STOP_ACCOUNT,  # the OA may not send template messages
    -136: ErrorClass.STOP_ACCOUNT,  # no billing account
    -137: ErrorClass.STOP_ACCOUNT,  # payment failed
    -138: ErrorClass.STOP_ACCOUNT,  # the app may not
    # A refusal on Zalo concerns Zalo: the office still owes the person the notice, by another way.
    -139: ErrorClass.UNREACHABLE,  # refuses this kind
    -140: ErrorClass.UNREACHABLE,  # not entitled to this kind
    -141: ErrorClass.UNREACHABLE,  # refuses this OA
    -144: ErrorClass.RESCHEDULE,  # the OA's day is used up
    -146: ErrorClass.STOP_ACCOUNT,  # template disabled for its quality
    -147: ErrorClass.RESCHEDULE,  # the template's day is used up
    -1121: ErrorClass.OUR_BUG,  # a parameter is too long
    -1122: ErrorClass.OUR_BUG,  # a parameter is missing
    -1124: ErrorClass.OUR_BUG,  # a parameter has the wrong form
    -1441: ErrorClass.STOP_ACCOUNT,  # the OA's promotional month
    -1471: ErrorClass.UNREACHABLE,  # this person's month
    -1472: ErrorClass.UNREACHABLE,  # this person's day of promotion
    # ---
    -121: ErrorClass.OUR_BUG,  # no body
    -122: ErrorClass.OUR_BUG,  # body not JSON
    -127: ErrorClass.STOP_ACCOUNT,  # a test template goes to administrators only
    -132: ErrorClass.OUR_BUG,  # a field is wrong
    -161: ErrorClass.STOP_ACCOUNT,  # sending_mode
    -1241: ErrorClass.STOP_ACCOUNT,  # appsecret_proof
}

_OF_THE_LIMIT = ("limit", "quota", "too many")


def error_class(code: int, message: str = "") -> ErrorClass:
    """The class of an error `code`; what nobody has listed is held for a human, as a refusal of this message.

    `message`: Zalo's words beside it. −32 with other words than of a limit is the app's trouble, not the pace's.
    """
    if code == CALL_LIMIT and message and not any(word in message.lower() for word in _OF_THE_LIMIT):
        return ErrorClass.STOP_ACCOUNT
    return OA_ERRORS.get(code) or TEMPLATE_ERRORS.get(code) or ErrorClass.OUR_BUG
