"""Corrections as answers: a whole new value is an answer, a part of one travels as it was said."""

from __future__ import annotations

import json

from language.answering.by_question import READERS
from language.answering.reading import Answer, Open
from language.corrections import Correction, CorrectionKind, Field, find_correction

CORRECTABLE = frozenset({"account_number", "contact_phone", "holder_name"})
"""Answers of which a part can be corrected."""
_OF_A_PART = frozenset(
    {
        CorrectionKind.LAST_DIGITS,
        CorrectionKind.FIRST_DIGITS,
        CorrectionKind.NTH_DIGIT,
        CorrectionKind.PREPEND,
        CorrectionKind.APPEND,
        CorrectionKind.DROP_LAST,
        CorrectionKind.DROP_FIRST,
        CorrectionKind.REPLACE,
    }
)


def corrections_said(text: str, open_: Open) -> list[Answer]:
    """What `text` corrects: role "correction" for a part of a value, "correct" for a field named without a new value,
    and a plain answer where the whole new value is given. Empty where it corrects nothing that is there."""
    found = find_correction(text)
    if found is None or not open_.answered:
        return []
    if found.kind in _OF_A_PART:
        said = Answer("correction", encode(found), 0, len(text))
        return [said] if open_.answered & CORRECTABLE else []
    field = found.field.value if found.field else None
    if field is None or field not in open_.answered:
        return []
    value = READERS[field](found.new) if found.new else None
    return [Answer(field, value, 0, len(text))] if value else _named_only(found, field, text)


def _named_only(found: Correction, field: str, text: str) -> list[Answer]:
    return [] if found.new else [Answer("correct", field, 0, len(text))]


def encode(correction: Correction) -> str:
    """`correction` as JSON, for an entity's value."""
    return json.dumps(
        {
            "kind": correction.kind.value,
            "new": correction.new,
            "old": correction.old,
            "position": correction.position,
            "field": correction.field.value if correction.field else None,
        },
        ensure_ascii=False,
    )


def decode(said: str) -> Correction:
    """What `encode` wrote."""
    parts = json.loads(said)
    field = Field(parts["field"]) if parts["field"] else None
    return Correction(CorrectionKind(parts["kind"]), parts["new"], parts["old"], parts["position"], field)
