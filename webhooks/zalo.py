"""Zalo's webhook: everything that an Official Account hears comes to one address.

Contract: `shared/providers.md`, "Webhook". The signature is a plain SHA-256 over the app's id, the body as it came, the
timestamp and the OA's key; public sources disagree whether the timestamp is the body's or a header's, so it is set.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from conversations.inbound import take_in
from core.clock import now
from core.door import door_transaction
from core.jobs import defer
from outreach.channels.zalo.authorising import QUEUE
from outreach.channels.zalo.jobs import LOOK
from outreach.channels.zalo.settings import TimestampPlace, ZaloSettings, zalo_settings
from outreach.receipts import take_receipt
from webhooks.problems import BadWord, Unsigned
from webhooks.zalo_events import Changed, Heard, Nothing, Said, read_event

blueprint = Blueprint("zalo", __name__, url_prefix="/webhooks/zalo")
PROVIDER = "zalo"
_AHEAD = timedelta(minutes=15)
"""So far may Zalo's clock be before ours."""


@blueprint.post("")
def event() -> Response:
    """Taken in once and acknowledged before anything slow: Zalo waits two seconds."""
    body = _verified()
    happened = read_event(body, trust_phone=zalo_settings().shared_phone_proves)
    if not isinstance(happened, Nothing):
        with door_transaction() as session:
            _take(session, happened)
    return Response(status=200)


def _take(session: Session, happened: Said | Heard | Changed) -> None:
    match happened:
        case Said(word):
            take_in(session, word, now())
        case Heard(ids, status):
            for provider_id in ids:
                take_receipt(session, PROVIDER, provider_id, status, None, now())
        case Changed(template_id, reason):
            defer(session, LOOK, lock=LOOK, queue=QUEUE, template_id=template_id, reason=reason)


def _verified() -> dict[str, Any]:
    """The body of a call that Zalo has signed, and not long ago. Raises Unsigned; BadWord for no JSON object."""
    own = zalo_settings()
    raw = request.get_data()
    body = _object(raw)
    timestamp = _timestamp(own, body)
    if not own.oa_secret.get_secret_value() or not _is_signed(own, raw, timestamp) or not _is_recent(own, timestamp):
        raise Unsigned(PROVIDER)
    if body is None:
        raise BadWord("body", "phải là một đối tượng JSON")
    return body


def _timestamp(own: ZaloSettings, body: dict[str, Any] | None) -> str:
    """Milliseconds since 1970, as they were signed."""
    if own.timestamp_place is TimestampPlace.HEADER:
        return request.headers.get("X-ZEvent-Timestamp", "")
    return str((body or {}).get("timestamp", ""))


def _is_signed(own: ZaloSettings, raw: bytes, timestamp: str) -> bool:
    signed = own.app_id.encode() + raw + timestamp.encode() + own.oa_secret.get_secret_value().encode()
    expected = "mac=" + hashlib.sha256(signed).hexdigest()
    given = request.headers.get("X-ZEvent-Signature", "").strip()
    return hmac.compare_digest(given.lower().encode(), expected.encode())


def _is_recent(own: ZaloSettings, timestamp: str) -> bool:
    """An old call is somebody's recording: Zalo itself repeats for two hours."""
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 15):
        return False
    happened = datetime.fromtimestamp(int(timestamp) / 1000, UTC)
    return now() - timedelta(hours=own.replay_hours) <= happened <= now() + _AHEAD


def _object(raw: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
