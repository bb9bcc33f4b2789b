"""One turn as an action sees it: which thread, which message, what it was read to say."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from roster.survey.questions import Question
from roster.survey.taking import Given

QUESTIONS = frozenset(question.value for question in Question)


@dataclass(frozen=True)
class Turn:
    """A message and its reading.

    label: the intent, in full for questions ("faq/fees"). answers: what the AnswerReader read, by role.
    alternatives: two labels that are too close to tell.
    """

    thread_id: UUID
    message_id: int
    text: str
    label: str
    answers: list[tuple[str, str]] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    media: str | None = None
    secret: bool = False
    open_question: str | None = None
    """What was open when the message came."""

    @property
    def answers_what_was_asked(self) -> bool:
        """Whether the open question itself has its answer, whatever else is said."""
        return any(role == self.open_question for role, _ in self.answers)

    @property
    def given(self) -> list[Given]:
        """The answers that belong to questions of the survey."""
        return [Given(Question(role), value) for role, value in self.answers if role in QUESTIONS]

    def role(self, name: str) -> str | None:
        """The value of a role that is no question: "correct", "life", "correction"."""
        return next((value for role, value in self.answers if role == name), None)

    @property
    def has_words(self) -> bool:
        """Whether something was written, or a button pressed."""
        return any(letter.isalnum() for letter in self.text)

    @property
    def is_answer(self) -> bool:
        """Whether the message only answers, so that the form goes on by itself."""
        return self.label == "inform" and bool(self.answers)


class TurnUnreadable(ValueError):
    """A call that did not come through the relay."""


def turn_of(tracker: Any) -> Turn:
    """The turn of a rasa_sdk Tracker. Raises TurnUnreadable when the relay's metadata is missing."""
    message = tracker.latest_message
    metadata = message.get("metadata") or {}
    if "message_id" not in metadata:
        raise TurnUnreadable("the message carries no message_id: it did not come through the relay")
    intent = message.get("intent") or {}
    return Turn(
        thread_id=UUID(tracker.sender_id),
        message_id=int(metadata["message_id"]),
        text=message.get("text") or "",
        label=intent.get("full_retrieval_intent_name") or intent.get("name") or "out_of_scope",
        answers=[
            (entity["role"], _text(entity["value"]))
            for entity in message.get("entities") or []
            if entity.get("entity") == "answer" and entity.get("role")
        ],
        alternatives=list(message.get("alternatives") or []),
        media=metadata.get("media"),
        secret=bool(metadata.get("secret")),
        open_question=metadata.get("open_question"),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
