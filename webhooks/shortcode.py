"""What people write to the domestic short code: their way to answer a brandname.

Each aggregator has its own contract (`outreach.channels.shortcode`). The usual one: JSON or a form by POST, or the
query of a GET, signed by HMAC with a timestamp. eSMS's own is weaker: an MD5 over the fields, and no time of the call.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request

from conversations.events import Event
from conversations.inbound import Word, take_in
from conversations.thread import Channel
from core.clock import VIETNAM, now
from core.door import door_transaction
from outreach.channels.shortcode import Contract, ShortcodeSettings, shortcode_settings
from webhooks.fields import id_in, json_object, phone_in, text_in
from webhooks.problems import Unsigned
from webhooks.signing import check_signature

blueprint = Blueprint("shortcode", __name__, url_prefix="/webhooks/shortcode")
PROVIDER = "shortcode"
_REPEATED_FOR = timedelta(hours=24)
"""eSMS signs no time but the message's own; what is older than this is somebody's recording."""
_EMPTY = '<?xml version="1.0" encoding="UTF-8"?><ClientResponse/>'


@blueprint.route("", methods=["GET", "POST"])
def message() -> Response:
    """A message came in: taken in once, acknowledged before anything slow, in the words that are wanted."""
    own = shortcode_settings()
    word = _esms_word(own) if own.contract is Contract.ESMS else _signed_word(own)
    with door_transaction() as session:
        take_in(session, word, now())
    if own.contract is Contract.ESMS:
        return Response(_EMPTY, mimetype="text/xml")
    return Response(own.answer, mimetype="text/plain")


def without_keyword(text: str, keyword: str) -> str:
    """`text` without the keyword it begins with ("LP co", "lp: co", "Lp1"); any other text as it is. Pure."""
    if not keyword:
        return text
    begins = re.match(rf"\s*{re.escape(keyword)}(?![^\W\d_])[\s:.,\-]*", text, re.IGNORECASE)
    return text[begins.end() :] if begins else text


def _signed_word(own: ShortcodeSettings) -> Word:
    payload = request.query_string if request.method == "GET" else request.get_data()
    check_signature(
        PROVIDER,
        secret=own.key,
        time=request.headers.get(own.timestamp_header, ""),
        signature=request.headers.get(own.signature_header, ""),
        payload=payload,
        lasts=timedelta(seconds=own.replay_seconds),
    )
    names, fields = own.names, _fields(payload)
    return _word(
        id_in(fields, names.get("message_id", "message_id")),
        phone_in(fields, names.get("phone", "phone")),
        text_in(fields, names.get("text", "text")),
        own.keyword,
    )


def _fields(payload: bytes) -> Mapping[str, Any]:
    if request.method == "GET":
        return request.args
    return json_object(payload) if request.is_json else request.form


def _esms_word(own: ShortcodeSettings) -> Word:
    fields = request.args
    smsid, content = id_in(fields, "smsid"), text_in(fields, "content")
    sent = id_in(fields, "receiverTime")
    signed = own.cp_id + smsid + content + sent + own.key
    expected = base64.b64encode(hashlib.md5(signed.encode(), usedforsecurity=False).digest())
    if not own.key or not hmac.compare_digest(fields.get("sign", "").encode(), expected) or not _is_recent(sent):
        raise Unsigned(PROVIDER)
    return _word(smsid, phone_in(fields, "sender"), content, own.keyword)


def _is_recent(sent: str) -> bool:
    try:
        at = datetime.strptime(sent, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    except ValueError:
        return False
    return abs(now() - at) <= _REPEATED_FOR


def _word(message_id: str, phone: str, text: str, keyword: str) -> Word:
    """The keyword alone opens the talk like any first word."""
    said = without_keyword(text, keyword)
    return Word(
        channel=Channel.SMS,
        address=phone,
        provider_message_id=f"{PROVIDER}:{message_id}",
        text=said,
        event=Event.FOLLOW if keyword and not said.strip() else None,
    )
