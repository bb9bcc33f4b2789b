"""Which handsets somebody looks for: by name, with or without its marks, by number as it is typed here, by channel."""

import unicodedata
from dataclasses import dataclass
from typing import Self

from simulator.messages import Channel, Phone

_D_WITH_STROKE = str.maketrans("đ", "d")
"""The one letter that has no mark to be taken off."""


@dataclass(frozen=True, slots=True)
class Search:
    """`words` and `digits`: one of them has to be found, the empty one is everywhere. `channel`: None for all."""

    words: str
    digits: str
    channel: Channel | None

    @classmethod
    def of(cls, typed: str, channel: Channel | None) -> Self:
        words = _plain(typed.strip())
        return cls(words, words.replace(" ", "").removeprefix("0"), channel)

    def finds(self, phone: Phone) -> bool:
        """Whether `phone` is among what is looked for."""
        if self.channel not in (None, phone.channel):
            return False
        return self.digits in phone.number or self.digits in phone.tel or self.words in _plain(phone.name)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one)).translate(_D_WITH_STROKE)
