"""The signature of the providers that have no public contract: HMAC-SHA256 with a timestamp."""

import hashlib
import hmac


def sign(secret: str, timestamp: int, payload: bytes) -> str:
    """Hex of HMAC-SHA256, keyed with the shared secret, over the Unix time in digits, a full stop and the payload."""
    return hmac.digest(secret.encode(), b"%d.%s" % (timestamp, payload), hashlib.sha256).hex()
