"""SpeedSMS's webhook: reports, and what people write to the account's own number.

Contract: `shared/providers.md`, "Domestic brandname gateways". Nothing is signed, so the path is one that nobody else
knows. What people write comes without an id of its own: the same words from the same phone within a few seconds are
taken for a repetition; nobody reads an answer and sends the next that fast.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from conversations.inbound import Word, take_in
from conversations.thread import Channel
from core.clock import now
from core.door import door_transaction
from core.encryption import blind_index
from outreach.channels.speedsms.errors import FIRST_FAILED, reported
from outreach.channels.speedsms.provider import DELIVERED, FAILED, NAME, WEBHOOK_PATH
from outreach.channels.speedsms.settings import speedsms_settings
from outreach.receipts import take_receipt
from webhooks.fields import id_in, json_object, phone_in, text_in, whole_in
from webhooks.problems import BadWord
from webhooks.signing import check_path

blueprint = Blueprint("speedsms", __name__, url_prefix=WEBHOOK_PATH)
SAME_WITHIN_SECONDS = 15
_WAITING = "waiting"


@blueprint.post("/<secret>")
def event(secret: str) -> Response:
    """A report or a message: taken in once, acknowledged before anything slow."""
    check_path(NAME, secret, speedsms_settings().webhook_secret.get_secret_value())
    body = json_object(request.get_data())
    kind = text_in(body, "type")
    if kind not in _TAKERS:
        raise BadWord("type", "không có loại này")
    with door_transaction() as session:
        _TAKERS[kind](session, body)
    return Response(status=200)


def _take_report(session: Session, body: dict[str, Any]) -> None:
    """0 has arrived, 1–63 not yet, from 64 on never."""
    status = whole_in(body, "status")
    if status == 0:
        take_receipt(session, NAME, id_in(body, "tranId"), DELIVERED, None, now())
    elif status < FIRST_FAILED:
        take_receipt(session, NAME, id_in(body, "tranId"), _WAITING, reported(status), now())
    else:
        take_receipt(session, NAME, id_in(body, "tranId"), FAILED, reported(status), now())


def _take_word(session: Session, body: dict[str, Any]) -> None:
    phone, text = phone_in(body, "phone"), text_in(body, "content")
    span = int(now().timestamp()) // SAME_WITHIN_SECONDS
    same = blind_index("speedsms-incoming", f"{phone}\x00{text}\x00{span}").hex()
    word = Word(channel=Channel.SMS, address=phone, provider_message_id=f"{NAME}:{same}", text=text)
    take_in(session, word, now())


_TAKERS = {"report": _take_report, "incoming": _take_word}
