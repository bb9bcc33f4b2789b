"""What a consultation message must look like: text, text with buttons, or a request for the person's own details."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from simulator.zalo.errors import OaCode, ZaloError, invalid

_LONGEST_TEXT = 2000
_LONGEST_TITLE = 100
_LONGEST_PAYLOAD = 1000
_LONGEST_SMS = 160
QUERIES = {"oa.query.show", "oa.query.hide"}


@dataclass(frozen=True, slots=True)
class Consultation:
    """A message that passed every check. `buttons` as they came; `asks_info`: it shows the form for one's details."""

    text: str
    buttons: tuple[dict[str, Any], ...] = ()
    asks_info: bool = False


def read_consultation(message: object, most_buttons: int) -> Consultation:
    """Check `message` of a request. ZaloError for the first thing that is wrong."""
    if not isinstance(message, Mapping):
        raise invalid("message")
    if "attachment" not in message:
        return Consultation(_read_text(message))
    attachment = message["attachment"]
    payload = attachment.get("payload") if isinstance(attachment, Mapping) else None
    if not isinstance(payload, Mapping):
        raise invalid("attachment")
    if attachment.get("type") != "template":
        raise ZaloError(OaCode.MESSAGE_TYPE)
    if payload.get("template_type") == "request_user_info":
        return Consultation(_read_request(payload), asks_info=True)
    if "template_type" in payload or "buttons" not in payload:
        raise ZaloError(OaCode.MESSAGE_TYPE)
    return Consultation(_read_text(message), _read_buttons(payload["buttons"], most_buttons))


def _read_text(message: Mapping[str, Any]) -> str:
    return _read_string(message.get("text"), "text", _LONGEST_TEXT)


def _read_request(payload: Mapping[str, Any]) -> str:
    """The form's title and subtitle; exactly one element."""
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1 or not isinstance(elements[0], Mapping):
        raise invalid("elements")
    element = elements[0]
    title = _read_string(element.get("title"), "title", _LONGEST_TITLE)
    subtitle = _read_string(element.get("subtitle"), "subtitle", _LONGEST_PAYLOAD)
    _read_url(element.get("image_url"), "image_url")
    return f"{title}\n{subtitle}"


def _read_buttons(buttons: object, most: int) -> tuple[dict[str, Any], ...]:
    if not isinstance(buttons, list) or not buttons:
        raise invalid("buttons")
    if len(buttons) > most:
        raise ZaloError(OaCode.TOO_LONG)
    return tuple(_read_button(button) for button in buttons)


def _read_button(button: object) -> dict[str, Any]:
    if not isinstance(button, Mapping):
        raise invalid("buttons")
    title = _read_string(button.get("title"), "title", _LONGEST_TITLE)
    kind, payload = button.get("type"), button.get("payload")
    if not isinstance(kind, str):
        raise invalid("type")
    if kind in QUERIES:
        _read_string(payload, "payload", _LONGEST_PAYLOAD)
    elif not isinstance(payload, Mapping):
        raise invalid("payload" if kind in {"oa.open.url", "oa.open.phone", "oa.open.sms"} else "type")
    elif kind == "oa.open.url":
        _read_url(payload.get("url"), "url")
    elif kind == "oa.open.phone":
        _read_phone(payload)
    elif kind == "oa.open.sms":
        _read_phone(payload)
        _read_string(payload.get("content"), "content", _LONGEST_SMS)
    else:
        raise invalid("type")
    return {"title": title, "type": kind, "payload": payload}


def _read_phone(payload: Mapping[str, Any]) -> None:
    phone = payload.get("phone_code")
    if not isinstance(phone, str) or not phone.isdecimal() or not phone.startswith("84"):
        raise invalid("phone_code")


def _read_url(url: object, field: str) -> None:
    if not isinstance(url, str) or len(url) > _LONGEST_PAYLOAD:
        raise invalid(field)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise invalid(field) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise invalid(field)


def _read_string(value: object, field: str, longest: int) -> str:
    """As it came, so what is not composed (NFC) counts more characters than it shows."""
    if not isinstance(value, str) or not value.strip():
        raise invalid(field)
    if len(value) > longest:
        raise ZaloError(OaCode.TOO_LONG)
    return value
