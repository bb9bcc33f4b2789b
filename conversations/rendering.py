"""How a reply looks on each channel: choices numbered on SMS, buttons elsewhere; accents only where welcome."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from conversations.thread import Channel
from language.sms import segments
from language.unaccented import unaccent_for_sms

_NAMES = re.compile(r"(\b[A-Z]{2,}(?: [A-Z]+)+\b)")
"""A bank's form of a name: it is read back to be confirmed, and so is never reworded."""


@dataclass(frozen=True)
class Spoken:
    """What the bot said in one turn: its text, and the choices that go with it."""

    text: str
    choices: list[dict[str, str]]


@dataclass(frozen=True)
class Rendered:
    """The same as a channel sends it. `choices` is the JSON of its buttons, None where they are in the text."""

    body: str
    choices: str | None
    segments: int


def render(spoken: Spoken, channel: Channel, writes_marks: bool | None) -> Rendered:
    """Render `spoken` for `channel`; SMS goes without accents unless the citizen writes with them."""
    if channel is Channel.SMS:
        return _sms(spoken, accented=bool(writes_marks))
    buttons = json.dumps(spoken.choices, ensure_ascii=False) if spoken.choices else None
    return Rendered(spoken.text, buttons, 1)


def _sms(spoken: Spoken, accented: bool) -> Rendered:
    numbered = "".join(f"\n{place}. {choice['title']}" for place, choice in enumerate(spoken.choices, 1))
    body = spoken.text + numbered
    if not accented:
        body = "".join(part if _NAMES.fullmatch(part) else _unaccented(part) for part in _NAMES.split(body))
    return Rendered(body, None, segments(body).segments)


def _unaccented(part: str) -> str:
    """`part` for SMS, with the spaces at its ends as they are."""
    inside = part.strip()
    return part.replace(inside, unaccent_for_sms(inside)) if inside else part
