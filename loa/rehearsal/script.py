"""What a citizen says next, by the rules of `shared/dialogue.md` (Rehearsals: how the player behaves). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

DEATH, DID_YOU_MEAN, CORRECT = "death", "did_you_mean", "correct"
ASIDES = frozenset({DEATH, DID_YOU_MEAN, CORRECT})
"""Questions of the bot that are none of the survey's: did somebody die, what is meant, what is to be corrected."""

NO_ANSWER = "khong biet"
"""The answer to a question for which the file has none."""


class Script:
    """One citizen's lines, and how far they have been said."""

    def __init__(self, answers: Mapping[str, Sequence[str]], interrupts: Mapping[str, str]) -> None:
        self._answers = answers
        self._interrupts = dict(interrupts)
        self._said: Counter[str] = Counter()
        self._owed: str | None = None
        self._last: str | None = None

    @property
    def owes_an_answer(self) -> bool:
        """Whether an interrupt was just said: the answer follows, even where the bot asks nothing."""
        return self._owed is not None

    @property
    def has_more(self) -> bool:
        """Whether the list of the question answered last still has lines."""
        return self._last is not None and self._said[self._last] < len(self._answers.get(self._last, ()))

    def next(self, open_question: str | None, aside: str | None = None) -> str | None:
        """The next line; None where nothing is asked and nothing is owed.

        open_question: the survey's question that is open. aside: one of ASIDES that the bot asked instead of it.
        """
        asked = self._asked(open_question, aside)
        if asked is None:
            return None
        if asked in self._interrupts:
            self._owed = asked
            return self._interrupts.pop(asked)
        self._owed = None
        return self._answer(asked)

    def _asked(self, open_question: str | None, aside: str | None) -> str | None:
        if aside is not None and (aside in self._answers or aside in self._interrupts):
            return aside
        unsaid = self._last if self.has_more else None
        return open_question or self._owed or aside or unsaid

    def _answer(self, question: str) -> str:
        lines = self._answers.get(question)
        if not lines:
            return NO_ANSWER
        place = min(self._said[question], len(lines) - 1)
        self._said[question] += 1
        self._last = question
        return lines[place]
