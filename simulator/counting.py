"""How domestic gateways count a message: by characters, with or without diacritics, and at most three parts.

Without diacritics 160, 306 and 459 characters; with them what the network carries, 70, 134 and 201 **(open)**.
"""

from dataclasses import dataclass

_PLAIN = (160, 306, 459)
_ACCENTED = (70, 134, 201)


@dataclass(frozen=True, slots=True)
class Counted:
    """`parts` is None for a text that is too long."""

    parts: int | None
    accented: bool

    @property
    def encoding(self) -> str:
        """As `simulator.segments.Encoding` names it."""
        return "UCS-2" if self.accented else "GSM-7"


def count(text: str) -> Counted:
    """Count a text as it is, not normalised: a letter and its loose accent are two characters, and dear ones."""
    accented = not text.isascii()
    rooms = _ACCENTED if accented else _PLAIN
    return Counted(next((parts for parts, room in enumerate(rooms, 1) if len(text) <= room), None), accented)
