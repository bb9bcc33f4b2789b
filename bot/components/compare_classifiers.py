"""`python -m bot.components.compare_classifiers [--unseen FILE] [--only NAME]`: what each way of classifying gives.

Runs in Rasa's environment, on the project's training data: five-fold cross-validation, and the utterances of FILE where
it is given. The figures are kept in docs/understanding.md.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_union
from sklearn.svm import LinearSVC

from bot.components.intent_shape import head_of
from bot.components.label_training import SEED, as_matrix, learn_vocabularies
from bot.components.understanding import REGISTERS, percent, read_utterances
from bot.components.without_tensorflow import leave_tensorflow_out
from language.reading_form import reading_form
from language.text import nfc, strip_marks

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 5
STOCK = "counts of raw words and pieces, LR balanced (Rasa's stock)"
"""Takes minutes and 1.5 GB for one training: it is not cross-validated."""

Texts = Sequence[str]
Scorer = Callable[[Texts], np.ndarray]
"""Texts → a row of scores for each, one column a label."""
Way = Callable[[Texts, np.ndarray], Scorer]
"""Training texts and their label numbers → a scorer."""


def _lowered(text: str) -> str:
    return nfc(text).lower()


def _sparse(
    prepare: Callable[[str], str], vectorizer: type, longest: int = 4
) -> Callable[[Texts], Callable[[Texts], csr_matrix]]:
    """Words with neighbours, and pieces of words, of the prepared text."""

    def learn(texts: Texts) -> Callable[[Texts], csr_matrix]:
        union = make_union(
            vectorizer(preprocessor=prepare, token_pattern=r"\S+", ngram_range=(1, 2)),
            vectorizer(preprocessor=prepare, analyzer="char_wb", ngram_range=(1, longest)),
        )
        union.fit(texts)
        return lambda others: csr_matrix(union.transform(others))

    return learn


def _blocks(texts: Texts) -> Callable[[Texts], csr_matrix]:
    vocabularies = learn_vocabularies(texts)
    return lambda others: as_matrix(others, vocabularies)


def _linear(machine: Callable[[], object], features: Callable[[Texts], Callable[[Texts], csr_matrix]]) -> Way:
    def train(texts: Texts, targets: np.ndarray) -> Scorer:
        rows = features(texts)
        fitted = machine().fit(rows(texts), targets)  # type: ignore[attr-defined]
        return lambda others: fitted.decision_function(rows(others))

    return train


def _doubled(way: Way) -> Way:
    """With an undiacritised copy of every training text."""
    return lambda texts, targets: way([*texts, *map(strip_marks, texts)], np.concatenate([targets, targets]))


def _blended(first: Way, second: Way) -> Way:
    """The sum of two ways' scores, each on its own scale."""

    def train(texts: Texts, targets: np.ndarray) -> Scorer:
        scorers = [way(texts, targets) for way in (first, second)]
        return lambda others: sum(scores / scores.std() for scores in (scorer(others) for scorer in scorers))

    return train


def _in_two_steps(way: Way, heads: np.ndarray) -> Way:
    """First the head, then, for questions, which one: as an intent classifier with a response selector does."""

    def train(texts: Texts, targets: np.ndarray) -> Scorer:
        questions = np.flatnonzero(np.bincount(heads) > 1)[0]
        of_head = way(texts, heads[targets])
        asked = np.flatnonzero(heads[targets] == questions)
        sub_labels = np.unique(targets[asked])
        of_question = way([texts[at] for at in asked], np.searchsorted(sub_labels, targets[asked]))

        def score(others: Texts) -> np.ndarray:
            scores = of_head(others)[:, heads]
            scores[:, sub_labels] += 1e-3 * of_question(others)
            return scores

        return score

    return train


