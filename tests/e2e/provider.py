"""Twilio's part, played by the test itself: a word as it comes to the public door, signed."""

from __future__ import annotations

from twilio.request_validator import RequestValidator

from core.settings import settings
from language.phones import to_e164
from outreach.channels.twilio.settings import twilio_settings
from tests.e2e.town import Town


def come_in(town: Town, number: str, text: str, sid: str) -> int:
    """Post what Twilio would post, with its signature; the status that it hears."""
    path = "/webhooks/twilio/sms"
    form = {"MessageSid": sid, "From": to_e164(number), "To": "+842471008888", "Body": text, "NumMedia": "0"}
    validator = RequestValidator(twilio_settings().auth_token.get_secret_value())
    signature = validator.compute_signature(settings().public_base + path, form)
    return town.public.post(path, data=form, headers={"X-Twilio-Signature": signature}).status_code
