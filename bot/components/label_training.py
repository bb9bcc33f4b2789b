"""Training the classifier: features worth knowing, a linear support-vector machine, honest confidences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.components.features import Blocks, blocks_of
from bot.components.label_model import BlockVocabulary, LabelModel, number_columns, softmax, weigh

SEED = 20260101
FOLDS = 4
SLACK = 1.0
"""The machine's C: the best of 0.2, 0.5, 1 and 1.5 in cross-validation (docs/understanding.md)."""
LEAST_SENTENCES = (1, 1, 2)
"""In how many sentences a feature of each block must occur to be kept: a pair seen once tells nothing."""


def train_label_model(texts: Sequence[str], labels: Sequence[str]) -> LabelModel:
    """A model of `labels` (each with at least FOLDS examples) trained on `texts`; the same input, the same model."""
    names = sorted(set(labels))
    index = {name: at for at, name in enumerate(names)}
    targets = np.array([index[label] for label in labels])
    vocabularies = learn_vocabularies(texts)
    rows = as_matrix(texts, vocabularies)
    machine = _fit(rows, targets)
    sharpness = _sharpness(_scores_on_unseen(rows, targets), targets)
    return LabelModel(names, vocabularies, machine.coef_.T, machine.intercept_, sharpness)


def learn_vocabularies(texts: Sequence[str]) -> list[BlockVocabulary]:
    """The features of each block that occur often enough, with their idf (ln((1 + n) / (1 + df)) + 1)."""
    found: list[Blocks] = [blocks_of(text) for text in texts]
    features, tellings = [], []
    for block, least in enumerate(LEAST_SENTENCES):
        sentences = Counter(feature for blocks in found for feature in set(blocks[block]))
        known = sorted(feature for feature, count in sentences.items() if count >= least)
        counts = np.array([sentences[feature] for feature in known], dtype=np.float32)
        features.append(known)
        tellings.append((np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32))
    return number_columns(features, tellings)


def as_matrix(texts: Sequence[str], vocabularies: Sequence[BlockVocabulary]) -> csr_matrix:
    """One sparse row a text."""
    rows = [weigh(text, vocabularies) for text in texts]
    starts = np.cumsum([0] + [len(row.columns) for row in rows])
    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    width = sum(len(vocabulary.places) for vocabulary in vocabularies)
    return csr_matrix((values, columns, starts), shape=(len(texts), width))


def _fit(rows: csr_matrix, targets: np.ndarray) -> LinearSVC:
    return LinearSVC(C=SLACK, random_state=SEED).fit(rows, targets)


def _scores_on_unseen(rows: csr_matrix, targets: np.ndarray) -> np.ndarray:
    """The scores each sentence gets from a machine that was not trained on it."""
    scores = np.zeros((rows.shape[0], targets.max() + 1))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(rows, targets):
        scores[unseen] = _fit(rows[seen], targets[seen]).decision_function(rows[unseen])
    return scores


def _sharpness(scores: np.ndarray, targets: np.ndarray) -> float:
    """The factor on the scores under which the probabilities of unseen sentences are honest (least log loss)."""

    def loss(sharpness: float) -> float:
        right = softmax(scores * sharpness)[np.arange(len(targets)), targets]
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    return float(minimize_scalar(loss, bounds=(0.1, 20.0), method="bounded").x)
