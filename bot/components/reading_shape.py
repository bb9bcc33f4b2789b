"""The shapes in which a reading travels with a message: what is open comes in, the answers go out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from language.answering.reading import Choice, Open, Reading

EXTRACTOR = "AnswerReader"
ANSWER = "answer"


def open_from(metadata: Mapping[str, Any]) -> Open:
    """What was open when the message came: {"open_question", "choices": [{"title", "payload"}], "answered", "day"}."""
    return Open(
        question=metadata.get("open_question"),
        choices=tuple(Choice(one["title"], one["payload"]) for one in metadata.get("choices") or ()),
        answered=frozenset(metadata.get("answered") or ()),
        year=_day_of(metadata).year,
    )


def answer_entities(reading: Reading) -> list[dict[str, Any]]:
    """One `answer` entity for each answer, its question as the role."""
    return [
        {
            "entity": ANSWER,
            "role": answer.question,
            "value": answer.value,
            "start": answer.start,
            "end": answer.end,
            "extractor": EXTRACTOR,
        }
        for answer in reading.answers
    ]


def _day_of(metadata: Mapping[str, Any]) -> date:
    """The day on which the message came; today where it came through no conversation (`make understand`)."""
    came = metadata.get("day")
    return date.fromisoformat(came) if came else date.today()
