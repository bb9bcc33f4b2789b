"""Which list a finished survey belongs to (step 4; `shared/dialogue.md`, Outcome groups)."""

from __future__ import annotations

from enum import StrEnum

from roster.survey.questions import Answers, Circumstances, Question, counter_only


class OutcomeGroup(StrEnum):
    """The lists of step 4."""

    OWN_ACCOUNT = "A"
    OPEN_AT_HOME = "B-home"
    OPEN_AT_WARD = "B-ward"
    OPEN_BY_ONESELF = "B-self"
    OPEN_AT_COUNTER = "B-counter"
    THROUGH_RELATIVE = "C"
    CASH = "D"
    NO_ANSWER = "E"
    OFFICER = "F"


_OPENINGS = {
    "home": OutcomeGroup.OPEN_AT_HOME,
    "ward": OutcomeGroup.OPEN_AT_WARD,
    "self": OutcomeGroup.OPEN_BY_ONESELF,
}


def outcome_group(answers: Answers, circumstances: Circumstances) -> OutcomeGroup:
    """The group of complete `answers`; OFFICER where they decide nothing."""
    if answers.get(Question.WANTS_ACCOUNT) == "no":
        return OutcomeGroup.CASH
    match answers.get(Question.HAS_ACCOUNT):
        case "own":
            return OutcomeGroup.OWN_ACCOUNT
        case "relatives":
            return OutcomeGroup.THROUGH_RELATIVE
        case "none" if counter_only(answers, circumstances):
            return OutcomeGroup.OPEN_AT_COUNTER
        case "none":
            return _OPENINGS.get(str(answers.get(Question.OPENING)), OutcomeGroup.OFFICER)
        case _:
            return OutcomeGroup.OFFICER
