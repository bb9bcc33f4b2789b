"""One classifier over all full labels, questions included."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.intent_shape import (
    INTENT,
    INTENT_RANKING,
    RESPONSE_SELECTOR,
    intent_of,
    ranking_of,
    response_selector_of,
)
from bot.components.label_model import LabelModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FlatIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent`, `intent_ranking` (full labels) and `response_selector` of each message."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, model: LabelModel | None = None) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FlatIntentClassifier:
        """An untrained classifier."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on every example with an intent, and keep the model."""
        from bot.components.label_training import train_label_model

        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = train_label_model(
            [example.get(TEXT) for example in examples], [example.get_full_intent() for example in examples]
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FlatIntentClassifier:
        """The trained classifier. Raises ValueError or OSError when its model is missing."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, LabelModel.load(folder))

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify each message."""
        assert self._model is not None, "the classifier was not trained"
        for message in messages:
            ranking = self._model.rank(message.get(TEXT) or "")
            message.set(INTENT, intent_of(*ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING, ranking_of(ranking), add_to_output=True)
            message.set(RESPONSE_SELECTOR, response_selector_of(ranking), add_to_output=True)
        return messages
