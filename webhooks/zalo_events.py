"""What an event of Zalo's means for us. Pure, but for our key: names under which deeds are kept show no address.

Source: `shared/providers.md`, "Webhook" and "Delivery event"; both shapes of what is marked as open there. Events that
say nothing to us (what the OA itself sent, reactions, calls) mean nothing, and are acknowledged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.events import Event
from conversations.inbound import Word
from conversations.thread import Channel
from core.encryption import blind_index
from language.phones import normalise_phone
from outreach.channels.zalo.buttons import from_button
from outreach.channels.zalo.tracking import is_ours
from webhooks.problems import BadWord

_SENT = {
    "user_send_text": None,
    "user_send_link": None,
    "user_send_image": Event.PICTURE,
    "user_send_gif": Event.PICTURE,
    "user_send_audio": Event.VOICE,
    "user_send_video": Event.VIDEO,
    "user_send_sticker": Event.STICKER,
    "user_send_file": Event.FILE,
    "user_send_location": Event.LOCATION,
    "user_send_business_card": Event.FILE,
}
_FETCHED = frozenset({Event.PICTURE, Event.VOICE, Event.VIDEO, Event.FILE})
_RECEIPTS = frozenset({"user_received_message", "user_seen_message"})
_LONGEST_ID = 128
_LONGEST_REASON = 400


@dataclass(frozen=True)
class Said:
    """Somebody wrote, pressed, followed, left or shared."""

    word: Word


@dataclass(frozen=True)
class Heard:
    """Messages of ours arrived. `status`: the event's own name."""

    ids: tuple[str, ...]
    status: str


@dataclass(frozen=True)
class Changed:
    """Zalo has decided about a template, or about the day's quota (`template_id` empty)."""

    template_id: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Nothing:
    """Not for us."""


def read_event(body: Mapping[str, Any], *, trust_phone: bool) -> Said | Heard | Changed | Nothing:
    """What `body`, a verified event, means. Raises BadWord. `trust_phone`: the form's phone proves whose it is."""
    name = _text(body, "event_name")
    if name in _SENT:
        return Said(_sent(body, name))
    if name in _RECEIPTS:
        return _heard(body, name)
    match name:
        case "follow":
            return Said(_deed(body, name, "follower", Event.FOLLOW))
        case "unfollow":
            return Said(_deed(body, name, "follower", Event.UNFOLLOW))
        case "user_submit_info":
            event = Event.CONTACT if trust_phone else Event.TYPED_CONTACT
            return Said(_deed(body, name, "sender", event, _shared_phone(body)))
        case "change_template_status":
            return Changed(_text(body, "template_id"), str(body.get("reason") or "")[:_LONGEST_REASON])
        case "change_oa_daily_quota":
            return Changed()
    return Nothing()


def _sent(body: Mapping[str, Any], name: str) -> Word:
    message, event = _object(body, "message"), _SENT[name]
    text = message.get("text")
    if name == "user_send_text" and not isinstance(text, str):
        raise BadWord("message.text", "thiếu trường này")
    words = text if isinstance(text, str) else ""
    payload = from_button(words)
    return Word(
        channel=Channel.ZALO,
        address=_id(_object(body, "sender"), "id", "sender.id"),
        provider_message_id=_id(message, "msg_id", "message.msg_id"),
        text="" if payload is not None else words,
        payload=payload,
        event=event,
        media=_address_of_media(message) if event in _FETCHED else None,
    )


def _deed(body: Mapping[str, Any], name: str, who: str, event: Event, phone: str | None = None) -> Word:
    """Something done without a message: its id is made of what happened, to whom and when, the same in each repeat.
    The user's own id is an address, which stands nowhere readable: it goes in under our key."""
    user, at = _id(_object(body, who), "id", f"{who}.id"), _id(body, "timestamp", "timestamp")
    return Word(
        channel=Channel.ZALO,
        address=user,
        provider_message_id=f"{name}:{blind_index('zalo_event', user).hex()}:{at}",
        text="",
        event=event,
        shared_phone=phone,
    )


def _heard(body: Mapping[str, Any], name: str) -> Heard | Nothing:
    """One message or a list of them, in an object of its own or beside everything else. A template message by phone is
    known by our own mark; another installation's mark is none of our business."""
    told = body.get("message")
    if not isinstance(told, Mapping):
        told = body
    mark = told.get("tracking_id")
    if isinstance(mark, str) and mark:
        return Heard((mark,), name) if is_ours(mark) else Nothing()
    listed = told.get("msg_ids")
    if isinstance(listed, list):
        return Heard(tuple(dict.fromkeys(_whole(one, "message.msg_ids") for one in listed)), name)
    return Heard((_id(told, "msg_id", "message.msg_id"),), name)


def _shared_phone(body: Mapping[str, Any]) -> str | None:
    """The phone of the form, in 0… form; None where it is none of Vietnam's."""
    phone = _object(body, "info").get("phone")
    return normalise_phone(str(phone), lenient=True) if phone else None


def _address_of_media(message: Mapping[str, Any]) -> str | None:
    attachments = message.get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else None
    payload = first.get("payload") if isinstance(first, Mapping) else None
    url = payload.get("url") if isinstance(payload, Mapping) else None
    return url if isinstance(url, str) and url else None


def _object(body: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = body.get(field)
    if not isinstance(value, Mapping):
        raise BadWord(field, "phải là một đối tượng")
    return value


def _text(body: Mapping[str, Any], field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not value:
        raise BadWord(field, "thiếu trường này")
    return value


def _id(body: Mapping[str, Any], key: str, field: str) -> str:
    return _whole(body.get(key), field)


def _whole(value: object, field: str) -> str:
    """An id: a string, or a number as some events have it."""
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value):
        raise BadWord(field, "thiếu trường này")
    if len(str(value)) > _LONGEST_ID:
        raise BadWord(field, f"dài quá {_LONGEST_ID} ký tự")
    return str(value)
