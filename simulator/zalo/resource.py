"""A message to or from a person, as the stand-in keeps it in the ledger."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulator.messages import Channel, Direction, Media, Message

PROVIDER = "zalo"


class Status(StrEnum):
    """To a person: SENT (the server has it), RECEIVED, SEEN. From a person: RECEIVING until the customer's webhook has
    taken it; NOT_TAKEN when it would not, however often it was asked."""

    SENT = "sent"
    RECEIVED = "received"
    SEEN = "seen"
    RECEIVING = "receiving"
    TAKEN = "taken"
    NOT_TAKEN = "not_taken"


class Product(StrEnum):
    """The three ways to reach a person; each has its own rules and its own answer."""

    CONSULTATION = "consultation"
    TEMPLATE_BY_USER_ID = "template_by_user_id"
    TEMPLATE_BY_PHONE = "template_by_phone"


def make_message(
    direction: Direction,
    number: str,
    office: str,
    text: str,
    now: datetime,
    details: dict[str, Any],
    media: Sequence[Media] = (),
) -> Message:
    """A new message with an id like the provider's; not in the ledger yet."""
    outgoing = direction is Direction.TO_PHONE
    return Message(
        id=uuid.uuid4().hex[:20],
        provider=PROVIDER,
        channel=Channel.ZALO,
        direction=direction,
        number=number,
        office=office,
        text=text,
        status=(Status.SENT if outgoing else Status.RECEIVING).value,
        created_at=now,
        updated_at=now,
        sent_at=now if outgoing else None,
        media=tuple(media),
        details=details,
    )
