"""Twilio's webhooks: SMS that come in, and what became of those that went out.

Contract: Twilio's documentation of messaging webhooks; signature by the SDK's own RequestValidator.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from twilio.request_validator import RequestValidator

from conversations.events import Event
from conversations.inbound import Word, take_in
from conversations.thread import Channel
from core.clock import now
from core.door import door_transaction
from core.settings import settings
from language.phones import normalise_phone
from outreach.channels.twilio.settings import twilio_settings
from outreach.receipts import take_receipt
from webhooks.problems import BadWord, Unsigned

blueprint = Blueprint("twilio", __name__, url_prefix="/webhooks/twilio")
PROVIDER = "twilio"
_EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_EVENTS = {"image": Event.PICTURE, "audio": Event.VOICE, "video": Event.VIDEO}


@blueprint.post("/sms")
def sms() -> Response:
    """A message came in: taken in once, acknowledged before anything slow."""
    _verify()
    word = Word(
        channel=Channel.SMS,
        address=_phone(_field("From")),
        provider_message_id=_field("MessageSid"),
        text=request.form.get("Body", ""),
        event=_event(),
        media=request.form.get("MediaUrl0"),
    )
    with door_transaction() as session:
        take_in(session, word, now())
    return Response(_EMPTY, mimetype="text/xml")


@blueprint.post("/status")
def status() -> Response:
    """A receipt: kept once, applied by a worker."""
    _verify()
    with door_transaction() as session:
        take_receipt(
            session, PROVIDER, _field("MessageSid"), _field("MessageStatus"), request.form.get("ErrorCode"), now()
        )
    return Response(status=204)


def _verify() -> None:
    token = twilio_settings().auth_token.get_secret_value()
    if not token:
        raise Unsigned(PROVIDER)  # anybody can sign with the empty key
    validator = RequestValidator(token)
    url = settings().public_base + request.full_path.rstrip("?")
    signature = request.headers.get("X-Twilio-Signature", "")
    if not validator.validate(url, request.form.to_dict(), signature):
        raise Unsigned(PROVIDER)


def _field(name: str) -> str:
    value = request.form.get(name, "").strip()
    if not value:
        raise BadWord(name, "thiếu trường này")
    return value


def _phone(number: str) -> str:
    phone = normalise_phone(number)
    if phone is None:
        raise BadWord("From", "không phải số điện thoại Việt Nam")
    return phone


def _event() -> Event | None:
    if request.form.get("NumMedia", "0") == "0":
        return None
    family = request.form.get("MediaContentType0", "").partition("/")[0]
    return _EVENTS.get(family, Event.FILE)
