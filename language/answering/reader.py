"""Reading a message against what is open in its thread: one function, used by the bot on every message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from language.answering.account import leaves_to_officer
from language.answering.besides import said_besides
from language.answering.by_question import READERS
from language.answering.clauses import clauses_of, is_question, statements
from language.answering.correcting import corrections_said, maybe_changed
from language.answering.elsewhere import is_command, without_commands
from language.answering.intents import BESIDE, BESIDE_AT, OF_THE_SURVEY, answers_by_intent
from language.answering.names_said import is_surely_name
from language.answering.opening import gives_reason, other_reason, reason_plainly
from language.answering.phrases import first_said, line_of, says
from language.answering.reading import Answer, Choice, Open, Reading
from language.answering.yes_no import Short, is_courtesy, leading_answer, short_answer
from language.choices import pick_choice
from language.relations import find_holder_relation
from language.text import fold

Ranking = Sequence[tuple[str, float]]
"""Intent labels with the classifier's confidence, the best first."""

SURE_ENOUGH = 0.6
"""The confidence from which a classifier's intent may answer the open question."""
SURE_BESIDES = 0.6
"""The confidence from which an intent of the survey adds an answer that was not asked for, or speaks against one in
free words."""
_WHOSE_PHONE = re.compile(
    r" (?:muon|nho|dung|xai|bang|may|dien thoai)(?: \S+)? (?:may|dien thoai|so|cua) (?:\S+ ){0,3}?(?:con"
    r"|chau|nguoi|hang xom|ho|em|anh|chi|nay) "
)
"""People tell whose phone they hold: "mượn máy người ta nhắn"."""
_DETAILS = ("account_number", "holder_name", "holder_relation")


def read(text: str, open_: Open, ranking: Ranking = (), payload: str | None = None) -> Reading:
    """What `text` says: to the choices offered, then to the open question, then besides.

    `payload` is that of a pressed button. `ranking` is the classifier's; it is asked second.
    """
    if payload:
        return _of_payload(payload, text)
    if is_command(text):
        return Reading()
    text = without_commands(text)
    chosen = _picked_outright(text, open_.choices)
    if chosen:
        return _of_payload(chosen, text)
    answers = _answers(text, open_, ranking)
    if not answers:
        chosen = _picked_by_words(text, open_.choices)
        if chosen:
            return _of_payload(chosen, text)
        answers = _by_intent(text, open_, ranking)
    return Reading(
        answers,
        direct=bool(answers),
        whole=bool(answers) and _is_whole(text, open_, answers),
        asks=any(clause.asks for clause in clauses_of(text)),
    )


def _answers(text: str, open_: Open, ranking: Ranking) -> list[Answer]:
    """What the words themselves say."""
    corrected = corrections_said(text, open_)
    if corrected:
        return corrected
    if open_.question in _DETAILS and leaves_to_officer(text):
        return [Answer("bank", "officer", 0, len(text))]
    value = _direct(text, open_, ranking)
    if value is None:
        changed = maybe_changed(text, open_)
        if changed:
            return changed
        value = _reason_in_free_words(text, open_, ranking)
    given = [Answer(open_.question, value, 0, len(text))] if value is not None and open_.question else []
    return [*given, *said_besides(text, open_, given)]


def _direct(text: str, open_: Open, ranking: Ranking) -> str | None:
    if open_.question not in READERS:
        return None
    value = READERS[open_.question](text, open_)
    if open_.question == "holder_name" and value:
        return value if is_surely_name(value) or not _is_about_something_else(ranking) else None
    return value


def _reason_in_free_words(text: str, open_: Open, ranking: Ranking) -> str | None:
    """Any statement is a reason for cash, where nothing speaks for something else."""
    if open_.question != "cash_reason" or is_question(text) or is_courtesy(text):
        return None
    return other_reason(text) if gives_reason(text) or not _is_about_something_else(ranking) else None


