"""What a file of labelled utterances says about the bot's understanding."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.components.entity_scores import EntityScore

REGISTERS = ("marked", "plain", "noisy")
WORST, PAIRS = 10, 15


@dataclass(frozen=True)
class Utterance:
    """A line of the file: what somebody wrote, the full label it means, how it is written, the entities in it."""

    text: str
    intent: str
    register: str = "marked"
    entities: dict[str, Any] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of an utterance: the labels in order, whether two were offered, its entities' score, milliseconds."""

    utterance: Utterance
    ranked: Sequence[str]
    offered: bool
    entities: EntityScore | None
    milliseconds: float

    @property
    def first(self) -> bool:
        return self.ranked[0] == self.utterance.intent

    @property
    def first_two(self) -> bool:
        return self.utterance.intent in self.ranked[:2]


class NotUtterances(ValueError):
    """The file is not one of utterances; the message names the line."""


def read_utterances(path: Path) -> list[Utterance]:
    """The utterances of a file of JSON lines. Raises NotUtterances naming the first bad line, or OSError."""
    utterances = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            utterances.append(
                Utterance(row["text"], row["intent"], row.get("register") or "marked", row.get("entities") or None)
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise NotUtterances(f"line {number} holds no utterance with text and intent") from None
    if not utterances:
        raise NotUtterances("the file holds no utterance")
    return utterances


def percent(parts: Iterable[bool]) -> float:
    """The share of true ones, in percent; of none, 0."""
    counted = list(parts)
    return 100.0 * sum(counted) / len(counted) if counted else 0.0


@dataclass(frozen=True)
class Report:
    """The figures over all outcomes."""

    outcomes: Sequence[Outcome] = field(default_factory=list)

    def accuracy(self, register: str | None = None) -> float:
        """First choice right, in percent, of one register or of all."""
        return percent(one.first for one in self._of(register))

    def first_two(self, register: str | None = None) -> float:
        """Right within the first two, in percent."""
        return percent(one.first_two for one in self._of(register))

    def offered(self) -> float:
        """The share that is asked "did you mean", in percent."""
        return percent(one.offered for one in self.outcomes)

    def entities(self) -> EntityScore:
        """The entities' scores, added up."""
        scores = [one.entities for one in self.outcomes if one.entities]
        return EntityScore(*(sum(getattr(s, name) for s in scores) for name in ("expected", "hits", "wrong")))

    def entity_hits(self) -> float:
        """Hits of the expected entities, in percent; where none is expected, 100."""
        score = self.entities()
        return 100.0 * score.hits / score.expected if score.expected else 100.0

    def worst_classes(self) -> list[tuple[str, float, int]]:
        """The labels understood least: label, percent, how many utterances."""
        by_label: dict[str, list[bool]] = {}
        for one in self.outcomes:
            by_label.setdefault(one.utterance.intent, []).append(one.first)
        scored = [(label, percent(right), len(right)) for label, right in by_label.items()]
        return sorted(scored, key=lambda row: (row[1], row[0]))[:WORST]

    def confusions(self) -> list[tuple[str, str, int]]:
        """Which label is taken for which, and how often; the commonest first."""
        pairs = Counter((one.utterance.intent, one.ranked[0]) for one in self.outcomes if not one.first)
        return [(meant, taken, count) for (meant, taken), count in pairs.most_common(PAIRS)]

    def milliseconds(self) -> tuple[float, float]:
        """Median and 95th percentile of the time for one message."""
        times = sorted(one.milliseconds for one in self.outcomes)
        return statistics.median(times), times[min(len(times) - 1, int(0.95 * len(times)))]

    def _of(self, register: str | None) -> list[Outcome]:
        return [one for one in self.outcomes if register in (None, one.utterance.register)]


def lines_of(report: Report) -> list[str]:
    """The report as text; its last line is the summary."""
    lines = [f"{len(report.outcomes)} utterances", ""]
    for register in REGISTERS:
        lines.append(
            f"  {register:<8} first {report.accuracy(register):5.1f} %   two {report.first_two(register):5.1f} %"
        )
    lines += [f"  {'all':<8} first {report.accuracy():5.1f} %   two {report.first_two():5.1f} %", "", "worst classes"]
    lines += [f"  {share:5.1f} %  of {count:<4} {label}" for label, share, count in report.worst_classes()]
    lines += ["", "confusions (meant → taken)"]
    lines += [f"  {count:>3} × {meant} → {taken}" for meant, taken, count in report.confusions()]
    score, (median, p95) = report.entities(), report.milliseconds()
    lines += [
        "",
        f'sent to "did you mean"  {report.offered():.1f} %',
        f"entities  {score.hits} of {score.expected} found, {score.wrong} with a wrong value",
        f"milliseconds a message  median {median:.2f}, p95 {p95:.2f}",
        "",
        summary_of(report),
    ]
    return lines


def summary_of(report: Report) -> str:
    """The one line that other programs read."""
    marked, plain, noisy = (f"{report.accuracy(register):.1f}" for register in REGISTERS)
    return (
        f"understood {report.accuracy():.1f} % (marked {marked}, plain {plain}, noisy {noisy}),"
        f" first-two {report.first_two():.1f} %, entities {report.entity_hits():.1f} %"
    )
