"""Zalo's error codes. They arrive as HTTP 200: only `error` ≠ 0 in the body tells.

The OA host and the template host have tables of their own, in which the same number may mean two things.
"""

from enum import IntEnum

from flask import Response, jsonify


class OaCode(IntEnum):
    """openapi.zalo.me."""

    CALL_LIMIT = -32
    SEND_FAILED = -200
    INVALID = -201
    TOO_LONG = -210
    OUT_OF_QUOTA = -211
    NOT_FOLLOWING = -213
    TOKEN_INVALID = -216
    PERSON_QUOTA = -218
    TOKEN_EXPIRED = -220
    WINDOW_CLOSED = -230
    NEVER_INTERACTED = -232
    MESSAGE_TYPE = -233
    NIGHT = -234
    VERSION_CLOSED = -240
    PROOF_INVALID = -242
    NOT_BY_USER_ID = -249


class TemplateCode(IntEnum):
    """business.openapi.zalo.me, and the template part of a message by user id."""

    UNKNOWN = -100
    MESSAGE_ID = -107
    PHONE = -108
    TEMPLATE_ID = -109
    DATA_EMPTY = -111
    DATA_UNDEFINED = -112
    DATA_TOO_LONG = -1121
    DATA_MISSING = -1122
    DATA_FORMAT = -1124
    BALANCE = -115
    NO_ACCESS = -117
    NO_ZALO = -118
    BODY_EMPTY = -121
    BODY_NOT_JSON = -122
    TOKEN = -124
    PROOF = -1241
    ADMINS_ONLY = -127
    NOT_APPROVED = -131
    PARAMETER = -132
    NIGHT = -133
    DAILY_LIMIT = -144
    DISABLED = -146
    TEMPLATE_LIMIT = -147
    SENDING_MODE = -161


_MESSAGES = {
    -32: "Your application reached limit call api",
    -100: "Unknown error",
    -107: "Message ID invalid",
    -108: "Phone number is invalid",
    -109: "Template ID invalid",
    -111: "Template data empty",
    -112: "Template data type not defined",
    -1121: "Parameter data exceeds max length",
    -1122: "Missing template parameter",
    -1124: "Parameter has invalid format",
    -114: "User is inactive, or reject the message, or using an outdated Zalo version, or other internal errors",
    -115: "Out of quota",
    -117: "OA or App does not have permission to access this template",
    -118: "Zalo account not existed",
    -119: "Account can not receive message",
    -120: "OA has no permission to use this feature",
    -121: "Body data empty",
    -122: "Body request is not valid JSON",
    -124: "Access token invalid",
    -1241: "Invalid appsecret_proof provided in the API argument",
    -125: "Official Account ID invalid",
    -127: "Test template can only be sent to administrators",
    -131: "ZNS template not approved",
    -132: "Parameter invalid",
    -133: "This ZNS template cannot be sent at night (from 22h-6h)",
    -135: "OA has no permission to send ZNS",
    -136: "Need to connect with ZCA",
    -137: "ZCA payment failed",
    -138: "App has no permission to use this feature",
    -139: "User refused to receive this type of ZNS",
    -140: "User is not eligible to receive this type of ZNS",
    -141: "User refused to receive ZNS from this OA",
    -144: "OA exceeded the daily limit of ZNS",
    -1441: "OA exceeded the monthly promotion quota",
    -146: "ZNS template disabled due to low quality",
    -147: "ZNS template exceeded its daily limit",
    -1471: "OA exceeded the monthly follow-up limit for this user",
    -1472: "OA exceeded the daily promotion limit for this user",
    -161: "sending_mode is not allowed",
    -200: "Send message failed",
    -209: "Not supported this api",
    -210: "Parameter exceeds allowable limit",
    -211: "Out of quota",
    -212: "App has not registed this api",
    -213: "User has not followed OA",
    -216: "Access token is invalid",
    -217: "User has blocked invitation from OA",
    -218: "Out of quota receive",
    -219: "App is removed or disabled",
    -220: "access_token is expired or removed",
    -221: "The OA needs to be verified to use this feature",
    -223: "Official Account has not authorized this API",
    -224: "The OA needs to upgrade OA Tier Package to use this feature",
    -227: "User is banned or has been inactive for more than 45 days",
    -230: "User has not interacted with the OA in the past 7 days",
    -232: "User has not interacted with OA, or last interaction is expired",
    -233: "message type is invalid or not support",
    -234: "This message cannot be sent at night (10:00PM - 6:00AM)",
    -240: "MessageV2 API has been shut down, please switch to MessageV3",
    -242: "Invalid appsecret_proof provided in the API argument",
    -244: "User has restricted this message type from your OA",
    -249: "Template does not support send via UID",
    -320: "Your app needs to connect with Zalo Cloud Account to use paid feature",
    -321: "Zalo Cloud Account out of money or unable to be charged",
}


class ZaloError(Exception):
    """A request that is refused: the code and the words, by default Zalo's own for it."""

    def __init__(self, code: int, message: str | None = None) -> None:
        self.code = int(code)
        self.message = message or _MESSAGES.get(self.code, "Unknown error")
        super().__init__(self.message)

    def response(self) -> Response:
        return jsonify(error=self.code, message=self.message)


def invalid(field: str) -> ZaloError:
    """The OA host's word for a field it does not like."""
    return ZaloError(OaCode.INVALID, f"{field} is invalid!")


def success(data: object, **more: object) -> Response:
    return jsonify(data=data, error=0, message="Success", **more)
