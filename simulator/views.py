"""Messages, phones and faults as the control API and the page see them."""

from dataclasses import asdict
from typing import Any

from simulator.faults import FaultKind
from simulator.journal import Entry
from simulator.messages import Direction, Message, Phone
from simulator.provider import Provider

type Json = dict[str, Any]

FAULT_TITLES = {
    FaultKind.REFUSED: "Từ chối với một mã lỗi của nhà cung cấp",
    FaultKind.RATE_LIMITED: "Báo gửi quá nhanh (429)",
    FaultKind.SERVER_ERROR: "Máy chủ nhà mạng báo lỗi (5xx)",
    FaultKind.DROPPED: "Đứt kết nối, tin chưa nhận",
    FaultKind.SLOW: "Trả lời chậm",
    FaultKind.TIMEOUT_AFTER_ACCEPT: "Đã nhận tin nhưng không trả lời",
    FaultKind.DROPPED_AFTER_ACCEPT: "Đã nhận tin rồi đứt kết nối",
    FaultKind.UNDELIVERED: "Không tới được máy người nhận",
    FaultKind.FAILED: "Nhà mạng không gửi được",
    FaultKind.CALLBACK_REPEATED: "Biên nhận gửi về hai lần",
    FaultKind.CALLBACK_REORDERED: "Biên nhận về sai thứ tự",
    FaultKind.CALLBACK_LATE: "Biên nhận về muộn",
    FaultKind.CALLBACK_NEVER: "Không có biên nhận",
    FaultKind.WEBHOOK_REPEATED: "Tin của người dân báo về hai lần",
    FaultKind.WEBHOOK_REORDERED: "Tin của người dân báo về sai thứ tự",
    FaultKind.WEBHOOK_LATE: "Tin của người dân báo về muộn",
}


def show_message(message: Message) -> Json:
    """One message with all that can be asked about it; media without their content."""
    return {
        "id": message.id,
        "provider": message.provider,
        "channel": message.channel,
        "direction": message.direction,
        "kind": message.details.get("kind", "text"),
        "buttons": message.details.get("buttons", []),
        "keyboard": message.details.get("keyboard", ""),
        "number": message.number,
        "office": message.office,
        "charge": message.details.get("charge", 0),
        "text": message.text,
        "status": message.status,
        "reached": message.reached,
        "error_code": message.error_code,
        "segments": message.segments,
        "encoding": message.encoding,
        "created_at": message.created_at.isoformat(),
        "updated_at": message.updated_at.isoformat(),
        "media": [{"id": media.id, "content_type": media.content_type} for media in message.media],
    }


def show_phone(phone: Phone) -> Json:
    """One line of the list of phones. `last` is the last message its owner can see."""
    visible = next((message for message in reversed(phone.messages) if message.reached), None)
    return {
        "channel": phone.channel,
        "number": phone.number,
        "name": phone.name,
        "tel": phone.tel,
        "on": phone.on,
        "unread": phone.unread,
        "refuses": sorted(phone.refuses),
        "follows": phone.details.get("follows", False),
        "version": phone.version,
        "last": _preview(visible) if visible else None,
    }


def show_office(provider: Provider) -> Json:
    """Where people find the customer at a provider, and what they can do there besides writing."""
    office = provider.office
    return {
        "provider": provider.name,
        "channel": provider.channel,
        "title": provider.title,
        "gestures": list(provider.gestures),
        "office": asdict(office) if office else None,
    }


def show_entry(entry: Entry) -> Entry:
    """An entry of the log; media without their content."""
    if not entry.get("media"):
        return entry
    media = [{"id": item["id"], "content_type": item["content_type"]} for item in entry["media"]]
    return {**entry, "media": media}


def _preview(message: Message) -> Json:
    return {
        "kind": message.details.get("kind", "text"),
        "text": message.text[:80],
        "mine": message.direction is Direction.FROM_PHONE,
        "at": message.updated_at.isoformat(),
    }
