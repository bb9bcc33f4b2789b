"""Telegram among the shared cases: a private chat with somebody who has pressed Start."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from conversations.thread import Channel
from outreach.channels.adapter import ErrorClass, Outgoing, Rejected
from roster.contact import ContactKind
from tests.channels.channel_case import Knock, Refusal
from tests.channels.standing import Standing
from tests.channels.telegram_site import SECRET, environment
from tests.channels.words import WordsComeIn
from tests.simulator.telegram_bot import CONFIG, PERSON

PATH = "/webhooks/telegram"
CHAT = {"id": int(PERSON), "type": "private", "first_name": "Hoa"}
SENDER = {"id": int(PERSON), "is_bot": False, "first_name": "Hoa"}


def knock(update: object, secret: str | None = SECRET) -> Knock:
    """Telegram's call with `update`."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    return Knock(PATH, json.dumps(update).encode(), headers)


def message(number: int, text: str) -> dict[str, Any]:
    """An update with somebody's words."""
    said = {"message_id": number, "date": 1_794_300_000, "chat": CHAT, "from": SENDER, "text": text}
    return {"update_id": 1000 + number, "message": said}


class _Outbound:
    account = "telegram"
    refusals: Sequence[Refusal] = (
        Refusal(Rejected("403 bot was blocked by the user", ErrorClass.UNREACHABLE), {"kind": "refused", "code": 403}),
        Refusal(Rejected("401", ErrorClass.STOP_ACCOUNT), {"kind": "refused", "code": 401}),
        Refusal(Rejected("400 chat not found", ErrorClass.UNREACHABLE), changes={"address": "5509999999"}),
        Refusal(Rejected("400", ErrorClass.OUR_BUG), changes={"body": "dài " * 1025}),
    )

    def message(self, number: int, text: str) -> Outgoing:
        return Outgoing(number, PERSON, text, address_kind=ContactKind.TELEGRAM)

    def taken(self, site: Standing) -> list[str]:
        messages = site.control.get(f"/phones/{PERSON}/messages?channel=telegram").json()["messages"]
        return [one["text"] for one in messages if one["direction"] == "to_phone"]


class _Inbound(WordsComeIn):
    channel = Channel.TELEGRAM
    secretless: Mapping[str, str] = {"LOA_TELEGRAM_WEBHOOK_SECRET": ""}
    dated = False

    def word(self, id_: str, text: str) -> Knock:
        return knock(message(int(id_.removeprefix("w")), text))

    def forged(self) -> Sequence[Knock]:
        return [knock(message(1, "có"), secret) for secret in (None, "", "forged", SECRET[:-1], SECRET.upper())]

    def malformed(self) -> Sequence[Knock]:
        whole = message(1, "có")
        return [
            knock([whole]),
            knock({"message": whole["message"]}),
            knock({**whole, "message": "có"}),
            knock({**whole, "message": {**whole["message"], "chat": {}}}),
        ]


class TelegramCase:
    """A `tests.channels.channel_case.ChannelCase`. Telegram tells nothing of what became of a message."""

    name = "telegram"
    stand_in: Mapping[str, Any] = {"telegram": CONFIG}
    outbound = _Outbound()
    inbound = _Inbound()
    reports = None

    def environment(self, url: str) -> Mapping[str, str]:
        return {**environment(url), "LOA_TELEGRAM_WEBHOOK_SECRET": SECRET}

    def ready(self, site: Standing) -> None:
        """Somebody presses Start: before that a bot may not write."""
        person = {"channel": "telegram", "number": PERSON, "name": "Bà Hoa"}
        assert site.control.post("/phones", json=person).status_code == 201
        assert site.control.post(f"/phones/{PERSON}/acts/start?channel=telegram", json={}).status_code == 202
