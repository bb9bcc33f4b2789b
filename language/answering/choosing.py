"""Which of the choices that were offered a message picks: by the button's words, a number, a place, or other words."""

from __future__ import annotations

from collections.abc import Sequence

from language.answering.clauses import statements
from language.answering.phrases import says
from language.answering.reading import Choice
from language.answering.wishes import asks_to_begin_again, goes_on
from language.answering.yes_no import Short, leading_answer, short_answer
from language.choices import pick_choice
from language.text import fold

RESTART = "restart"
ASKED_BACK = ("life", RESTART)
"""Names in the payloads of what is asked back once, before anything is done that cannot be undone."""


def picked_outright(text: str, choices: Sequence[Choice]) -> str | None:
    """The payload of the choice that `text` picks by its number or place, or repeats word for word.

    What was asked back is settled before anything else, by any plain yes or no.
    """
    said = fold(text).strip(" .,!")
    named = next((choice.payload for choice in choices if fold(choice.title) == said), None)
    if named:
        return named
    at = pick_choice(text, [""] * len(choices)) if choices else None
    if at is not None and not _is_letter(said):
        return choices[at].payload
    return _settled(text, choices)


def _is_letter(said: str) -> bool:
    """A bare "c" is more often the beginning of "có" than a third choice."""
    return len(said) == 1 and said.isalpha()


def _settled(text: str, choices: Sequence[Choice]) -> str | None:
    """The yes or no to what was asked back ("có phải đã qua đời?", "có chắc không?"), told as people tell it."""
    payloads = [choice.payload for choice in choices if choice.payload.partition("=")[0] in ASKED_BACK]
    if not payloads:
        return None
    said = leading_answer(text) or short_answer(text)
    if payloads[0].startswith(RESTART):
        said = Short.YES if asks_to_begin_again(text) else Short.NO if goes_on(text) else said
    if says(text, "life", "death_no") or said is Short.NO:
        return next((payload for payload in payloads if payload.endswith("no")), None)
    return next((payload for payload in payloads if payload.endswith("yes")), None) if said is Short.YES else None


def picked_by_words(text: str, choices: Sequence[Choice]) -> str | None:
    stated = statements(text)
    at = pick_choice(stated, [c.title for c in choices]) if stated and choices and not _is_letter(stated) else None
    return None if at is None else choices[at].payload
