"""The classifier itself: a linear model from features to labels with a probability for each label.

Plain arrays and word lists: nothing of the training sentences goes into a model file, and reading one runs no code.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.components.features import blocks_of

_ARRAYS = "label_model.npz"
_WORDS = "label_model.json"


@dataclass(frozen=True)
class BlockVocabulary:
    """The known features of one block: their places, how telling each is (idf), and the block's first column."""

    places: dict[str, int]
    telling: np.ndarray
    first_column: int


@dataclass(frozen=True)
class Weighed:
    """A message as columns and values of one sparse row."""

    columns: np.ndarray
    values: np.ndarray


def weigh(text: str, vocabularies: Sequence[BlockVocabulary]) -> Weighed:
    """The message's row: in each block (1 + log count) × idf, scaled to length 1. Unknown features fall away."""
    columns: list[np.ndarray] = []
    values: list[np.ndarray] = []
    for features, vocabulary in zip(blocks_of(text), vocabularies, strict=True):
        known = vocabulary.places
        counted = Counter([known[feature] for feature in features if feature in known])
        if counted:
            places = np.fromiter(counted.keys(), dtype=np.int32, count=len(counted))
            count = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
            value = (1.0 + np.log(count)) * vocabulary.telling[places]
            columns.append(places + vocabulary.first_column)
            values.append(value / np.sqrt(value @ value))
    if not columns:
        return Weighed(np.empty(0, np.int32), np.empty(0, np.float32))
    return Weighed(np.concatenate(columns), np.concatenate(values))


class LabelModel:
    """Ranks all labels for a message."""

    def __init__(
        self,
        labels: Sequence[str],
        vocabularies: Sequence[BlockVocabulary],
        weights: np.ndarray,
        bias: np.ndarray,
        sharpness: float,
    ) -> None:
        """`weights` has a row a feature and a column a label; scores times `sharpness` go through a softmax."""
        self.labels = list(labels)
        self.vocabularies = list(vocabularies)
        self.weights = np.ascontiguousarray(weights, dtype=np.float32)
        self.bias = bias.astype(np.float32)
        self.sharpness = sharpness

    def scores(self, text: str) -> np.ndarray:
        """The raw score of each label, in the order of `labels`."""
        row = weigh(text, self.vocabularies)
        result: np.ndarray = self.bias + row.values @ self.weights[row.columns]
        return result

    def rank(self, text: str) -> list[tuple[str, float]]:
        """All labels with their probability, the likeliest first."""
        probabilities = softmax(self.scores(text) * self.sharpness)
        order = np.argsort(-probabilities, kind="stable")
        return [(self.labels[at], float(probabilities[at])) for at in order]

    def save(self, folder: Path) -> None:
        """Write the model into `folder`."""
        arrays = {f"telling_{i}": vocabulary.telling for i, vocabulary in enumerate(self.vocabularies)}
        np.savez_compressed(folder / _ARRAYS, weights=self.weights, bias=self.bias, **arrays)
        words = {
            "labels": self.labels,
            "sharpness": self.sharpness,
            "features": [list(vocabulary.places) for vocabulary in self.vocabularies],
        }
        (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LabelModel:
        """Read what `save` wrote. Raises OSError or ValueError when it is not there or not whole."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            tellings = [arrays[f"telling_{i}"] for i in range(len(words["features"]))]
            weights, bias = arrays["weights"], arrays["bias"]
        return cls(words["labels"], number_columns(words["features"], tellings), weights, bias, words["sharpness"])


def number_columns(features: Sequence[Sequence[str]], tellings: Sequence[np.ndarray]) -> list[BlockVocabulary]:
    """Vocabularies whose columns follow one another, block after block."""
    vocabularies = []
    start = 0
    for known, telling in zip(features, tellings, strict=True):
        vocabularies.append(BlockVocabulary({feature: place for place, feature in enumerate(known)}, telling, start))
        start += len(known)
    return vocabularies


def softmax(scores: np.ndarray) -> np.ndarray:
    """Scores (labels in the last axis) as probabilities that add up to 1."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: np.ndarray = exponents / exponents.sum(axis=-1, keepdims=True)
    return result
