"""What a rehearsal tells: `loa rehearse` writes it, the console shows it, both by these shapes.

It is at home in this room because it is made of conversations, and the command line and the console both stand above
it. A rehearsal plays invented people only: nothing in a report is anybody's secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """One line of a conversation. `mine`: the citizen said it. `choices`: titles of the buttons below it.

    turn_seconds: how long the citizen waited for it, None for what nobody waited for.
    """

    mine: bool
    text: str
    choices: tuple[str, ...] = ()
    turn_seconds: float | None = None


@dataclass(frozen=True)
class Difference:
    """One thing that is not as expected. `what`: "group", "claim.bank", "says" …

    wrong_value: a value on the roster that should not be there. words: what was to be said, or never to be said.
    """

    what: str
    expected: str
    actual: str
    wrong_value: bool = False
    words: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What a conversation left behind. `claim`: the declared values by question id; None where there is no claim."""

    group: str
    claim: Mapping[str, str] | None
    escalated: bool
    opted_out: bool
    answered: tuple[str, ...]
    """The sub-intents of `faq` that were answered."""


@dataclass(frozen=True)
class Played:
    """One citizen of a rehearsal. `folder`: where its file lies, which tells the kind of trouble it makes.

    skipped: why it was not played, None when it was. stop, stop_words: why the conversation ended; None when it was
    not played.
    """

    name: str
    folder: str
    tags: tuple[str, ...]
    channel: str
    exact: bool
    skipped: str | None
    stop: str | None
    stop_words: str | None
    turns: int
    wrong_values: int
    differences: tuple[Difference, ...]
    transcript: tuple[Line, ...]
    ending: Outcome


@dataclass(frozen=True)
class Totals:
    """A rehearsal in numbers. Turns are the citizens' messages, of those who were played."""

    citizens: int
    exact: int
    wrong_values: int
    turns_median: float
    turns_p95: int

    @property
    def exact_percent(self) -> float:
        return 100 * self.exact / self.citizens if self.citizens else 0.0

    @property
    def failed(self) -> int:
        """How many did not end exactly as expected, those who were not played among them."""
        return self.citizens - self.exact


@dataclass(frozen=True)
class Summary:
    """The head of a report. `source`: the file or folder that was played; `only`: the tag it was narrowed to."""

    at: datetime
    source: str
    only: str | None
    totals: Totals


@dataclass(frozen=True)
class Report(Summary):
    """A whole rehearsal. `last_line`: what the terminal said in the end.

    meanings: the questions that were answered, or should have been, by label, in the words of people who ask them.
    """

    last_line: str
    citizens: tuple[Played, ...]
    meanings: Mapping[str, str] = field(default_factory=dict)
