"""The Message resource: https://www.twilio.com/docs/messaging/api/message-resource#message-properties."""

from datetime import datetime
from email.utils import format_datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from simulator.messages import Direction, Message

API_VERSION = "2010-04-01"


class Status(StrEnum):
    """The statuses this stand-in uses. The first of a message is QUEUED, or ACCEPTED with a messaging service."""

    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    RECEIVING = "receiving"
    RECEIVED = "received"


WAITING = {Status.ACCEPTED, Status.QUEUED}


def render(message: Message, account_sid: str) -> dict[str, Any]:
    """The resource as JSON. With a messaging service, sender and segments are not known before it is sent."""
    undecided = message.status == Status.ACCEPTED
    uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{message.id}"
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": message.text,
        "date_created": _rfc2822(message.created_at),
        "date_sent": _rfc2822(message.sent_at),
        "date_updated": _rfc2822(message.updated_at),
        "direction": message.details["direction"],
        "error_code": message.error_code,
        "error_message": None,
        "from": None if undecided else end_points(message)[0],
        "messaging_service_sid": message.details.get("service"),
        "num_media": str(len(message.media)),
        "num_segments": "0" if undecided else str(message.segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.id,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": end_points(message)[1],
        "uri": f"{uri}.json",
    }


def end_points(message: Message) -> tuple[str, str]:
    """From and To."""
    if message.direction is Direction.TO_PHONE:
        return message.office, message.number
    return message.number, message.office


@lru_cache(maxsize=256)
def _rfc2822(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None
