"""Twilio among the shared cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from conversations.thread import Channel
from core.settings import settings
from outreach.channels.adapter import ErrorClass, Outgoing, Rejected
from simulator.config import TwilioConfig
from tests.channels.channel_case import Knock, Refusal
from tests.channels.standing import Standing
from tests.channels.words import WordsComeIn

SID, TOKEN, NUMBER = "AC" + "5" * 32, "stand-in-auth-token", "+15005550006"
PHONE, INTERNATIONAL = "0912345678", "+84912345678"


def knock(path: str, form: Mapping[str, str], signature: str | None = None) -> Knock:
    """Twilio's call of `path`, signed unless `signature` says otherwise."""
    signed = RequestValidator(TOKEN).compute_signature(settings().public_base + path, dict(form))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if signature != "":
        headers["X-Twilio-Signature"] = signed if signature is None else signature
    return Knock(path, urlencode(form).encode(), headers)


class _Outbound:
    account = "twilio"
    refusals: Sequence[Refusal] = (
        Refusal(Rejected("21614", ErrorClass.UNREACHABLE), changes={"address": "02438340000"}),
        Refusal(Rejected("21617", ErrorClass.OUR_BUG), changes={"body": "dài " * 500}),
    )

    def message(self, number: int, text: str) -> Outgoing:
        return Outgoing(number, PHONE, text)

    def taken(self, site: Standing) -> list[str]:
        messages = site.control.get(f"/phones/{INTERNATIONAL}/messages").json()["messages"]
        return [message["text"] for message in messages]


class _Inbound(WordsComeIn):
    channel = Channel.SMS
    secretless: Mapping[str, str] = {"LOA_TWILIO_ACCOUNT_SID": "", "LOA_TWILIO_AUTH_TOKEN": ""}
    dated = False
    path = "/webhooks/twilio/sms"

    def word(self, id_: str, text: str) -> Knock:
        return knock(self.path, self._form(id_, text))

    def forged(self) -> Sequence[Knock]:
        form = self._form("SM1", "có")
        other = RequestValidator(TOKEN).compute_signature(settings().public_base + self.path, {**form, "Body": "không"})
        return [knock(self.path, form, ""), knock(self.path, form, "forged"), knock(self.path, form, other)]

    def malformed(self) -> Sequence[Knock]:
        form = self._form("SM1", "có")
        return [knock(self.path, {**form, **wrong}) for wrong in ({"MessageSid": ""}, {"From": ""}, {"From": NUMBER})]

    def _form(self, id_: str, text: str) -> dict[str, str]:
        return {"MessageSid": id_, "From": INTERNATIONAL, "To": NUMBER, "Body": text, "NumMedia": "0"}


class _Reports:
    provider = "twilio"
    channel = Channel.SMS
    path = "/webhooks/twilio/status"

    def delivered(self, provider_id: str) -> Knock:
        return self._status(provider_id, "delivered")

    def undelivered(self, provider_id: str) -> Knock | None:
        return self._status(provider_id, "undelivered", ErrorCode="30003")

    def lesser(self, provider_id: str) -> Knock | None:
        return self._status(provider_id, "sent")

    def forged(self, provider_id: str) -> Sequence[Knock]:
        form = {"MessageSid": provider_id, "MessageStatus": "delivered"}
        return [knock(self.path, form, ""), knock(self.path, form, "forged")]

    def _status(self, provider_id: str, status: str, **more: str) -> Knock:
        return knock(self.path, {"MessageSid": provider_id, "MessageStatus": status, **more})


class TwilioCase:
    """A `tests.channels.channel_case.ChannelCase`."""

    name = "twilio"
    stand_in: Mapping[str, Any] = {"twilio": TwilioConfig(webhook_url=None, sent_after=0, delivered_after=0)}
    outbound = _Outbound()
    inbound = _Inbound()
    reports = _Reports()

    def environment(self, url: str) -> Mapping[str, str]:
        return {
            "LOA_TWILIO_ACCOUNT_SID": SID,
            "LOA_TWILIO_AUTH_TOKEN": TOKEN,
            "LOA_TWILIO_FROM": NUMBER,
            "LOA_TWILIO_BASE_URL": url,
        }

    def ready(self, site: Standing) -> None:
        """Nothing: the settings are enough."""
