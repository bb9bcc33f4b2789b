"""What a message means, all things considered: the survey's reading first, the classifier second."""

from __future__ import annotations

from dataclasses import dataclass

from bot.components.intent_shape import Ranking, with_first
from language.answering.choosing import ASKED_BACK
from language.answering.commands import is_command
from language.answering.reading import Open, Reading
from language.reading_form import reading_form
from language.tables import word_set

INFORM = "inform"
OUT_OF_SCOPE = "out_of_scope"
GREET = "greet"
FOLLOW = "follow"
"""Media of a message without words: somebody opens the talk (follows the office, presses Start)."""

SERVED_BESIDE = word_set(
    "wrong_number report_death moved_away already_done complaint not_received_money received_money report_scam"
    " talk_to_officer stop restart help repeat later"
)
"""What wants serving of its own, though the message also answers the open question. Questions (faq/…) do too."""


DEATH = "report_death"
GRAVE = word_set("stop wrong_number already_done moved_away complaint not_received_money report_scam talk_to_officer")
"""What ends the talk, or hands it over: a mere lead over the others is not enough for it."""


_ASKED_INSTEAD = ("correct", "correction", *ASKED_BACK)


@dataclass(frozen=True)
class Thresholds:
    """When the classifier is believed (chosen by cross-validation over the training data: docs/understanding.md).

    sure: from this confidence the first label stands. margin: below `sure`, it also stands when it leads the second
    by this much; else the two are offered. near: below this, nothing is near. beside: from this confidence something
    is served beside an answer. asked: the same for a question people ask, where the message does ask something.
    """

    sure: float = 0.55
    margin: float = 0.25
    near: float = 0.15
    beside: float = 0.6
    asked: float = 0.25


@dataclass(frozen=True)
class Meaning:
    """The full label to act on, the ranking to show, and the two labels to offer where they are too close."""

    label: str
    ranking: list[tuple[str, float]]
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heard:
    """A message as it came: its words, the classifier's ranking, a pressed button, and what came beside the words."""

    text: str
    ranking: Ranking
    payload: str | None = None
    media: str | None = None


def meaning_of(heard: Heard, reading: Reading, open_: Open, thresholds: Thresholds) -> Meaning:
    """What `heard`, read as `reading` against `open_`, means."""
    if heard.media == FOLLOW:
        return meaning_of_choice(GREET, heard.ranking)
    if reading.intent:
        return meaning_of_choice(reading.intent, heard.ranking)
    if reading.direct:
        only_an_answer = bool(heard.payload) or (reading.whole and _answers_what_was_asked(reading, open_))
        return meaning_of_answer(heard.ranking, thresholds, nothing_else=only_an_answer, asks=reading.asks)
    wordless = not reading_form(heard.text) or is_command(heard.text)
    return meaning_of_words(heard.ranking, thresholds, wordless=wordless)


def _answers_what_was_asked(reading: Reading, open_: Open) -> bool:
    """Whether the open question, or what was asked instead of it (what to correct, who died), has its answer."""
    asked = {open_.question, *_ASKED_INSTEAD, *open_.answered}
    return any(answer.question in asked for answer in reading.answers)


def meaning_of_choice(label: str, ranking: Ranking) -> Meaning:
    """Somebody chose `label` among what was offered."""
    return Meaning(label, with_first(label, ranking))


def meaning_of_answer(ranking: Ranking, thresholds: Thresholds, *, nothing_else: bool, asks: bool = False) -> Meaning:
    """The message answers the survey; what it asks or tells beside that is served where the classifier is sure.

    `nothing_else`: the message holds no more than the answer (a button, a bare yes). `asks`: one of its clauses asks
    something. The answer before it draws the classifier off: then the best of the questions people ask is served
    from a lower confidence, for where something was asked it is right more often than not even there.
    """
    label, confidence = ranking[0]
    beside = _is_question(label) or label in SERVED_BESIDE
    if nothing_else:
        return Meaning(INFORM, list(ranking))
    if beside and confidence >= thresholds.beside:
        return Meaning(label, list(ranking))
    question, likely = next((one for one in ranking if _is_question(one[0])), (INFORM, 0.0))
    if asks and likely >= thresholds.asked:
        return Meaning(question, list(ranking))
    return Meaning(INFORM, list(ranking))


def meaning_of_words(ranking: Ranking, thresholds: Thresholds, *, wordless: bool) -> Meaning:
    """The message answers nothing that is open: the classifier's first label, two to choose from, or none."""
    (label, confidence), (_, runner_up) = ranking[0], ranking[1]
    sure = confidence >= thresholds.sure
    if wordless or confidence < thresholds.near or (label == DEATH and not sure):
        return Meaning(OUT_OF_SCOPE, list(ranking))
    if sure or (confidence - runner_up >= thresholds.margin and label not in GRAVE):
        return Meaning(label, list(ranking))
    return Meaning(label, list(ranking), _offered(ranking))


def _is_question(label: str) -> bool:
    return label.startswith("faq/")


def _offered(ranking: Ranking) -> tuple[str, ...]:
    """The two likeliest that can be offered. Where "none of this" is the likeliest, nothing is; and nobody who did not
    speak of a death is offered one."""
    if ranking[0][0] == OUT_OF_SCOPE:
        return ()
    return tuple([label for label, _ in ranking if label not in (OUT_OF_SCOPE, DEATH)][:2])
