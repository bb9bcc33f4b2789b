"""Reading a message against what is open in its thread: one function, used by the bot on every message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from language.answering.account import leaves_to_officer
from language.answering.besides import said_besides
from language.answering.by_question import READERS
from language.answering.choosing import picked_by_words, picked_outright
from language.answering.clauses import clauses_of, is_question, statements
from language.answering.commands import command_meant, is_command, without_commands
from language.answering.correcting import corrections_said, maybe_changed
from language.answering.intents import BESIDE, BESIDE_AT, EVENTS, OF_THE_SURVEY, answers_by_intent
from language.answering.names_said import is_surely_name
from language.answering.opening import gives_reason, other_reason, reason_plainly
from language.answering.phrases import first_said, line_of
from language.answering.reading import Answer, Open, Reading
from language.answering.who import RELATIVE, SELF, relation_beside, says_who
from language.answering.wishes import asks_to_repeat, asks_who_speaks, goes_on, takes_up_another
from language.answering.yes_no import is_courtesy, leading_answer
from language.relations import find_holder_relation

Ranking = Sequence[tuple[str, float]]
"""Intent labels with the classifier's confidence, the best first."""

SURE_ENOUGH = 0.7
"""The confidence from which a classifier's intent may answer the open question, where the words themselves did not."""
SURE_TO_BIND = 0.9
"""The same for a question that binds (consent, the summary): from here nineteen in twenty are right."""
SURE_BESIDES = 0.6
"""The confidence from which an intent speaks against an answer in free words."""
SURE_TO_ADD = 0.8
"""The confidence from which an intent of the survey adds an answer that was not asked for."""
REPEAT = "repeat"
WHAT_IS_THIS = "faq/what_is_this"
GOES_ON = "start_survey"
"""The intent of "khai tiếp" and "khai cho người kia nữa", whatever the classifier thinks of it."""
_WHOSE_PHONE = re.compile(
    r" (?:muon|nho|dung|xai|bang|may|dien thoai)(?: \S+)? (?:may|dien thoai|so|cua) (?:\S+ ){0,3}?(?:con"
    r"|chau|nguoi|hang xom|ho|em|anh|chi|nay) "
)
"""People tell whose phone they hold: "mượn máy người ta nhắn"."""
_BINDING = ("consent", "confirm")
"""A yes or no that binds: where the classifier hears something else, only a plain one counts."""
_DETAILS = ("account_number", "holder_name", "holder_relation")


def read(text: str, open_: Open, ranking: Ranking = (), payload: str | None = None) -> Reading:
    """What `text` says: to the choices offered, then to the open question, then besides.

    `payload` is that of a pressed button. `ranking` is the classifier's; it is asked second.
    """
    if payload:
        return _of_payload(payload, text, open_)
    if is_command(text):
        return Reading(intent=command_meant(text))
    text = without_commands(text)
    chosen = picked_outright(text, open_.choices)
    if chosen:
        return _of_payload(chosen, text, open_)
    answers = _answers(text, open_, ranking)
    if goes_on(text) and (open_.question is None or not answers):
        return Reading(answers or _next_person(text, open_), intent=GOES_ON)
    if not answers and asks_to_repeat(text):
        return Reading(intent=REPEAT)
    if not answers and asks_who_speaks(text):
        return Reading(intent=WHAT_IS_THIS, asks=True)
    if not answers:
        chosen = picked_by_words(text, open_.choices)
        if chosen:
            return _of_payload(chosen, text, open_)
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


def _next_person(text: str, open_: Open) -> list[Answer]:
    """Who the next one is to the writer ("khai tiếp cho mẹ tôi nữa"), once the survey before is over."""
    relation = relation_beside(text) if open_.question is None and takes_up_another(text) else None
    told = (("respondent", RELATIVE), ("relation", relation)) if relation else ()
    return [Answer(question, value, 0, len(text)) for question, value in told]


def _direct(text: str, open_: Open, ranking: Ranking) -> str | None:
    if open_.question not in READERS:
        return None
    value = READERS[open_.question](text, open_)
    if open_.question == "holder_name" and value:
        return value if is_surely_name(value) or not _is_about_something_else(ranking) else None
    if open_.question in _BINDING and value and not _is_plain(text):
        return None if _is_about_something_else(ranking, EVENTS) else value
    return value


def _is_plain(text: str) -> bool:
    """Whether `text` is a yes or no with courtesies, or begins with one."""
    return is_courtesy(text) or leading_answer(text) is not None


def _reason_in_free_words(text: str, open_: Open, ranking: Ranking) -> str | None:
    """Any statement is a reason for cash, where nothing speaks for something else."""
    if open_.question != "cash_reason" or is_question(text) or is_courtesy(text):
        return None
    return other_reason(text) if gives_reason(text) or not _is_about_something_else(ranking) else None


def _is_about_something_else(ranking: Ranking, though: frozenset[str] = frozenset()) -> bool:
    """Whether the classifier is sure of a wish or question that no survey answer looks like, or of one of `though`."""
    if not ranking or ranking[0][1] < SURE_BESIDES:
        return False
    return ranking[0][0] not in OF_THE_SURVEY or ranking[0][0] in though


def _by_intent(text: str, open_: Open, ranking: Ranking) -> list[Answer]:
    """What the classifier takes it for, where nothing in the words tells."""
    if not ranking or not statements(text):
        return []
    label, confidence = ranking[0]
    enough = SURE_TO_BIND if open_.question in _BINDING else SURE_ENOUGH
    given = _direct_by_intent(label, text, open_) if confidence >= enough else []
    if confidence < SURE_TO_ADD or is_courtesy(text):
        return given
    return [*given, *_besides_by_intent(label, text, open_), *_who_after_all(label, text, open_)]


def _who_after_all(label: str, text: str, open_: Open) -> list[Answer]:
    """Somebody was taken for the wrong one of the two, and says so: "bà là bà chứ ai" to what relation, "em khai hộ mẹ"
    of one who passed for the beneficiary."""
    if "respondent" not in open_.answered or open_.question in _DETAILS:
        return []
    taken_for_another = open_.question == "relation" or open_.for_another
    if label == "i_am_beneficiary" and taken_for_another:
        return [Answer("respondent", SELF, 0, len(text))]
    if label == "i_am_relative" and not taken_for_another and says_who(text) == RELATIVE:
        relation = relation_beside(text)
        told = [("respondent", RELATIVE), *([("relation", relation)] if relation else [])]
        return [Answer(question, value, 0, len(text)) for question, value in told]
    return []


def _direct_by_intent(label: str, text: str, open_: Open) -> list[Answer]:
    value = answers_by_intent(open_.question or "", label)
    return [Answer(open_.question, value, 0, len(text))] if value is not None and open_.question else []


def _besides_by_intent(label: str, text: str, open_: Open) -> list[Answer]:
    if open_.question not in BESIDE_AT:
        return []
    return [
        Answer(question, said, 0, len(text))
        for question, said in BESIDE.get(label, ())
        if question not in open_.answered and question != open_.question
    ]


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


def _of_payload(payload: str, text: str, open_: Open) -> Reading:
    """The reading of "question=value" or "intent=label"; a meaning that answers the open question is its answer."""
    name, _, value = payload.partition("=")
    if name != "intent":
        return Reading(answers=[Answer(name, value, 0, len(text))], direct=True, whole=True)
    answers = [*_direct_by_intent(value, text, open_), *_besides_by_intent(value, text, open_)]
    return Reading(answers, direct=True, whole=True) if answers else Reading(intent=value)
