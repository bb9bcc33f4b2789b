"""Keyboards: https://core.telegram.org/bots/api#inlinekeyboardmarkup and #replykeyboardmarkup."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from simulator.telegram.errors import TelegramError, bad_request

_LONGEST_DATA = 64  # bytes
_MOST_BUTTONS = 100
_LONGEST_PLACEHOLDER = 64
_UNPLAYED = {"login_url", "web_app", "switch_inline_query", "switch_inline_query_current_chat", "callback_game", "pay"}

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked `reply_markup`.

    `kind`: inline, keyboard, remove or force_reply; None: there is none. `rows` is what the handset shows, each
    button `{"title", "does": "callback"|"url"|"contact"|"text", "value"}`.
    """

    kind: str | None = None
    json: Json = field(default_factory=dict)
    rows: list[list[Json]] = field(default_factory=list)
    one_time: bool = False


def read_markup(value: Json | None) -> Markup:
    """Check a `reply_markup` as the server does. TelegramError for the first thing that is wrong."""
    if not value:
        return Markup()
    if "inline_keyboard" in value:
        rows = [[_inline_button(button) for button in row] for row in _rows(value["inline_keyboard"])]
        _check_number(rows)
        return Markup("inline", {"inline_keyboard": [row for row in value["inline_keyboard"] if row]}, _filled(rows))
    if "keyboard" in value:
        rows = [[_key(button) for button in row] for row in _rows(value["keyboard"])]
        _check_number(rows)
        if len(str(value.get("input_field_placeholder", ""))) > _LONGEST_PLACEHOLDER:
            raise bad_request("reply keyboard placeholder is too long")
        return Markup("keyboard", value, _filled(rows), bool(value.get("one_time_keyboard")))
    if value.get("remove_keyboard") is True:
        return Markup("remove", value)
    if value.get("force_reply") is True:
        return Markup("force_reply", value)
    raise bad_request("object expected as reply markup")


def _rows(value: Any) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request("can't parse keyboard: Field must be of type Array of Array")
    return value


def _filled(rows: list[list[Json]]) -> list[list[Json]]:
    return [row for row in rows if row]


def _check_number(rows: list[list[Json]]) -> None:
    if sum(map(len, rows)) > _MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    title = _title(button, "can't parse inline keyboard button")
    if "callback_data" in button:
        return {"title": title, "does": "callback", "value": _callback_data(button["callback_data"])}
    if "url" in button:
        return {"title": title, "does": "url", "value": _url(str(button["url"]))}
    if _UNPLAYED & button.keys():
        raise TelegramError(501, "Not Implemented: the stand-in does not play this kind of button")
    raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _callback_data(data: Any) -> str:
    if not isinstance(data, str):
        raise bad_request('can\'t parse inline keyboard button: Field "callback_data" must be of type String')
    if not 1 <= len(data.encode()) <= _LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https", "tg", "tel"} or not (parts.netloc or parts.path):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url


def _key(button: Any) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    title = _title(button, "can't parse keyboard button")
    return {"title": title, "does": "contact" if button.get("request_contact") is True else "text", "value": title}


def _title(button: Json, what: str) -> str:
    title = button.get("text")
    if not isinstance(title, str):
        raise bad_request(f'{what}: Field "text" must be of type String')
    if not title.strip():
        raise bad_request("button text must be non-empty")
    return title
