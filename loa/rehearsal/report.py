"""What a rehearsal tells: each citizen's result, the whole, as lines for a terminal and as the report that is kept."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.actions.meanings import meaning_choices
from conversations.rehearsal_report import Difference, Line, Outcome, Played, Report, Totals
from loa.rehearsal.citizen import Citizen
from loa.rehearsal.ending import Ending
from loa.rehearsal.playing import Conversation, Stop

_STOPS = {
    Stop.DECLARED: "đã khai xong",
    Stop.ESCALATED: "đã chuyển cán bộ",
    Stop.OPTED_OUT: "đã thôi nhận tin",
    Stop.CLOSED: "cuộc hỏi đã đóng",
    Stop.NOTHING_ASKED: "bot không hỏi gì thêm",
    Stop.MOST_TURNS: "hết số lượt cho phép",
    Stop.BROKE_DOWN: "bot hỏng, phải chuyển cán bộ",
    Stop.NO_INVITATION: "không nhận được thư mời",
    Stop.NO_ANSWER: "bot không trả lời",
    Stop.NOT_TAKEN: "kênh không nhận tin",
}
_FIELDS = {
    "group": "nhóm",
    "claim": "bản khai",
    "escalated": "chuyển cán bộ",
    "opted_out": "thôi nhận tin",
    "answered": "đã trả lời",
    "says": "lời của bot",
    "never_says": "lời của bot",
}


@dataclass
class Result:
    """How one citizen's rehearsal went. `skipped`: why it was not played."""

    citizen: Citizen
    talk: Conversation = field(default_factory=Conversation)
    differences: list[Difference] = field(default_factory=list)
    skipped: str | None = None

    @property
    def is_exact(self) -> bool:
        """Played to its end, and everything as expected."""
        return self.skipped is None and not self.talk.stop.is_a_failure and not self.differences

    @property
    def wrong_values(self) -> int:
        """Values on the roster that should not be there."""
        return sum(difference.wrong_value for difference in self.differences)


def totals(results: Sequence[Result]) -> Totals:
    """The numbers of `results`."""
    turns = sorted(result.talk.turns for result in results if result.skipped is None)
    return Totals(
        citizens=len(results),
        exact=sum(result.is_exact for result in results),
        wrong_values=sum(result.wrong_values for result in results),
        turns_median=statistics.median(turns) if turns else 0,
        turns_p95=turns[math.ceil(0.95 * len(turns)) - 1] if turns else 0,
    )


def last_line(whole: Totals) -> str:
    """The line that a rehearsal ends in."""
    return (
        f"rehearsed {whole.citizens}: exact {_rounded_down(whole.exact_percent):.1f} %, "
        f"wrong values {whole.wrong_values}, turns median {whole.turns_median:g} p95 {whole.turns_p95}"
    )


def _rounded_down(percent: float) -> float:
    """100.0 is said only where all are exact."""
    return math.floor(percent * 10) / 10


def lines(result: Result, verbose: bool = False) -> Iterator[str]:
    """One citizen's result for a terminal; with the transcript where it differed, or always."""
    name, folder = result.citizen.name, result.citizen.source.parent.name
    if result.skipped is not None:
        yield f"-  {folder}: {name}: skipped: {result.skipped}"
        return
    mark = "đạt" if result.is_exact else "KHÁC"
    yield f"{mark}  {folder}: {name} ({result.talk.turns} lượt, {_STOPS[result.talk.stop]})"
    if result.talk.stop.is_a_failure:
        yield f"      {_STOPS[result.talk.stop]}"
    for one in result.differences:
        wrong = "  ← giá trị sai trong danh sách" if one.wrong_value else ""
        yield f"      {_FIELDS.get(one.what, one.what)}: mong “{one.expected}”, có “{one.actual}”{wrong}"
    if verbose or not result.is_exact:
        yield from (f"      {_spoken(line)}" for line in result.talk.lines)


def _spoken(line: Line) -> str:
    who = "dân" if line.mine else "bot"
    offered = f"  [{' | '.join(line.choices)}]" if line.choices else ""
    return f"{who}: {' / '.join(line.text.splitlines())}{offered}"


def report_of(results: Sequence[Result], at: datetime, source: str, only: str | None) -> Report:
    """The whole rehearsal: its numbers, and each citizen with what was said and what differed."""
    whole = totals(results)
    labels = {label for result in results for label in (*result.citizen.expect.answered, *result.talk.ending.answered)}
    return Report(at, source, only, whole, last_line(whole), tuple(map(_played, results)), _meanings(labels))


def _meanings(labels: Iterable[str]) -> dict[str, str]:
    titles = {label: meaning_choices([label]) for label in sorted(labels)}
    return {label: choices[0]["title"] for label, choices in titles.items() if choices}


def _played(result: Result) -> Played:
    citizen, talk = result.citizen, result.talk
    return Played(
        name=citizen.name,
        folder=citizen.source.parent.name,
        tags=tuple(citizen.tags),
        channel=citizen.channel.value,
        exact=result.is_exact,
        skipped=result.skipped,
        stop=None if result.skipped else talk.stop.value,
        stop_words=None if result.skipped else _STOPS[talk.stop],
        turns=talk.turns,
        wrong_values=result.wrong_values,
        differences=tuple(result.differences),
        transcript=tuple(talk.lines),
        ending=_outcome(talk.ending),
    )


def _outcome(ending: Ending) -> Outcome:
    return Outcome(
        group=ending.group,
        claim=ending.claim,
        escalated=ending.escalated,
        opted_out=ending.opted_out,
        answered=tuple(sorted(ending.answered)),
    )
