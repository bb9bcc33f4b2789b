"""Signed webhooks as Twilio, Zalo and Telegram send them: whole HTTP requests, made before anything is timed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from conversations.thread import Channel
from core.clock import now
from core.settings import settings
from loa.many_people import phone_of
from outreach.channels.telegram.chats import name_of
from outreach.channels.telegram.settings import telegram_settings
from outreach.channels.twilio.settings import twilio_settings
from outreach.channels.zalo.settings import zalo_settings

PEOPLE = 2000
"""Of each channel; each of them is somebody new once, and known after that."""
_WORDS = ("có", "Tôi muốn nhận qua tài khoản, đã có tài khoản Vietcombank", "bao gio co tien chau oi", "tu choi")
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Call:
    """One request as it goes over the wire. `name`: under which its message is kept, one row each."""

    channel: Channel
    name: str
    request: bytes


def signed_calls(first: int, count: int) -> list[Call]:
    """`count` different messages from the number `first` on, the three providers taking turns."""
    makers = (_by_twilio(), _by_zalo(), _by_telegram())
    return [makers[number % len(makers)](number) for number in range(first, first + count)]


def _words(number: int) -> str:
    return _WORDS[number // 3 % len(_WORDS)]


def _by_twilio() -> Callable[[int], Call]:
    own, path = twilio_settings(), "/webhooks/twilio/sms"
    address, validator = settings().public_base + path, RequestValidator(own.auth_token.get_secret_value())

    def call(number: int) -> Call:
        fields = {
            "MessageSid": f"SM{number:032x}",
            "From": "+84" + phone_of(number % PEOPLE)[1:],
            "To": own.sender,
            "Body": _words(number),
            "NumMedia": "0",
        }
        headers = {"X-Twilio-Signature": str(validator.compute_signature(address, fields))}
        return Call(Channel.SMS, fields["MessageSid"], _request(path, _FORM, headers, urlencode(fields).encode()))

    return call


def _by_zalo() -> Callable[[int], Call]:
    own, at = zalo_settings(), str(int(now().timestamp() * 1000))

    def call(number: int) -> Call:
        name = f"zalo{number:020x}"
        event = {
            "app_id": own.app_id,
            "event_name": "user_send_text",
            "timestamp": at,
            "sender": {"id": str(7_000_000_000_000_000_000 + number % PEOPLE)},
            "recipient": {"id": own.oa_id},
            "message": {"text": _words(number), "msg_id": name},
        }
        body = json.dumps(event, ensure_ascii=False).encode()
        key = own.oa_secret.get_secret_value().encode()
        signature = hashlib.sha256(own.app_id.encode() + body + at.encode() + key).hexdigest()
        headers = {"X-ZEvent-Signature": f"mac={signature}"}
        return Call(Channel.ZALO, name, _request("/webhooks/zalo", _JSON, headers, body))

    return call


def _by_telegram() -> Callable[[int], Call]:
    secret = telegram_settings().webhook_secret.get_secret_value()
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}

    def call(number: int) -> Call:
        chat = 5_500_000_000 + number % PEOPLE
        message = {
            "message_id": number,
            "date": int(now().timestamp()),
            "chat": {"id": chat, "type": "private", "first_name": "Hoa"},
            "from": {"id": chat, "is_bot": False, "first_name": "Hoa"},
            "text": _words(number),
        }
        body = json.dumps({"update_id": number, "message": message}).encode()
        return Call(Channel.TELEGRAM, name_of(chat, number), _request("/webhooks/telegram", _JSON, headers, body))

    return call


def _request(path: str, kind: str, headers: Mapping[str, str], body: bytes) -> bytes:
    whole = {"Host": "127.0.0.1", "Content-Type": kind, "Content-Length": str(len(body)), **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in whole.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
