"""Making a citizen's text safe to hand to Rasa."""

from __future__ import annotations

WORD_JOINER = "\u2060"
"""Invisible and no white space: in front of "/" it keeps Rasa from reading a command, and falls away in folding."""


def without_commands(text: str) -> str:
    """The text with a leading "/" ("/restart", "/inform{…}") made harmless; all else as typed.

    Rasa strips white space before it looks for the slash (UserMessage, YAMLStoryReader.unpack_regex_message).
    """
    stripped = text.strip()
    return WORD_JOINER + stripped if stripped.startswith("/") else text
