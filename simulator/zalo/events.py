"""What Zalo tells its customer: the bodies of webhooks. All ids and times are strings, times are milliseconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.messages import Media, Message
from simulator.zalo.config import ReceiptShape, SeenShape, ZaloConfig
from simulator.zalo.people import Person
from simulator.zalo.resource import Product

type Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to be told. `about`: the id of what it is about, for the log; `number`: whose it is, if anybody's."""

    name: str
    body: Body
    number: str | None
    about: str
    of_templates: bool = False

    @property
    def is_receipt(self) -> bool:
        return self.name in {"user_received_message", "user_seen_message"}


class Events:
    """Makes the bodies for one app and its OA."""

    def __init__(self, config: ZaloConfig) -> None:
        self._config = config

    def said(self, name: str, person: Person, message: Message, attachments: Sequence[Body]) -> Body:
        """`user_send_…`; a button's query comes as `user_send_text`."""
        words: Body = {"text": message.text} if message.text else {}
        told: Body = {**words, "msg_id": message.id}
        if attachments:
            told["attachments"] = list(attachments)
        return {
            "app_id": self._config.app_id,
            "sender": {"id": person.user_id},
            "user_id_by_app": person.user_id_by_app,
            "recipient": {"id": self._config.oa_id},
            "event_name": name,
            "message": told,
            "timestamp": millis(message.created_at),
        }

    def followed(self, name: str, person: Person, source: str, now: datetime) -> Body:
        """`follow` or `unfollow`: the person is the follower, there is no sender."""
        return {
            "oa_id": self._config.oa_id,
            "follower": {"id": person.user_id},
            "user_id_by_app": person.user_id_by_app,
            "event_name": name,
            "source": source,
            "app_id": self._config.app_id,
            "timestamp": millis(now),
        }

    def submitted(self, person: Person, info: Mapping[str, str], now: datetime) -> Body:
        """`user_submit_info`: the form for one's details has been sent."""
        return {
            "sender": {"id": person.user_id},
            "recipient": {"id": self._config.oa_id},
            "event_name": "user_submit_info",
            "app_id": self._config.app_id,
            "timestamp": millis(now),
            "info": self._older_info(info) if self._config.older_submit_info else _info(info),
        }

    def received(self, person: Person, message: Message, now: datetime) -> Event:
        """`user_received_message`. A template message by phone is the phone's, and has a shape of its own."""
        if message.details["product"] != Product.TEMPLATE_BY_PHONE:
            body = self._receipt("user_received_message", person, {"msg_id": message.id}, now)
            return Event("user_received_message", body, person.number, message.id)
        told: Body = {"delivery_time": millis(now), "msg_id": message.id, "tracking_id": message.details["tracking_id"]}
        flat = self._config.receipt_shape is ReceiptShape.FLAT
        body = {
            "sender": {"id": self._config.oa_id},
            "recipient": {"id": person.phone},
            "event_name": "user_received_message",
            **(told if flat else {"message": told}),
            "app_id": self._config.app_id,
            "timestamp": millis(now),
        }
        return Event("user_received_message", body, person.number, message.id, of_templates=True)

    def seen(self, person: Person, messages: Sequence[Message], now: datetime) -> list[Event]:
        """`user_seen_message`: one for all, or one for each."""
        ids = [message.id for message in messages]
        told: list[Body] = [{"msg_id": one} for one in ids]
        if self._config.seen_shape is SeenShape.LIST:
            told, ids = [{"msg_ids": ids}], ids[-1:]
        name = "user_seen_message"
        return [
            Event(name, self._receipt(name, person, words, now), person.number, about)
            for words, about in zip(told, ids, strict=True)
        ]

    def template_status(self, template_id: str, before: str, after: str, reason: str, now: datetime) -> Event:
        body = {
            "oa_id": self._config.oa_id,
            "app_id": self._config.app_id,
            "event_name": "change_template_status",
            "template_id": template_id,
            "status": {"prev_status": before, "new_status": after},
            "reason": reason,
            "timestamp": millis(now),
        }
        return Event("change_template_status", body, None, template_id, of_templates=True)

    def daily_quota(self, before: int, after: int, now: datetime) -> Event:
        body = {
            "oaId": self._config.oa_id,
            "app_id": self._config.app_id,
            "event_name": "change_oa_daily_quota",
            "quota": {"prev_value": str(before), "new_value": str(after)},
            "timestamp": millis(now),
        }
        return Event("change_oa_daily_quota", body, None, "daily_quota", of_templates=True)

    def _receipt(self, name: str, person: Person, told: Body, now: datetime) -> Body:
        ends = [{"id": self._config.oa_id}, {"id": person.user_id}]
        sender, recipient = ends if self._config.receipts_swapped else ends[::-1]
        return {
            "app_id": self._config.app_id,
            "sender": sender,
            "user_id_by_app": person.user_id_by_app,
            "recipient": recipient,
            "event_name": name,
            "message": told,
            "timestamp": millis(now),
        }

    @staticmethod
    def _older_info(info: Mapping[str, str]) -> Body:
        return {
            "address": info["address"],
            "phone": info["phone"],
            "city": info["city"],
            "district": "",
            "name": info["name"],
            "ward": info["ward"],
        }


def _info(info: Mapping[str, str]) -> Body:
    return {
        "name": info["name"],
        "phone": info["phone"],
        "user_dob": info["user_dob"],
        "gender": info["gender"],
        "full_address": {"user_city": info["city"], "user_ward": info["ward"], "user_address": info["address"]},
    }


def attachment(media: Media, url: str) -> Body:
    """A picture, voice, film or file as a webhook shows it."""
    kind = kind_of(media)
    payload: Body = {"url": url}
    if kind == "image":
        payload = {"thumbnail": url, "url": url}
    elif kind == "file":
        payload = {"size": str(len(media.data)), "name": "tep.pdf", "checksum": "", "type": "pdf", "url": url}
    return {"payload": payload, "type": kind}


def kind_of(media: Media) -> str:
    """image, audio, video or file."""
    family = media.content_type.split("/")[0]
    return family if family in {"image", "audio", "video"} else "file"


def millis(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))
