"""The domestic gateways among the shared cases: eSMS and SpeedSMS go out, the short code comes in.

What people write to SpeedSMS's own number comes unsigned and without an id, so it cannot pass what every channel must;
`tests/webhooks/test_speedsms.py` says what holds there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from conversations.thread import Channel
from outreach.channels.adapter import ErrorClass, Outgoing, Rejected
from simulator.esms.config import EsmsConfig
from simulator.speedsms.config import SpeedSmsConfig
from tests.channels.channel_case import Knock, Refusal
from tests.channels.domestic_site import ESMS_SECRET, SPEEDSMS_SECRET, esms_environment, speedsms_environment
from tests.channels.door import signed
from tests.channels.standing import Standing
from tests.channels.words import WordsComeIn

PHONE, INTERNATIONAL = "0912345678", "+84912345678"
SHORTCODE_SECRET = "khoa-chung-cua-dau-so-ngan"


@dataclass(frozen=True)
class _Outbound:
    account: str
    refusals: Sequence[Refusal]

    def message(self, number: int, text: str) -> Outgoing:
        return Outgoing(number, PHONE, text, key=f"{number}-0")

    def taken(self, site: Standing) -> list[str]:
        messages = site.control.get(f"/phones/{INTERNATIONAL}/messages").json()["messages"]
        return [one["text"] for one in messages if one["direction"] == "to_phone"]


class _EsmsReports:
    provider = "esms"
    channel = Channel.SMS

    def delivered(self, provider_id: str) -> Knock:
        return self._report(provider_id, SendSuccess="1")

    def undelivered(self, provider_id: str) -> Knock | None:
        return self._report(provider_id, SendFailed="1")

    def lesser(self, provider_id: str) -> Knock | None:
        return self._report(provider_id, SendStatus="7")

    def forged(self, provider_id: str) -> Sequence[Knock]:
        paths = ("/webhooks/esms/doan-mo", "/webhooks/esms", f"/webhooks/esms/{ESMS_SECRET[:-1]}")
        return [self._report(provider_id, path, SendSuccess="1") for path in paths]

    def _report(self, provider_id: str, path: str = f"/webhooks/esms/{ESMS_SECRET}", **changes: str) -> Knock:
        fields = {"SMSID": "abc", "RequestId": provider_id, "SendStatus": "5", "SendSuccess": "0", "SendFailed": "0"}
        return Knock(f"{path}?{urlencode({**fields, **changes})}", method="GET")


class EsmsCase:
    """A `tests.channels.channel_case.ChannelCase`. A brandname hears nothing."""

    name = "esms"
    stand_in: Mapping[str, Any] = {"esms": EsmsConfig(sent_after=0, delivered_after=0, status_after=0)}
    outbound = _Outbound(
        "esms",
        (
            Refusal(Rejected("103", ErrorClass.STOP_ACCOUNT), {"kind": "refused", "code": 103}),
            Refusal(Rejected("177", ErrorClass.UNREACHABLE), {"kind": "refused", "code": 177}),
            Refusal(Rejected("108", ErrorClass.UNREACHABLE), changes={"address": "02438340000"}),
            Refusal(Rejected("too_long", ErrorClass.OUR_BUG), changes={"body": "dài " * 200}),
        ),
    )
    inbound = None
    reports = _EsmsReports()

    def environment(self, url: str) -> Mapping[str, str]:
        return esms_environment(url)

    def ready(self, site: Standing) -> None:
        """Nothing: the settings are enough."""


class _SpeedSmsReports:
    provider = "speedsms"
    channel = Channel.SMS

    def delivered(self, provider_id: str) -> Knock:
        return self._report(provider_id, 0)

    def undelivered(self, provider_id: str) -> Knock | None:
        return self._report(provider_id, 64)

    def lesser(self, provider_id: str) -> Knock | None:
        return self._report(provider_id, 1)

    def forged(self, provider_id: str) -> Sequence[Knock]:
        paths = ("/webhooks/speedsms/doan-mo", "/webhooks/speedsms", f"/webhooks/speedsms/{SPEEDSMS_SECRET[:-1]}")
        return [self._report(provider_id, 0, path) for path in paths]

    def _report(self, provider_id: str, status: int, path: str = f"/webhooks/speedsms/{SPEEDSMS_SECRET}") -> Knock:
        body = {"type": "report", "tranId": provider_id, "phone": "84912345678", "status": status}
        return Knock(path, json.dumps(body).encode(), {"Content-Type": "application/json"})


class SpeedSmsCase:
    """A `tests.channels.channel_case.ChannelCase`."""

    name = "speedsms"
    stand_in: Mapping[str, Any] = {"speedsms": SpeedSmsConfig(sent_after=0, delivered_after=0, requests_per_minute=0)}
    outbound = _Outbound(
        "speedsms",
        (
            Refusal(Rejected("300", ErrorClass.STOP_ACCOUNT), {"kind": "refused", "code": 300}),
            Refusal(Rejected("008", ErrorClass.STOP_ACCOUNT), {"kind": "refused", "code": 8}),
            Refusal(Rejected("105", ErrorClass.UNREACHABLE), changes={"address": "02438340000"}),
            Refusal(Rejected("too_long", ErrorClass.OUR_BUG), changes={"body": "dài " * 200}),
        ),
    )
    inbound = None
    reports = _SpeedSmsReports()

    def environment(self, url: str) -> Mapping[str, str]:
        return speedsms_environment(url)

    def ready(self, site: Standing) -> None:
        """Nothing: the settings are enough."""


class _ShortcodeInbound(WordsComeIn):
    channel = Channel.SMS
    secretless: Mapping[str, str] = {"LOA_SHORTCODE_SECRET": ""}
    dated = True

    def word(self, id_: str, text: str) -> Knock:
        return self._knock({"message_id": id_, "phone": "84912345678", "shortcode": "8079", "text": text})

    def forged(self) -> Sequence[Knock]:
        good, other = self.word("w1", "có"), self.word("w1", "không")
        unsigned = {"Content-Type": "application/json"}
        return [
            Knock(good.path, good.body, unsigned),
            Knock(good.path, good.body, other.headers),
            Knock(good.path, good.body, {**unsigned, **signed("khoa-khac", good.body)}),
            Knock(good.path, good.body, {**unsigned, **signed(SHORTCODE_SECRET, good.body, time=1)}),
        ]

    def malformed(self) -> Sequence[Knock]:
        whole = {"message_id": "w1", "phone": "84912345678", "text": "có"}
        wrong = ({"message_id": ""}, {"phone": "15005550006"}, {"phone": None}, {"text": None})
        return [self._knock([]), *(self._knock({**whole, **one}) for one in wrong)]

    def _knock(self, body: object) -> Knock:
        raw = json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **signed(SHORTCODE_SECRET, raw)}
        return Knock("/webhooks/shortcode", raw, headers)


class ShortcodeCase:
    """A `tests.channels.channel_case.ChannelCase`. A short code sends nothing."""

    name = "shortcode"
    stand_in: Mapping[str, Any] = {}
    outbound = None
    inbound = _ShortcodeInbound()
    reports = None

    def environment(self, url: str) -> Mapping[str, str]:
        return {"LOA_SHORTCODE_NUMBER": "8079", "LOA_SHORTCODE_SECRET": SHORTCODE_SECRET}

    def ready(self, site: Standing) -> None:
        """Nothing: the settings are enough."""
