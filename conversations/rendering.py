"""How a reply looks on each channel: choices numbered or on buttons, accents where welcome, long texts in parts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from conversations.thread import Channel
from language.sms import segments, split_sentences
from language.unaccented import unaccent_for_sms
from outreach.channels.choices import SHARE_PHONE, Choice
from outreach.channels.shapes import Shape, shape_of

_NAMES = re.compile(r"(\b[A-Z]{2,}(?: [A-Z]+)+\b)")
"""A bank's form of a name: it is read back to be confirmed, and so is never reworded."""

SHARES_PHONE = frozenset({Channel.ZALO, Channel.TELEGRAM})


@dataclass(frozen=True)
class Spoken:
    """What the bot said in one turn: its text, and the choices that go with it."""

    text: str
    choices: list[Choice]


@dataclass(frozen=True)
class Rendered:
    """One message of it as a channel sends it. `choices` is the JSON of its buttons, None where it has none."""

    body: str
    choices: str | None
    segments: int


def render(spoken: Spoken, channel: Channel, writes_marks: bool | None) -> list[Rendered]:
    """Render `spoken` for `channel`, in as many messages as it needs; the buttons come with the last.

    SMS goes without accents unless the citizen writes with them. Choices that do not fit on buttons are numbered.
    """
    shape = shape_of(channel.value)
    choices = [one for one in spoken.choices if one["payload"] != SHARE_PHONE or channel in SHARES_PHONE]
    on_buttons = _fit_on_buttons(choices, shape)
    text = spoken.text if on_buttons else spoken.text + _numbered(choices)
    if channel is Channel.SMS and not writes_marks:
        text = "".join(part if _NAMES.fullmatch(part) else _unaccented(part) for part in _NAMES.split(text))
    longest = shape.longest(text)
    parts = [text] if len(text) <= longest else split_sentences(text, longest)
    buttons = json.dumps(choices, ensure_ascii=False) if choices and on_buttons else None
    last = len(parts) - 1
    return [
        Rendered(part, buttons if place == last else None, segments(part).segments if channel is Channel.SMS else 1)
        for place, part in enumerate(parts)
    ]


def _fit_on_buttons(choices: list[Choice], shape: Shape) -> bool:
    return len(choices) <= shape.buttons and all(
        len(one["title"]) <= shape.title and len(one["payload"].encode()) <= shape.payload for one in choices
    )


def _numbered(choices: list[Choice]) -> str:
    return "".join(f"\n{place}. {choice['title']}" for place, choice in enumerate(choices, 1))


def _unaccented(part: str) -> str:
    """`part` for SMS, with the spaces at its ends as they are."""
    inside = part.strip()
    return part.replace(inside, unaccent_for_sms(inside)) if inside else part
