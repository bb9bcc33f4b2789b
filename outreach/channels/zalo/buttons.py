"""Our choices on Zalo's buttons, and back. Pure.

A pressed `oa.query.hide` button comes back as a text like any other. The mark tells ours from what somebody typed
("stk=0011004…" must stay words, masked and encrypted like words). It is never shown: the query is a hidden one.
"""

from __future__ import annotations

import re

from outreach.channels.choices import Choice

MARK = "nut:"
"""Vietnamese for button."""
_PRESSED = re.compile(re.escape(MARK) + r"([a-z_]+=[^\x00-\x1f]{1,200})")


def to_button(choice: Choice) -> dict[str, str]:
    """A choice as a button of a consultation message."""
    return {"title": choice["title"], "type": "oa.query.hide", "payload": MARK + choice["payload"]}


def from_button(text: str) -> str | None:
    """The payload of one of our buttons; None for words that somebody typed."""
    pressed = _PRESSED.fullmatch(text)
    return pressed.group(1) if pressed else None