def _machines(heads: np.ndarray) -> dict[str, Way]:
    def support_vectors() -> LinearSVC:
        return LinearSVC(C=1.0, random_state=SEED)

    def regression() -> LogisticRegression:
        return LogisticRegression(C=20.0, solver="liblinear", random_state=SEED)

    def stock() -> LogisticRegression:
        return LogisticRegression(class_weight="balanced", random_state=42, max_iter=100)

    raw = _linear(support_vectors, _sparse(_lowered, TfidfVectorizer))
    ours = _linear(support_vectors, _blocks)
    return {
        STOCK: _linear(stock, _sparse(_lowered, CountVectorizer)),
        "tf-idf of raw words and pieces, SVM": raw,
        "the same, data doubled": _doubled(raw),
        "tf-idf of folded words and pieces, LR": _linear(regression, _sparse(reading_form, TfidfVectorizer)),
        "tf-idf of folded words and pieces, SVM": _linear(support_vectors, _sparse(reading_form, TfidfVectorizer)),
        "our blocks (with near pairs), LR": _linear(regression, _blocks),
        "our blocks, SVM": ours,
        "our blocks, SVM, data doubled": _doubled(ours),
        "our blocks, SVM and LR blended": _blended(ours, _linear(regression, _blocks)),
        "our blocks, SVM, head first, then the question": _in_two_steps(ours, heads),
    }


@dataclass(frozen=True)
class Data:
    """Texts, their label numbers and the labels."""

    texts: list[str]
    targets: np.ndarray
    labels: list[str]


def training_data() -> Data:
    """The project's own examples."""
    leave_tensorflow_out()
    from rasa.shared.nlu.training_data.loading import load_data

    examples = load_data(str(ROOT / "bot" / "data" / "nlu")).intent_examples
    names = [example.get_full_intent() for example in examples]
    labels = sorted(set(names))
    return Data([example.get("text") for example in examples], np.searchsorted(labels, names), labels)


def _cross_validated(way: Way, data: Data) -> np.ndarray:
    scores = np.zeros((len(data.texts), len(data.labels)))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(data.texts, data.targets):
        scorer = way([data.texts[at] for at in seen], data.targets[seen])
        scores[unseen] = scorer([data.texts[at] for at in unseen])
    return scores


def _first_and_two(scores: np.ndarray, targets: np.ndarray) -> str:
    order = np.argsort(-scores, axis=1)[:, :2]
    return f"{percent(order[:, 0] == targets):5.1f} / {percent((order == targets[:, None]).any(axis=1)):5.1f}"


def _unseen_figures(way: Way, data: Data, file: Path) -> str:
    utterances = [one for one in read_utterances(file) if one.intent in data.labels]
    scores = way(data.texts, data.targets)([one.text for one in utterances])
    targets = np.searchsorted(data.labels, [one.intent for one in utterances])
    registers = np.array([one.register for one in utterances])
    parts = [percent((scores.argmax(axis=1) == targets)[registers == register]) for register in REGISTERS]
    return f"{_first_and_two(scores, targets)} | {' / '.join(f'{part:.1f}' for part in parts)}"


def main() -> None:
    """Print a row a way, as it stands in docs/understanding.md."""
    parser = argparse.ArgumentParser(description="What each way of classifying gives.")
    parser.add_argument("--unseen", type=Path)
    parser.add_argument("--only", default="", help="only the ways whose name holds this")
    asked = parser.parse_args()
    file = asked.unseen
    data = training_data()
    names = [head_of(label) for label in data.labels]
    heads = np.searchsorted(sorted(set(names)), names)
    print(f"{len(data.texts)} examples, {len(data.labels)} labels")
    print("| way | cross-validated: first / two | unseen: first / two | marked / plain / noisy | seconds |")
    for name, way in _machines(heads).items():
        if asked.only not in name:
            continue
        started = time.perf_counter()
        figures = "–" if name == STOCK else _first_and_two(_cross_validated(way, data), data.targets)
        unseen = _unseen_figures(way, data, file) if file else " | "
        print(f"| {name} | {figures} | {unseen} | {time.perf_counter() - started:.0f} |", flush=True)


if __name__ == "__main__":
    main()
