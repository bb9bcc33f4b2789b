"""The mark that a template message by phone carries there and back: Zalo's `tracking_id`, at most 48 characters.

It is made from the ledger's own number before the call, so a delivery receipt is recognised even when the answer to
the call was lost. The keyed half tells our messages from those of other installations that share the OA.
"""

from __future__ import annotations

from core.encryption import blind_index


def tracking_id(message_id: int) -> str:
    """The mark of the message with this number in the ledger."""
    return f"{message_id}-{blind_index('zalo-tracking', str(message_id)).hex()[:16]}"


def is_ours(mark: str) -> bool:
    """Whether this installation has made the mark."""
    number = mark.partition("-")[0]
    return number.isascii() and number.isdecimal() and len(number) < 20 and mark == tracking_id(int(number))
