"""What an intent means as an answer to the open question, where the words themselves were not enough."""

from __future__ import annotations

from collections.abc import Mapping

from language.tables import word_set

_MEANS: dict[tuple[str, str], str] = {
    ("consent", "affirm"): "yes",
    ("consent", "deny"): "no",
    ("respondent", "i_am_beneficiary"): "self",
    ("respondent", "i_am_relative"): "relative",
    ("wants_account", "affirm"): "yes",
    ("wants_account", "want_account"): "yes",
    ("wants_account", "need_help_opening"): "yes",
    ("wants_account", "open_myself"): "yes",
    ("wants_account", "have_account"): "yes",
    ("wants_account", "use_relative_account"): "yes",
    ("wants_account", "want_cash"): "no",
    ("wants_account", "deny"): "no",
    ("wants_account", "unsure"): "unsure",
    ("has_account", "have_account"): "own",
    ("has_account", "affirm"): "own",
    ("has_account", "no_account"): "none",
    ("has_account", "deny"): "none",
    ("has_account", "need_help_opening"): "none",
    ("has_account", "open_myself"): "none",
    ("has_account", "use_relative_account"): "relatives",
    ("opening", "need_help_opening"): "home",
    ("opening", "open_myself"): "self",
    ("confirm", "affirm"): "yes",
}


def answers_by_intent(question: str, intent: str) -> str | None:
    """The value that `intent` gives to `question`, or None when it gives none."""
    return _MEANS.get((question, intent))


BESIDE: dict[str, tuple[tuple[str, str], ...]] = {
    "want_account": (("wants_account", "yes"),),
    "want_cash": (("wants_account", "no"),),
    "have_account": (("wants_account", "yes"), ("has_account", "own")),
    "no_account": (("has_account", "none"),),
    "need_help_opening": (("wants_account", "yes"), ("has_account", "none")),
    "open_myself": (("wants_account", "yes"), ("has_account", "none"), ("opening", "self")),
    "use_relative_account": (("wants_account", "yes"), ("has_account", "relatives")),
    "i_am_relative": (("respondent", "relative"),),
}
"""What an intent of the survey says besides, where its words were no answer at all."""


def says_again(intent: str, answers: Mapping[str, object]) -> bool:
    """Whether all that `intent` tells stands among `answers` (question → value) already."""
    told = BESIDE.get(intent) or (("respondent", answers_by_intent("respondent", intent)),)
    return all(value is not None and answers.get(question) == value for question, value in told)


BESIDE_AT = frozenset({None, "consent", "reference", "respondent", "relation", "wants_account", "has_account"})
"""The open questions at which that is heeded: later, a name or a number is what is typed."""

OF_THE_SURVEY = word_set(
    "affirm deny unsure inform out_of_scope correct start_survey want_account want_cash have_account"
    " no_account"
    " need_help_opening open_myself use_relative_account i_am_relative i_am_beneficiary complaint report_scam"
    " faq/keep_cash faq/no_smartphone faq/how_to_withdraw faq/why_account faq/is_this_a_scam"
)
"""Labels that a statement in free words may bear though it only gives a reason."""

EVENTS = frozenset({"complaint", "report_scam"})
"""Those of them that happened to somebody: to a question that binds (consent, the summary) they are no answer."""
