"""The RequestId that a message carries to eSMS and back: at most 50 characters, and none twice within 24 hours.

It is made before the call, so that a repeated request is recognised there, and a delivery report here, even when the
answer to the call was lost. The keyed half tells our messages from those of other installations that share the
account, and from whatever else bore the same number before a backup was restored.
"""

from __future__ import annotations

from core.encryption import blind_index
from outreach.channels.adapter import Outgoing

LONGEST = 50


def request_id(message: Outgoing) -> str:
    """The RequestId of `message`: the same for each attempt that may be a repetition."""
    key = message.key or str(message.message_id)
    mark = blind_index("esms-request", f"{key}\x00{message.address}\x00{message.body}")
    return f"{key}_{mark.hex()[:16]}"
