"""The conversations of a rehearsal as Markdown: for reading, and for the documentation. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from conversations.rehearsal_report import Line, Outcome, Played, Report

CHANNELS = {"sms": "SMS", "web": "Web chat", "zalo": "Zalo", "telegram": "Telegram"}
_KINDS = (
    "straight",
    "corrections",
    "several_at_once",
    "interruptions",
    "hard_to_read",
    "life_events",
    "safety",
    "edge",
)
"""The folders of `rehearsals/`, from the plain to the rare; others follow by name."""
_WIDTH = 100
_SPEAKERS = {True: "Dân", False: "Bot"}
_MARGIN = 5


def as_markdown(report: Report, command: str) -> str:
    """Every conversation of `report` under the kind of trouble it makes. `command`: how it was made."""
    played = sorted((one for one in report.citizens if one.skipped is None), key=_place)
    lines = [
        "# Transcripts",
        "",
        f"Played through the real stack on {report.at:%Y-%m-%d} and written by a command, not by hand:",
        "",
        f"    {command}",
        "",
        "The people are invented. “Dân” is the citizen, “Bot” the office's side.",
    ]
    for folder, citizens in groupby(played, key=lambda one: one.folder):
        lines += ["", f"## {folder.replace('_', ' ').capitalize()}"]
        for citizen in citizens:
            lines += ["", *_conversation(citizen)]
    return "\n".join(lines) + "\n"


def _place(citizen: Played) -> tuple[int, str]:
    known = citizen.folder in _KINDS
    return _KINDS.index(citizen.folder) if known else len(_KINDS), citizen.folder


def _conversation(citizen: Played) -> Iterator[str]:
    yield f"### {citizen.name[:1].upper()}{citizen.name[1:]}"
    yield ""
    yield f"{CHANNELS.get(citizen.channel, citizen.channel)} · {citizen.turns} lượt · {citizen.stop_words}"
    yield ""
    yield "```text"
    for line in citizen.transcript:
        yield from _spoken(line)
    yield "```"
    yield ""
    yield f"On the roster: {'; '.join(_left_behind(citizen.ending))}."
    if citizen.differences:
        yield ""
        told = (f"{one.what} (expected “{one.expected}”, found “{one.actual}”)" for one in citizen.differences)
        yield f"**Not as expected:** {'; '.join(told)}."


def _spoken(line: Line) -> Iterator[str]:
    """The line behind its speaker, wrapped; buttons below it."""
    first = f"{_SPEAKERS[line.mine]}: "
    parts = [*line.text.splitlines(), *_buttons(line.choices)]
    for place, part in enumerate(parts or [""]):
        margin = " " * _MARGIN
        yield textwrap.fill(
            part,
            _WIDTH,
            initial_indent=margin if place else first,
            subsequent_indent=margin,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _buttons(choices: Sequence[str]) -> list[str]:
    return [" ".join(f"[{choice}]" for choice in choices)] if choices else []


def _left_behind(ending: Outcome) -> Iterator[str]:
    yield f"group {ending.group}" if ending.group != "none" else "no group"
    if ending.claim is not None:
        yield from _values(ending.claim)
    if ending.escalated:
        yield "an officer is called"
    if ending.opted_out:
        yield "no more messages"
    if ending.answered:
        yield f"answered {', '.join(ending.answered)}"


def _values(claim: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} {value}" for name, value in claim.items())
