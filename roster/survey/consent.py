"""Nothing is taken before consent: details sent earlier wait encrypted, are read after yes, erased after no. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from roster.survey.questions import MINOR_OR_WARD, Question
from roster.survey.taking import Given, Taken, take

WAITING = "_waiting"
AGAIN = "_again"
"""Names an answered question that was opened again for a correction."""


def absorb(answers: Mapping[str, Any], given: Sequence[Given]) -> Taken:
    """`answers` with what `given` adds, as far as consent allows.

    Before consent only the consent itself is taken; the rest waits. "no" erases what waited.
    """
    if answers.get(Question.CONSENT) == "yes":
        return _close_again(take(answers, given), answers)
    consent = [one for one in given if one.question is Question.CONSENT]
    waiting = [*answers.get(WAITING, []), *([one.question.value, one.value] for one in given if one not in consent)]
    taken = take({}, consent)
    match taken.answers.get(Question.CONSENT):
        case "yes":
            told = {MINOR_OR_WARD: True} if answers.get(MINOR_OR_WARD) else {}
            return take(told, [*consent, *(Given(Question(name), value) for name, value in waiting)])
        case "no":
            return taken
        case _:
            taken.waits = len(waiting) > len(answers.get(WAITING, []))
            taken.answers = {**answers, WAITING: waiting} if waiting else dict(answers)
            return taken


def _close_again(taken: Taken, before: Mapping[str, Any]) -> Taken:
    """A question opened again is closed by its own new value; saying the old one again closes it too."""
    again = before.get(AGAIN)
    if again is not None and (again in taken.changed or again in taken.repeated):
        taken.answers.pop(AGAIN, None)
        taken.changed = taken.changed or [Question(again)]
    return taken
