"""Development keys: made on the first start, refused in production."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

from core.settings import DEVELOPMENT_MARK, ROOT


def ensure_development_keys(path: Path = ROOT / ".env") -> bool:
    """Write `.env` with fresh development keys where there is none; True when it was written."""
    if path.exists():
        return False
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    lines = [
        "# Development keys, made on the first start. Production refuses to start with them.",
        f"LOA_SECRET_KEY={DEVELOPMENT_MARK}{secrets.token_hex(24)}",
        f"LOA_ENCRYPTION_KEYS={key}",
        f"LOA_INDEX_KEY={DEVELOPMENT_MARK}{secrets.token_hex(24)}",
        f"LOA_INTERNAL_TOKEN={DEVELOPMENT_MARK}{secrets.token_hex(24)}",
        "# The demo's members of staff sign in with the password alone; without this line managers, approvers and",
        "# administrators set up a second factor at their first sign-in.",
        "LOA_SIGN_IN_SECOND_FACTOR_ROLES=",
        f"LOA_TWILIO_ACCOUNT_SID=AC{secrets.token_hex(16)}",
        f"LOA_TWILIO_AUTH_TOKEN={secrets.token_hex(16)}",
        "LOA_TWILIO_FROM=+842471008888",
        "LOA_TWILIO_BASE_URL=http://127.0.0.1:8002",
    ]
    path.write_text("\n".join(lines) + "\n")
    path.chmod(0o600)
    return True
