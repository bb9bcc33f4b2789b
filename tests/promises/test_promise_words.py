"""What no message to a citizen says: the category of the allowance, the product's name; nor does it ask for secrets."""

from __future__ import annotations

import re

import pytest

from bot.actions.choices import CHOICES, TITLES
from bot.actions.meanings import meaning_choices
from conversations.answering import SORRY
from language.text import fold
from loa.dialogue.source import read_dialogue
from outreach.usual_texts import INVITATION, REMINDER

CATEGORIES = ("bảo trợ xã hội", "người có công", "hộ nghèo", "hộ cận nghèo", "thương binh", "liệt sĩ", "khuyết tật",
              "tâm thần", "mồ côi", "nhiễm HIV", "hưu trí xã hội", "BTXH", "NCC")  # fmt: skip
OUR_NAME = "loa phuong"
SECRET = re.compile(r"\b(otp|ma pin|mat khau|cvv)\b")
NOT_ASKED_FOR = re.compile(r"\b(dung|khong)\b|^mat the")
"""Words about secrets warn of them, or help somebody who forgot one."""


def texts() -> dict[str, str]:
    """Everything that may reach a citizen, by where it comes from."""
    dialogue = read_dialogue()
    chosen = {choice["title"] for choices in CHOICES.values() for choice in choices} | set(TITLES.values())
    offered = {choice["title"] for choice in meaning_choices(sorted(dialogue.labels))}
    own = {"invitation": INVITATION, "reminder": REMINDER, "sorry": SORRY}
    return {**dialogue.responses, **own, **{f"choice {title}": title for title in sorted(chosen | offered)}}


TEXTS = texts()


@pytest.mark.parametrize("category", CATEGORIES)
def test_no_category_is_named(category: str) -> None:
    word = re.compile(rf"\b{re.escape(fold(category))}\b")
    assert [name for name, text in TEXTS.items() if word.search(fold(text))] == []


def test_the_commune_office_speaks_not_a_product() -> None:
    assert [name for name, text in TEXTS.items() if OUR_NAME in fold(text)] == []


def test_secrets_are_only_warned_of() -> None:
    sentences = [(name, part) for name, text in TEXTS.items() for part in re.split(r"(?<=[.!?])\s", fold(text))]
    asked = [(name, part) for name, part in sentences if SECRET.search(part) and not NOT_ASKED_FOR.search(part)]
    assert [one for one in asked if not one[0].startswith("choice ")] == []
