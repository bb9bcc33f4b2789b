"""What one message may hold on each channel. Pure. Source: `shared/providers.md`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """letters: of one text; marked: of one with diacritics, where that is fewer. buttons: how many, 0 where the channel
    has none. title, payload: a button's, in letters and in bytes."""

    letters: int
    marked: int | None = None
    buttons: int = 0
    title: int = 0
    payload: int = 0

    def longest(self, text: str) -> int:
        """How many letters one message may have that carries `text` or a part of it."""
        return self.letters if self.marked is None or text.isascii() else self.marked


SHAPES = {
    "sms": Shape(letters=459, marked=201),
    "zalo": Shape(letters=2000, buttons=5, title=100, payload=1000),
    "telegram": Shape(letters=4096, buttons=12, title=64, payload=64),
    "web": Shape(letters=4096, buttons=20, title=200, payload=1000),
}
"""SMS: three segments as the domestic gateways count and take them. Telegram sets no number of buttons: what a phone
shows."""


def shape_of(channel: str) -> Shape:
    """The shape of one message on `channel`. Raises KeyError."""
    return SHAPES[channel]
