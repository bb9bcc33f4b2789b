"""Zalo among the shared cases: consultation messages to a follower."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from conversations.thread import Channel
from core.clock import now
from outreach.channels.adapter import ErrorClass, Outgoing, Rejected
from roster.contact import ContactKind
from tests.channels.channel_case import Knock, Refusal
from tests.channels.standing import Standing
from tests.channels.words import WordsComeIn
from tests.channels.zalo_site import account, authorise, environment
from tests.simulator.zalo_customer import APP_ID, OA_ID, OA_SECRET, PHONE, USER

PATH = "/webhooks/zalo"
BACK = {"sender": {"id": OA_ID}, "recipient": {"id": USER}}


def knock(event: str, signature: str | None = None, **fields: Any) -> Knock:
    """Zalo's call about `event`, signed unless `signature` says otherwise."""
    at = str(int(now().timestamp() * 1000))
    whole = {"sender": {"id": USER}, "recipient": {"id": OA_ID}, **fields}
    raw = json.dumps({"app_id": APP_ID, "event_name": event, "timestamp": at, **whole}, ensure_ascii=False).encode()
    signed = hashlib.sha256(APP_ID.encode() + raw + at.encode() + OA_SECRET.encode()).hexdigest()
    headers = {"Content-Type": "application/json"}
    if signature != "":
        headers["X-ZEvent-Signature"] = f"mac={signed if signature is None else signature}"
    return Knock(PATH, raw, headers)


class _Outbound:
    account = "zalo"
    refusals: Sequence[Refusal] = (
        Refusal(Rejected("-213", ErrorClass.UNREACHABLE), {"kind": "refused", "code": -213}),
        Refusal(Rejected("-320", ErrorClass.STOP_ACCOUNT), {"kind": "refused", "code": -320}),
        Refusal(Rejected("-210", ErrorClass.OUR_BUG), changes={"body": "dài " * 600}),
        Refusal(Rejected("-201", ErrorClass.OUR_BUG), changes={"address": "1"}),
    )

    def message(self, number: int, text: str) -> Outgoing:
        return Outgoing(number, USER, text, address_kind=ContactKind.ZALO)

    def taken(self, site: Standing) -> list[str]:
        messages = site.control.get(f"/phones/{PHONE}/messages?channel=zalo").json()["messages"]
        return [message["text"] for message in messages if message["direction"] == "to_phone"]


class _Inbound(WordsComeIn):
    channel = Channel.ZALO
    secretless: Mapping[str, str] = {"LOA_ZALO_OA_SECRET": ""}
    dated = True

    def word(self, id_: str, text: str) -> Knock:
        return knock("user_send_text", message={"text": text, "msg_id": id_})

    def forged(self) -> Sequence[Knock]:
        message, other = {"text": "có", "msg_id": "m1"}, self.word("m1", "không")
        right = knock("user_send_text", message=message)
        return [
            knock("user_send_text", "", message=message),
            knock("user_send_text", "0" * 64, message=message),
            Knock(PATH, right.body, other.headers),
        ]

    def malformed(self) -> Sequence[Knock]:
        return [
            knock("user_send_text", message="có"),
            knock("user_send_text", message={"text": "có"}),
            knock("user_send_text", message={"text": "có", "msg_id": "m1"}, sender={}),
            knock(""),
        ]


class _Reports:
    provider = "zalo"
    channel = Channel.ZALO

    def delivered(self, provider_id: str) -> Knock:
        return knock("user_received_message", message={"msg_id": provider_id}, **BACK)

    def undelivered(self, provider_id: str) -> Knock | None:
        return None

    def lesser(self, provider_id: str) -> Knock | None:
        return None

    def forged(self, provider_id: str) -> Sequence[Knock]:
        told = {"msg_id": provider_id}
        return [knock("user_received_message", wrong, message=told, **BACK) for wrong in ("", "0" * 64)]


class ZaloCase:
    """A `tests.channels.channel_case.ChannelCase`."""

    name = "zalo"
    stand_in: Mapping[str, Any] = {"zalo": account()}
    outbound = _Outbound()
    inbound = _Inbound()
    reports = _Reports()

    def environment(self, url: str) -> Mapping[str, str]:
        return environment(url)

    def ready(self, site: Standing) -> None:
        """The OA's administrator lets us in, and somebody follows the OA."""
        authorise()
        assert site.control.post(f"/phones/{PHONE}/acts/follow?channel=zalo", json={}).status_code == 202
