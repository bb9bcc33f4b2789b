"""All of our own checks of the dialogue's files, in one list."""

from __future__ import annotations

from loa.dialogue.repetitions import repetition_faults
from loa.dialogue.source import Dialogue
from loa.dialogue.structure import (
    action_faults,
    example_faults,
    interruption_faults,
    meaning_faults,
    response_faults,
    slot_faults,
)
from loa.dialogue.wording import length_faults, placeholder_faults, spelling_faults


def faults(dialogue: Dialogue) -> list[str]:
    """What is wrong with `dialogue`, one sentence each; empty when all is well."""
    return [
        *slot_faults(dialogue.domain),
        *action_faults(dialogue.domain),
        *interruption_faults(dialogue),
        *meaning_faults(dialogue),
        *example_faults(dialogue),
        *response_faults(dialogue),
        *placeholder_faults(dialogue),
        *spelling_faults(dialogue),
        *length_faults(dialogue),
        *repetition_faults(dialogue.examples),
    ]
