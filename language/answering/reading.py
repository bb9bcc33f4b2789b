"""What a reading is: answers found, a correction, or a choice between offered meanings."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choice:
    """One choice that was offered: its words and its payload ("consent=yes", "intent=faq/fees")."""

    title: str
    payload: str


@dataclass(frozen=True)
class Open:
    """What is open in the thread: the question asked last and the choices that went with it.

    `answered` names the questions that already have an answer: only those can be corrected. `year` is the year in
    which the message came, by which "sinh 2014" is an age; None where nobody says, and then no year of birth is one.
    """

    question: str | None = None
    choices: tuple[Choice, ...] = ()
    answered: frozenset[str] = frozenset()
    year: int | None = None

    @property
    def for_another(self) -> bool:
        """Whether the one who writes is known to write for somebody else."""
        return "relation" in self.answered


@dataclass(frozen=True)
class Answer:
    """One value for one question, and where in the message it stands (the whole message when it is all of it)."""

    question: str
    value: str
    start: int
    end: int


@dataclass
class Reading:
    """All that a message says to the survey.

    direct: the open question itself is answered, or an answer corrected.
    whole: every part of the message belongs to its answers: nothing in it is left to be served besides, whatever
    the classifier thinks of it.
    asks: something is asked in it; best served by the first question (faq/…) in the classifier's ranking.
    intent: an intent that was chosen from offered choices.
    """

    answers: list[Answer] = field(default_factory=list)
    direct: bool = False
    intent: str | None = None
    whole: bool = False
    asks: bool = False

    def value(self, question: str) -> str | None:
        """The value read for `question`, or None."""
        return next((answer.value for answer in self.answers if answer.question == question), None)
