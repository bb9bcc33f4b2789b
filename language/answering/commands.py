"""What is typed for a machine: "/session_start", "{...}". It is nobody's answer and commands nothing."""

from __future__ import annotations

import re

_COMMANDS = re.compile(r"\{[^{}]*\}?|[\"'“”‘’]\s*/[^\"'“”‘’]*[\"'“”‘’]?|(?:(?<=\s)|\A)/\w+")
_LEADING = re.compile(r"\A[\s\u2060\u200b\ufeff]*/(\w*)")
"""A slash at the beginning, also behind what cannot be seen: the relay puts a sign there to keep Rasa from obeying."""
_MEANT = {"start": "greet", "help": "help", "stop": "stop", "restart": "restart"}
"""Words that chat programs teach people; a citizen who types one means what it says."""


def is_command(text: str) -> bool:
    """Whether `text` begins as one: never an answer."""
    return _LEADING.match(text) is not None


def command_meant(text: str) -> str | None:
    """The intent of a command that is a wish in its own right ("/help"), None for any other."""
    found = _LEADING.match(text)
    return _MEANT.get(found[1].lower()) if found else None


def without_commands(text: str) -> str:
    """`text` with whatever looks like a command blanked out, so that places in it stay."""
    return _COMMANDS.sub(lambda found: " " * len(found[0]), text)
