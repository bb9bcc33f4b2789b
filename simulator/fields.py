"""Reading what a caller of the control API sent: the right kind of value, or a plain word about what is wrong."""

import base64
import binascii
import re
import uuid
from typing import Any

from flask import Response, jsonify

from simulator.messages import Media

_LARGEST_MEDIA = 5 * 1024 * 1024
# No SVG, no HTML: what a citizen sends is shown by the page, and must not be able to run there.
_CONTENT_TYPE = re.compile(r"image/(jpeg|png|gif|webp|heic)|(audio|video)/[a-z0-9.+-]+|application/pdf")
_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=="
)


class BadField(ValueError):
    """A field that is missing or of the wrong kind. The text is Vietnamese, for the page."""


def explain(error: ValueError) -> tuple[Response, int]:
    """The answer to a request with a bad field or address."""
    return jsonify(error=str(error)), 400


def read_object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadField("Yêu cầu phải là một đối tượng JSON.")
    return value


def read_text(fields: dict[str, Any], name: str, longest: int, default: str | None = None) -> str:
    """A string of at most `longest` characters that can be written as UTF-8; BadField if it is missing or not that."""
    value = fields.get(name, default)
    if not isinstance(value, str):
        raise BadField(f"Thiếu mục “{name}”.")
    if len(value) > longest or not _is_writable(value):
        raise BadField(f"Mục “{name}” quá dài hoặc có ký tự lạ.")
    return value


def read_flag(fields: dict[str, Any], name: str) -> bool:
    value = fields.get(name)
    if not isinstance(value, bool):
        raise BadField(f"Mục “{name}” phải là true hoặc false.")
    return value


def read_number(fields: dict[str, Any], name: str, low: float, high: float) -> float | None:
    """A number from `low` to `high`, or None where there is none."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise BadField(f"Mục “{name}” phải là số từ {low:g} đến {high:g}.")
    return value


def read_whole(fields: dict[str, Any], name: str, low: int, high: int) -> int | None:
    """As `read_number`, whole."""
    value = read_number(fields, name, low, high)
    if isinstance(value, float):
        raise BadField(f"Mục “{name}” phải là số nguyên.")
    return value


def read_media(fields: dict[str, Any]) -> list[Media]:
    """Items {content_type, data (base64)}; without data, or as a bare content type, a tiny picture stands for it."""
    value = fields.get("media") or []
    items = value if isinstance(value, list) else [value]
    if len(items) > 10:
        raise BadField("Mỗi tin chỉ kèm được 10 tệp.")
    return [_read_medium(item) for item in items]


def _read_medium(item: object) -> Media:
    fields = {"content_type": item} if isinstance(item, str) else read_object(item)
    data = _decode(read_text(fields, "data", _LARGEST_MEDIA * 4 // 3 + 4, default=""))
    content_type = read_text(fields, "content_type", 100)
    if not _CONTENT_TYPE.fullmatch(content_type):
        raise BadField("Chỉ gửi được ảnh, tiếng nói, phim hoặc tệp PDF.")
    return Media("ME" + uuid.uuid4().hex, content_type, data or _PICTURE)


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadField("Tệp gửi lên không đọc được.") from error


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
