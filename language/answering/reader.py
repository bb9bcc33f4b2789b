"""Reading a message against what is open in its thread: one function, used by the bot on every message."""

from __future__ import annotations

from collections.abc import Sequence

from language.answering.by_question import READERS, leaves_to_officer
from language.answering.correcting import corrections_said
from language.answering.details import spontaneous_details
from language.answering.intents import BESIDE, answers_by_intent
from language.answering.reading import Answer, Open, Reading
from language.answering.yes_no import is_question
from language.choices import pick_choice
from language.relations import find_relation

Ranking = Sequence[tuple[str, float]]
"""Intent labels with the classifier's confidence, the best first."""

SURE_ENOUGH = 0.45
"""The confidence from which a classifier's intent may answer the open question."""
SURE_BESIDES = 0.6
"""The confidence from which an intent of the survey adds or changes an answer that was not asked for."""


def read(text: str, open_: Open, ranking: Ranking = (), payload: str | None = None) -> Reading:
    """What `text` says: to the choices offered, then to the open question, then besides.

    `payload` is that of a pressed button. `ranking` is the classifier's; it is asked second.
    """
    chosen = payload or _picked(text, open_)
    if chosen:
        return _of_payload(chosen, text)
    reading = Reading(answers=_answers(text, open_, ranking))
    reading.direct = bool(reading.answers)
    return reading


def _answers(text: str, open_: Open, ranking: Ranking) -> list[Answer]:
    corrected = corrections_said(text, open_)
    if corrected:
        return corrected
    if leaves_to_officer(text) and open_.question in ("account_number", "holder_name"):
        return [Answer("bank", "officer", 0, len(text))]
    answers = spontaneous_details(text, open_)
    value = _direct_value(text, open_.question, ranking) if open_.question else None
    if value is not None and open_.question:
        answers.insert(0, Answer(open_.question, value, 0, len(text)))
        answers += _with_it(open_.question, value, text)
    return _without_doubles([*answers, *_besides(text, open_, ranking)])


def _with_it(question: str, value: str, text: str) -> list[Answer]:
    """What an answer says in the same breath: "tôi là con gái bà" names the relation too."""
    if question == "respondent" and value == "relative":
        relation = find_relation(text)
        return [Answer("relation", relation.value.value, relation.start, relation.end)] if relation else []
    if question == "wants_account" and value == "yes" and not is_question(text):
        has = READERS["has_account"](text) if len(text.split()) > 2 else None
        return [Answer("has_account", has, 0, len(text))] if has in ("own", "relatives") else []
    return []


def _besides(text: str, open_: Open, ranking: Ranking) -> list[Answer]:
    """What a survey intent says besides, once there is a survey and the classifier is sure."""
    if not ranking or ranking[0][1] < SURE_BESIDES or is_question(text):
        return []
    return [Answer(question, value, 0, len(text)) for question, value in BESIDE.get(ranking[0][0], ())]


def _without_doubles(answers: list[Answer]) -> list[Answer]:
    """One answer a question: the first found stands."""
    return list({answer.question: answer for answer in reversed(answers)}.values())[::-1]


def _picked(text: str, open_: Open) -> str | None:
    at = pick_choice(text, [choice.title for choice in open_.choices]) if open_.choices else None
    return None if at is None else open_.choices[at].payload


def _of_payload(payload: str, text: str) -> Reading:
    """The reading of "question=value" or "intent=label"."""
    name, _, value = payload.partition("=")
    if name == "intent":
        return Reading(intent=value)
    return Reading(answers=[Answer(name, value, 0, len(text))], direct=True)


def _direct_value(text: str, question: str, ranking: Ranking) -> str | None:
    value = READERS[question](text) if question in READERS else None
    if value is not None:
        return value
    if ranking and ranking[0][1] >= SURE_ENOUGH and not is_question(text):
        return answers_by_intent(question, ranking[0][0])
    return None
