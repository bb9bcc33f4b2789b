"""Past rehearsals as the pages show them: the list, one report's conversations, and where one went otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from conversations.rehearsal_files import UnreadableReport, kept_reports, read_report, read_summary
from conversations.rehearsal_report import Difference, Line, Played, Report, Summary
from language.text import fold

_READ_BACK = frozenset({"bank", "account_number", "holder_name", "visit_time", "contact_phone", "reference"})
"""Values that are said in the conversation as they stand on the roster, but for spaces, case and diacritics."""
_NO_LETTER = re.compile(r"\W+")


class Shown(StrEnum):
    """Which of a report's conversations are looked at."""

    ALL = "tat-ca"
    FAILED = "khac"


class Note(StrEnum):
    """What is remarked on one line of a conversation."""

    EXPECTED = "expected"
    WRONG = "wrong"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Kept:
    """One file of the folder. `summary`: None where it cannot be read."""

    id: str
    summary: Summary | None


@dataclass(frozen=True)
class Numbered:
    """A conversation with its number in the report, from 1."""

    number: int
    citizen: Played


@dataclass(frozen=True)
class NotedLine:
    """A line of a conversation with what is remarked on it: (the remark, what the difference is about)."""

    line: Line
    notes: tuple[tuple[Note, str], ...]


def kept_count() -> int:
    """How many reports there are."""
    return len(kept_reports())


def kept(before: int, most: int) -> list[Kept]:
    """At most `most` reports, the newest first, without the `before` newest."""
    return [Kept(name, _summary(file)) for name, file in islice(kept_reports().items(), before, before + most)]


def _summary(file: Path) -> Summary | None:
    try:
        return read_summary(file)
    except UnreadableReport:
        return None


def find(report_id: str) -> Report | None:
    """The kept report of this id; None where there is none or it cannot be read."""
    file = kept_reports().get(report_id)
    try:
        return None if file is None else read_report(file)
    except UnreadableReport:
        return None


def conversations(report: Report, shown: Shown, folder: str | None) -> list[Numbered]:
    """The conversations of one kind of trouble (None: of every kind), all or only those that went otherwise."""
    numbered = (Numbered(number, citizen) for number, citizen in enumerate(report.citizens, 1))
    return [
        one
        for one in numbered
        if (shown is Shown.ALL or not one.citizen.exact) and folder in (None, one.citizen.folder)
    ]


def folders(report: Report) -> dict[str, tuple[int, int]]:
    """The kinds of trouble in the order of the report: how many ended as expected, of how many."""
    counts: dict[str, tuple[int, int]] = {}
    for citizen in report.citizens:
        exact, of_all = counts.get(citizen.folder, (0, 0))
        counts[citizen.folder] = (exact + citizen.exact, of_all + 1)
    return counts


def neighbours(among: Sequence[Numbered], number: int) -> tuple[int | None, int | None]:
    """The numbers before and after `number` among those that are looked at."""
    before = [one.number for one in among if one.number < number]
    after = [one.number for one in among if one.number > number]
    return before[-1] if before else None, after[0] if after else None


def noted(citizen: Played) -> list[NotedLine]:
    """The conversation, remarked where what differs was said: the value that was meant, the one that was taken."""
    return [NotedLine(line, tuple(_notes(line, citizen.differences))) for line in citizen.transcript]


def _notes(line: Line, differences: Sequence[Difference]) -> Iterator[tuple[Note, str]]:
    for one in differences:
        field = one.what.removeprefix("claim.")
        if one.what == "never_says" and one.words and not line.mine and fold(one.words) in fold(line.text):
            yield Note.FORBIDDEN, one.words
        elif one.what.startswith("claim.") and field in _READ_BACK:
            if line.mine and _says(line, one.expected):
                yield Note.EXPECTED, field
            if _says(line, one.actual) and not _says(line, one.expected):
                yield Note.WRONG, field


def _says(line: Line, value: str) -> bool:
    said = _letters(value)
    return len(said) > 1 and said in _letters(line.text)


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", fold(text))
