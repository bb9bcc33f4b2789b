"""The officer's form: which questions stand on it, what was typed into it, and how it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from console import formats
from console.answer_words import in_words
from console.survey_words import HINTS, SPOKEN, TIME_UNCLEAR, TITLES, choices_of
from core.clock import VIETNAM
from language.address import Address, address_for
from language.address import Gender as AddressGender
from roster.commune import Commune, office_of
from roster.people import age
from roster.person import Person
from roster.survey.answers import NO_PHONE
from roster.survey.draft import Draft
from roster.survey.drafts import circumstances
from roster.survey.outcome import OutcomeGroup, outcome_group
from roster.survey.questions import OFFICER_WRITES, Question, applies
from roster.survey.taking import Given
from roster.survey.typed import PAPERS, read_typed

COUNTER = "Tại quầy ngân hàng, cùng người đại diện hoặc người giám hộ"
NOT_ASKED = (Question.CONSENT, Question.REFERENCE, Question.CONFIRM)
"""Consent comes before the form, the summary after it; and the officer knows whom it is about."""


@dataclass(frozen=True)
class Entry:
    """One question on the form. `value`: what stands in its field; `left_open`: it is answered by "none" or "later"."""

    question: Question
    spoken: str
    choices: tuple[tuple[str, str], ...]
    value: str
    hint: str = ""
    problem: str = ""
    left_open: bool = False


@dataclass(frozen=True)
class Typed:
    """What came from the form: values to take, texts as typed, and what could not be read."""

    given: list[Given]
    texts: dict[Question, str]
    problems: dict[Question, str]


def entries(
    session: Session, draft: Draft, words: Mapping[str, str], at: datetime, typed: Typed | None = None
) -> list[Entry]:
    """The questions that apply so far, with what was answered, or typed and refused."""
    known = circumstances(session, draft, at)
    asked = [q for q in Question if q not in NOT_ASKED and applies(q, draft.answers, known)]
    return [_entry(question, draft.answers, words, typed or Typed([], {}, {})) for question in asked]


def read_back(session: Session, draft: Draft, at: datetime) -> list[tuple[str, str]]:
    """(title, answer) of every answer that applies, digits in groups, as they are read out."""
    known = circumstances(session, draft, at)
    said = [
        (TITLES[question], _said(question, draft.answers[question]))
        for question in TITLES
        if question in draft.answers and applies(question, draft.answers, known)
    ]
    if outcome_group(draft.answers, known) is OutcomeGroup.OPEN_AT_COUNTER:
        said.append((TITLES[Question.OPENING], COUNTER))
    return said


def read_form(form: Mapping[str, str], draft: Draft) -> Typed:
    """What was typed. An empty field says nothing; a text is read as the bot would read it."""
    typed = Typed([], {}, {})
    for question in Question:
        if question not in NOT_ASKED and (text := _text(question, form)):
            typed.texts[question] = text
            value = read_typed(question, text, draft.answers)
            if value is None:
                typed.problems[question] = TIME_UNCLEAR
            else:
                typed.given.append(Given(question, value))
    return typed


def words_for(session: Session, person: Person, answers: Mapping[str, Any], at: datetime) -> dict[str, str]:
    """What fills the braces of the spoken questions: the officer talks to the beneficiary, or to a relative."""
    relative = answers.get(Question.RESPONDENT) == "relative"
    address = _address(person, relative, Question.RESPONDENT in answers, at)
    commune = session.get_one(Commune, person.commune_code)
    return {
        **address.placeholders(),
        "nguoi_huong": "người hưởng trợ cấp" if relative else address.second,
        "Nguoi_huong": "Người hưởng trợ cấp" if relative else address.second_title,
        "co_quan": office_of(commune),
    }


def _address(person: Person, relative: bool, known: bool, at: datetime) -> Address:
    if not known:
        return address_for(None, AddressGender.UNKNOWN, is_relative=False)
    gender = AddressGender(person.gender.value) if person.gender else AddressGender.UNKNOWN
    return address_for(age(person, at.astimezone(VIETNAM).date()), gender, is_relative=relative)


def _entry(question: Question, answers: Mapping[str, Any], words: Mapping[str, str], typed: Typed) -> Entry:
    stored = str(answers.get(question, ""))
    left_open = stored in (OFFICER_WRITES, NO_PHONE) and question in (Question.BANK, Question.CONTACT_PHONE)
    problem = typed.problems.get(question, "")
    if question is Question.HOLDER_RELATION:
        stored, _, papers = stored.partition("+")
        left_open = bool(papers)
    return Entry(
        question,
        SPOKEN[question].format(**words),
        choices_of(Question.RELATION if question is Question.HOLDER_RELATION else question),
        typed.texts.get(question, "") if problem else "" if left_open and question in _LEFT else stored,
        HINTS.get(question, ""),
        problem,
        left_open,
    )


_LEFT = {Question.BANK: OFFICER_WRITES, Question.CONTACT_PHONE: NO_PHONE}
"""What is stored where the box beside the field is ticked."""


def _text(question: Question, form: Mapping[str, str]) -> str:
    text = form.get(question.value, "").strip()
    ticked = bool(form.get(f"{question.value}_left"))
    if question in _LEFT and ticked:
        return _LEFT[question]
    if question is Question.HOLDER_RELATION and text and ticked:
        return text + PAPERS
    return text


def _said(question: Question, value: Any) -> str:
    if question is Question.ACCOUNT_NUMBER:
        return formats.in_fours(str(value))
    return formats.sentence(in_words(question, value))