def _is_about_something_else(ranking: Ranking) -> bool:
    """Whether the classifier is sure of a wish or a question that no survey answer looks like."""
    return bool(ranking) and ranking[0][1] >= SURE_BESIDES and ranking[0][0] not in OF_THE_SURVEY


def _by_intent(text: str, open_: Open, ranking: Ranking) -> list[Answer]:
    """What the classifier takes it for, where nothing in the words tells."""
    if not ranking or not statements(text):
        return []
    label, confidence = ranking[0]
    value = answers_by_intent(open_.question or "", label) if confidence >= SURE_ENOUGH else None
    given = [Answer(open_.question, value, 0, len(text))] if value is not None and open_.question else []
    if confidence < SURE_BESIDES or open_.question not in BESIDE_AT or is_courtesy(text):
        return given
    beside = [
        Answer(question, said, 0, len(text))
        for question, said in BESIDE.get(label, ())
        if question not in open_.answered and question != open_.question
    ]
    return [*given, *beside]


def _is_whole(text: str, open_: Open, answers: list[Answer]) -> bool:
    """Whether no part of `text` is left over: nothing asked, nothing told that no answer came of."""
    clauses = clauses_of(text)
    if any(clause.asks for clause in clauses):
        return False
    if any(answer.question in ("correction", "correct") or answer.question in open_.answered for answer in answers):
        return True
    if any(clause.elsewhere for clause in clauses):
        return False
    said = {answer.question for answer in answers}
    return len(clauses) == 1 or all(_belongs(clause.text, open_, said) for clause in clauses)


def _belongs(clause: str, open_: Open, said: set[str]) -> bool:
    """Whether this clause is part of an answer: of its own, or telling more of another."""
    if is_courtesy(clause) or _WHOSE_PHONE.search(line_of(clause)):
        return True
    if open_.question in READERS and READERS[open_.question](clause, open_) is not None:
        return True
    if "cash_reason" in said and (open_.question == "cash_reason" or reason_plainly(clause)):
        return True
    if "holder_relation" in said and (first_said(clause, "holder_relation") or find_holder_relation(clause)):
        return True
    return bool(said_besides(clause, open_, []))


def _picked_outright(text: str, choices: Sequence[Choice]) -> str | None:
    """The payload of the choice that `text` picks by its number or place, or repeats word for word.

    Whether somebody died is settled before anything else, by any plain yes or no.
    """
    said = fold(text).strip(" .,!")
    named = next((choice.payload for choice in choices if fold(choice.title) == said), None)
    if named:
        return named
    at = pick_choice(text, [""] * len(choices)) if choices else None
    if at is not None and not _is_letter(said):
        return choices[at].payload
    return _life_settled(text, choices)


def _is_letter(said: str) -> bool:
    """A bare "c" is more often the beginning of "có" than a third choice."""
    return len(said) == 1 and said.isalpha()


def _life_settled(text: str, choices: Sequence[Choice]) -> str | None:
    lives = [choice.payload for choice in choices if choice.payload.startswith("life=")]
    if not lives:
        return None
    said = leading_answer(text) or short_answer(text)
    if says(text, "life", "death_no") or said is Short.NO:
        return next((payload for payload in lives if payload.endswith("_no")), None)
    return next((payload for payload in lives if payload.endswith("_yes")), None) if said is Short.YES else None


def _picked_by_words(text: str, choices: Sequence[Choice]) -> str | None:
    stated = statements(text)
    at = pick_choice(stated, [c.title for c in choices]) if stated and choices and not _is_letter(stated) else None
    return None if at is None else choices[at].payload


def _of_payload(payload: str, text: str) -> Reading:
    """The reading of "question=value" or "intent=label"."""
    name, _, value = payload.partition("=")
    if name == "intent":
        return Reading(intent=value)
    return Reading(answers=[Answer(name, value, 0, len(text))], direct=True, whole=True)
