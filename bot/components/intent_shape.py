"""The shapes Rasa wants a classification in.

Labels are full ("faq/fees"); Rasa's `intent` is only their head ("faq"), and which question was asked it reads
from the `response_selector` property (rasa.core.processor._update_full_retrieval_intent, ActionRetrieveResponse).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Ranking = Sequence[tuple[str, float]]
"""Full labels with their probabilities, the likeliest first."""

INTENT = "intent"
INTENT_RANKING = "intent_ranking"
RESPONSE_SELECTOR = "response_selector"
ALTERNATIVES = "alternatives"
RANKED = 5
DELIMITER = "/"


def head_of(label: str) -> str:
    """ "faq/fees" → "faq"; any other label is its own head."""
    return label.split(DELIMITER, 1)[0]


def intent_of(label: str, confidence: float) -> dict[str, Any]:
    """The `intent` property for a full label."""
    intent: dict[str, Any] = {"name": head_of(label), "confidence": confidence}
    if DELIMITER in label:
        intent["full_retrieval_intent_name"] = label
    return intent


def ranking_of(ranking: Ranking) -> list[dict[str, Any]]:
    """The `intent_ranking` property: full labels, so that the second choice can be offered."""
    return [{"name": label, "confidence": confidence} for label, confidence in ranking[:RANKED]]


def ranking_from(properties: Sequence[dict[str, Any]]) -> list[tuple[str, float]]:
    """What `ranking_of` made, as pairs again."""
    return [(entry["name"], float(entry["confidence"])) for entry in properties]


def response_selector_of(ranking: Ranking) -> dict[str, Any]:
    """The `response_selector` property: for each head with sub-labels, its likeliest ones."""
    by_head: dict[str, list[tuple[str, float]]] = {}
    for label, confidence in ranking:
        if DELIMITER in label:
            by_head.setdefault(head_of(label), []).append((label, confidence))
    selector: dict[str, Any] = {"all_retrieval_intents": sorted(by_head)}
    for head, entries in by_head.items():
        label, confidence = entries[0]
        selector[head] = {
            "response": {
                "responses": [],
                "confidence": confidence,
                "intent_response_key": label,
                "utter_action": f"utter_{label}",
            },
            "ranking": [
                {"intent_response_key": one, "confidence": probability} for one, probability in entries[:RANKED]
            ],
        }
    return selector


def with_first(label: str, ranking: Ranking) -> list[tuple[str, float]]:
    """The ranking with `label` put first as certain: somebody chose it."""
    return [(label, 1.0), *((other, confidence) for other, confidence in ranking if other != label)]
