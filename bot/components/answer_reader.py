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
from bot.components.meaning import Heard, Meaning, Thresholds, meaning_of
from bot.components.reading_shape import answer_entities, open_from
from language.answering.reader import read


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class AnswerReader(GraphComponent):
    """Adds `answer` entities (role: the question), and settles the intent.

    The message's metadata tells what is open: {"open_question", "choices": [{"title", "payload"}], "answered", "day",
    "payload", "media"}. It is passed on to the actions with the message.
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
        metadata = message.get(METADATA) or {}
        heard = Heard(
            message.get(TEXT) or "",
            ranking_from(message.get(INTENT_RANKING)),
            metadata.get("payload"),
            metadata.get("media"),
        )
        open_ = open_from(metadata)
        reading = read(heard.text, open_, heard.ranking, heard.payload)
        _set_meaning(message, meaning_of(heard, reading, open_, self._thresholds))
        message.set(ENTITIES, [*(message.get(ENTITIES) or []), *answer_entities(reading)], add_to_output=True)
        message.set(METADATA, metadata, add_to_output=True)


def _set_meaning(message: Message, meaning: Meaning) -> None:
    confidence = dict(meaning.ranking).get(meaning.label, 1.0)
    message.set(INTENT, intent_of(meaning.label, confidence), add_to_output=True)
    message.set(INTENT_RANKING, ranking_of(meaning.ranking), add_to_output=True)
    if meaning.label.startswith("faq/"):
        message.set(RESPONSE_SELECTOR, response_selector_of(meaning.ranking), add_to_output=True)
    if meaning.alternatives:
        message.set(ALTERNATIVES, list(meaning.alternatives), add_to_output=True)
