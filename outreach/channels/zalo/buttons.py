"""Our choices on Zalo's buttons, and back. Pure.

A pressed `oa.query.hide` button comes back as a text like any other. The mark tells ours from what somebody typed
("stk=0011004…" must stay words, masked and encrypted like words). It is never shown: the query is a hidden one.
"""

from __future__ import annotations

import json
import re

MARK = "nut:"
"""Vietnamese for button."""
SHARE_PHONE = "share=phone"
"""The choice that Zalo offers in its own way; the same payload as `conversations.rendering.SHARE_PHONE`."""
_PRESSED = re.compile(re.escape(MARK) + r"([a-z_]+=[^\x00-\x1f]{1,200})")

type Choice = dict[str, str]


def read_choices(choices: str | None) -> list[Choice]:
    """The JSON list of {"title", "payload"} of a message."""
    return json.loads(choices) if choices else []


def to_button(choice: Choice) -> dict[str, str]:
    """A choice as a button of a consultation message."""
    return {"title": choice["title"], "type": "oa.query.hide", "payload": MARK + choice["payload"]}


def from_button(text: str) -> str | None:
    """The payload of one of our buttons; None for words that somebody typed."""
    pressed = _PRESSED.fullmatch(text)
    return pressed.group(1) if pressed else None
