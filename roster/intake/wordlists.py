"""How this package writes its small lists of words and phrases."""

from __future__ import annotations


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of a text, which commas part: "khong, khong co" → two."""
    return frozenset(phrase for piece in text.split(",") if (phrase := " ".join(piece.split())))
