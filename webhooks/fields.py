"""Reading the fields of a call that is signed but may be malformed. Errors name the field, never the value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from language.phones import normalise_phone
from webhooks.problems import BadWord

LONGEST_ID = 128


def json_object(raw: bytes) -> dict[str, Any]:
    """The JSON object in `raw`. Raises BadWord."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise BadWord("body", "phải là một đối tượng JSON")
    return body


def id_in(fields: Mapping[str, Any], name: str, longest: int = LONGEST_ID) -> str:
    """An id: text or a whole number, neither empty nor too long. Raises BadWord."""
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise BadWord(name, "thiếu trường này")
    if len(str(value)) > longest:
        raise BadWord(name, f"dài quá {longest} ký tự")
    return str(value).strip()


def text_in(fields: Mapping[str, Any], name: str) -> str:
    """A text, which may be empty. Raises BadWord."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise BadWord(name, "thiếu trường này")
    return value


def whole_in(fields: Mapping[str, Any], name: str) -> int:
    """A whole number, also written as text. Raises BadWord."""
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadWord(name, "thiếu trường này")
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BadWord(name, "phải là một số")
    return int(text)


def phone_in(fields: Mapping[str, Any], name: str) -> str:
    """A Vietnamese phone in 0… form. Raises BadWord."""
    phone = normalise_phone(id_in(fields, name))
    if phone is None:
        raise BadWord(name, "không phải số điện thoại Việt Nam")
    return phone
