"""What the month's count calls kinds of messages and months."""

from __future__ import annotations

import re
from datetime import date

from console.sent_words import MESSAGE_KINDS
from console.words import channel_name
from outreach.invoicing import Line

KINDS = {kind: name.lower() for kind, name in MESSAGE_KINDS.items()}
UNKNOWN_PRICE = "chưa biết giá"


def month_name(first: date) -> str:
    """ "11/2026"."""
    return f"{first:%m/%Y}"


def month_asked(written: str | None, usual: date) -> date:
    """The first day of the month that an address or a command names as year-month; `usual` where it names none."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", written or "")
    return date(int(found[1]), int(found[2]), 1) if found else usual


def account_name(line: Line) -> str:
    """The account with its channel: "twilio (Tin nhắn SMS)"."""
    return f"{line.account} ({channel_name(line.channel)})"
