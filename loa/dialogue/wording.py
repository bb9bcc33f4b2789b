"""Whether every text can be filled, and fits the SMS it may take, at its longest.

Measured is what leaves for a phone without diacritics: the longest form of address, the longest names of offices and
banks, facts as a commune states them, choices numbered (dialogue.md, rules of conduct 8 and 9).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from string import Formatter

from sqlalchemy.orm import Session

from bot.actions.choices import TITLES, Choice, choices_for, corrections
from bot.actions.meanings import meaning_choices
from bot.actions.words import words_for
from conversations.rendering import Spoken, render
from conversations.thread import Channel
from language.bank_list import all_banks
from language.tables import read_table
from loa.dialogue.longest_summary import longest_summary
from loa.dialogue.source import Dialogue
from roster.survey.questions import Question

MOST_SEGMENTS = 2
MOST_SEGMENTS_OF_A_SUMMARY = 3
MOST_SEGMENTS_OF_TWO = 3
"""A served question and the open question in one reply."""

SUMMARY = ("utter_ask_confirm", "utter_again_confirm")
GIVEN_WITH_THE_TEXT = {
    **{name: {"tom_tat"} for name in SUMMARY},
    "utter_problem_number_length": {"chu_so"},
}
"""Placeholders that an action fills for one response alone."""
_FACTS = {
    "dien_thoai": "024 3852 0000",
    "noi_lam_viec": "bộ phận một cửa, trụ sở UBND",
    "gio_lam_viec": "8:00-11:30 và 13:30-17:00, thứ hai đến thứ sáu",
    "ngay_chi_tra": "từ ngày 5 đến ngày 10 hằng tháng",
    "giay_to": "căn cước công dân và giấy ủy quyền nếu nhận thay",
    "noi_mo": "nhà văn hóa tổ dân phố",
}


def placeholder_faults(dialogue: Dialogue) -> list[str]:
    """Every placeholder is one that the actions fill."""
    known = set(_words_of_nobody())
    return [
        f"{name}: nobody fills {{{placeholder}}}"
        for name, text in dialogue.responses.items()
        for placeholder in sorted(_placeholders(text) - known - GIVEN_WITH_THE_TEXT.get(name, set()))
    ]


def spelling_faults(dialogue: Dialogue) -> list[str]:
    """Every text is in composed form, without spaces that nobody sees."""
    return [
        f"{name}: not NFC, or with spaces too many"
        for name, text in dialogue.responses.items()
        if unicodedata.normalize("NFC", text) != text or "  " in text or text != text.strip()
    ]


def length_faults(dialogue: Dialogue) -> list[str]:
    """Every response with its choices fits, and so does an answer beside the open question."""
    texts = dialogue.responses
    faults = []
    for name, text in texts.items():
        most = MOST_SEGMENTS_OF_A_SUMMARY if name in SUMMARY else MOST_SEGMENTS
        if (taken := segments_of(filled(text), choices_with(name, dialogue.labels))) > most:
            faults.append(f"{name}: {taken} segments, {most} at most")
    for served, asked in _together(texts):
        taken = segments_of(f"{filled(texts[served])}\n{filled(texts[asked])}", choices_with(asked, dialogue.labels))
        if taken > MOST_SEGMENTS_OF_TWO:
            faults.append(f"{served} and {asked}: {taken} segments, {MOST_SEGMENTS_OF_TWO} at most")
    return faults


def segments_of(text: str, choices: list[Choice]) -> int:
    """The SMS segments of a reply to somebody who writes without diacritics."""
    return sum(part.segments for part in render(Spoken(text, choices), Channel.SMS, False))


def filled(text: str) -> str:
    """`text` with the longest words that any of its placeholders sensibly gets."""
    return text.format_map(longest_words())


def longest_words() -> dict[str, str]:
    """Every placeholder with its longest value; "ông/bà" and "chúng tôi" are the longest forms of address."""
    office = _longest_office()
    return {
        **_words_of_nobody(),
        **_FACTS,
        "co_quan": office,
        "Co_quan": office,
        "nguoi_huong": "người hưởng trợ cấp",
        "Nguoi_huong": "Người hưởng trợ cấp",
        "ngan_hang": max((bank.short_name for bank in all_banks()), key=len),
        "han_chot": "20/01/2027",
        "muc_sua": max(TITLES.values(), key=len).lower(),
        "chu_so": "15",
        "tom_tat": longest_summary(),
    }


def choices_with(name: str, labels: Iterable[str]) -> list[Choice]:
    """The choices that go out with response `name`, the way out for a second failure included."""
    if name == "utter_did_you_mean":
        return _longest_meanings(labels)
    if name == "utter_which_to_correct":
        return corrections(list(TITLES)[:8])
    for question in Question:
        if name == f"utter_ask_{question.value}":
            return choices_for(question, 0)
        if name == f"utter_again_{question.value}":
            return choices_for(question, 2)
    return []


def _words_of_nobody() -> dict[str, str]:
    """What `words_for` fills where nothing is known; nothing is looked up then."""
    return words_for(Session(), None, None, date(2026, 11, 10))


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _longest_office() -> str:
    kind, _, name = max((row["name"] for row in read_table("communes_hanoi.csv")), key=len).partition(" ")
    return f"UBND {kind.lower()} {name}"


def _longest_meanings(labels: Iterable[str]) -> list[Choice]:
    return sorted(meaning_choices(list(labels)), key=lambda choice: len(choice["title"]))[-2:]


def _together(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each answer to a question that people ask, with each question of the survey but the summary."""
    asked = [f"utter_ask_{question.value}" for question in Question if question is not Question.CONFIRM]
    return ((served, ask) for served in texts if "/" in served for ask in asked)
