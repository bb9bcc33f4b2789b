"""What a message means, all things considered: the survey's reading first, the classifier second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.components.intent_shape import Ranking, with_first
from language.tables import word_set

INFORM = "inform"
OUT_OF_SCOPE = "out_of_scope"

SERVED_BESIDE = word_set(
    "wrong_number report_death moved_away already_done complaint not_received_money received_money report_scam"
    " talk_to_officer stop restart help repeat later"
)
"""What wants serving of its own, though the message also answers the open question. Questions (faq/…) do too."""


@dataclass(frozen=True)
class Thresholds:
    """When the classifier is believed (chosen by cross-validation over the training data: docs/understanding.md).

    sure: from this confidence the first label stands. margin: below `sure`, it also stands when it leads the second
    by this much; else the two are offered. near: below this, nothing is near. beside: from this confidence something
    is served beside an answer.
    """

    sure: float = 0.55
    margin: float = 0.25
    near: float = 0.15
    beside: float = 0.6


@dataclass(frozen=True)
class Meaning:
    """The full label to act on, the ranking to show, and the two labels to offer where they are too close."""

    label: str
    ranking: list[tuple[str, float]]
    alternatives: tuple[str, ...] = ()


def meaning_of_choice(label: str, ranking: Ranking) -> Meaning:
    """Somebody chose `label` among what was offered."""
    return Meaning(label, with_first(label, ranking))


def meaning_of_answer(ranking: Ranking, thresholds: Thresholds, *, nothing_else: bool) -> Meaning:
    """The message answers the survey; what it asks or tells beside that is served where the classifier is sure.

    `nothing_else`: the message holds no more than the answer (a button, a bare yes).
    """
    label, confidence = ranking[0]
    beside = label.startswith("faq/") or label in SERVED_BESIDE
    if beside and confidence >= thresholds.beside and not nothing_else:
        return Meaning(label, list(ranking))
    return Meaning(INFORM, list(ranking))


def meaning_of_words(ranking: Ranking, thresholds: Thresholds, *, wordless: bool) -> Meaning:
    """The message answers nothing that is open: the classifier's first label, two to choose from, or none."""
    (label, confidence), (second, runner_up) = ranking[0], ranking[1]
    if wordless or confidence < thresholds.near:
        return Meaning(OUT_OF_SCOPE, list(ranking))
    if confidence >= thresholds.sure or confidence - runner_up >= thresholds.margin:
        return Meaning(label, list(ranking))
    return Meaning(label, list(ranking), _offered((label, second)))


def _offered(labels: Sequence[str]) -> tuple[str, ...]:
    """ "None of this" is nothing to offer: where it is one of the two, nothing is."""
    return () if OUT_OF_SCOPE in labels else tuple(labels)
