"""Reads every message against what is open in its thread, after classifier and entity rules."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.intent_shape import (
    ALTERNATIVES,
    INTENT,
    INTENT_RANKING,
    RESPONSE_SELECTOR,
    intent_of,
    ranking_from,
    ranking_of,
    response_selector_of,
)
from bot.components.meaning import (
    Meaning,
    Thresholds,
    meaning_of_answer,
    meaning_of_choice,
    meaning_of_words,
)
from language.answering.reader import read
from language.answering.reading import Choice, Open, Reading
from language.reading_form import reading_form

EXTRACTOR = "AnswerReader"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class AnswerReader(GraphComponent):
    """Adds `answer` entities (role: the question), and settles the intent.

    The message's metadata tells what is open: {"open_question", "choices": [{"title", "payload"}], "answered",
    "payload"}. It is passed on to the actions with the message.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The thresholds, by name (see `Thresholds`)."""
        return vars(Thresholds()).copy()

    def __init__(self, config: dict[str, Any]) -> None:
        self._thresholds = Thresholds(**{name: float(config[name]) for name in self.get_default_config()})

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerReader:
        """The reader with the configured thresholds."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message."""
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        metadata = message.get(METADATA) or {}
        ranking = ranking_from(message.get(INTENT_RANKING))
        payload = metadata.get("payload")
        open_ = _open(metadata)
        reading = read(text, open_, ranking, payload)
        asked_is_answered = open_.question is not None and reading.value(open_.question) is not None
        only_an_answer = bool(payload) or (reading.whole and asked_is_answered)
        meaning = self._meaning(text, reading, ranking, only_an_answer=only_an_answer)
        _set_meaning(message, meaning)
        entities = [*(message.get(ENTITIES) or []), *_answers(reading)]
        message.set(ENTITIES, entities, add_to_output=True)
        message.set(METADATA, metadata, add_to_output=True)

    def _meaning(
        self, text: str, reading: Reading, ranking: list[tuple[str, float]], *, only_an_answer: bool
    ) -> Meaning:
        if reading.intent:
            return meaning_of_choice(reading.intent, ranking)
        if reading.direct:
            return meaning_of_answer(ranking, self._thresholds, nothing_else=only_an_answer)
        return meaning_of_words(ranking, self._thresholds, wordless=not reading_form(text))


def _open(metadata: dict[str, Any]) -> Open:
    return Open(
        question=metadata.get("open_question"),
        choices=tuple(Choice(one["title"], one["payload"]) for one in metadata.get("choices") or ()),
        answered=frozenset(metadata.get("answered") or ()),
    )


def _answers(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "entity": "answer",
            "role": answer.question,
            "value": answer.value,
            "start": answer.start,
            "end": answer.end,
            "extractor": EXTRACTOR,
        }
        for answer in reading.answers
    ]


def _set_meaning(message: Message, meaning: Meaning) -> None:
    confidence = dict(meaning.ranking).get(meaning.label, 1.0)
    message.set(INTENT, intent_of(meaning.label, confidence), add_to_output=True)
    message.set(INTENT_RANKING, ranking_of(meaning.ranking), add_to_output=True)
    if meaning.label.startswith("faq/"):
        message.set(RESPONSE_SELECTOR, response_selector_of(meaning.ranking), add_to_output=True)
    if meaning.alternatives:
        message.set(ALTERNATIVES, list(meaning.alternatives), add_to_output=True)
