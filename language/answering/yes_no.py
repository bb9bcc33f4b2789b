"""Yes, no and "don't know" in a few words, as the old and their grandchildren type them."""

from __future__ import annotations

import re
from enum import Enum

from language.answering.phrases import line_of, phrases_of, says, words
from language.spans import words_of


class Short(str, Enum):
    """What a short answer says."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


LONGEST_SHORT_ANSWER = 9


def short_answer(text: str) -> Short | None:
    """Yes, no or unsure, where `text` says that and hardly more; None for anything longer or else.

    "dung" is read as đúng unless it is marked as đừng or dừng.
    """
    said = words(text)
    if not said or len(said) > LONGEST_SHORT_ANSWER or is_question(text):
        return None
    line = line_of(text)
    table = phrases_of("*")
    if says(line, table["unsure"]):
        return Short.UNSURE
    if says(line, table["no"]) or _marked_as_stop(text):
        return Short.NO
    if says(line, table["yes"]):
        return Short.YES
    return _by_words(said)


def leading_answer(text: str) -> Short | None:
    """A yes or no that begins a longer message: "co, bac co tk vietcom …", "ừ, …"."""
    head = re.split(r"[,.;:!\n]", text.strip(), maxsplit=1)
    if len(head) == 1 or len(words(head[0])) > 4:
        return None
    short = short_answer(head[0])
    return None if short is Short.UNSURE else short


def _by_words(said: list[str]) -> Short | None:
    table = phrases_of("*")
    fillers, yes, no = set(table["filler"]), set(table["yes_word"]), set(table["no_word"])
    if any(word not in fillers and word not in yes and word not in no for word in said):
        return None
    if any(word in no for word in said):
        return Short.NO
    return Short.YES if said[0] == "da" or any(word in yes for word in said) else None


def _marked_as_stop(text: str) -> bool:
    return any(word.typed in ("đừng", "dừng") for word in words_of(text))


_ASKS = re.compile(
    r"\b(co\b.{2,60}\bkhong( a| vay| nhi| the| ha)?$|co phai|phai khong|the nao|lam sao|sao lai|tai sao|vi sao|"
    r"bao gio|khi nao|luc nao$|o dau|bao nhieu|la gi|cai gi|lam gi$|gi the|gi vay|ai day|ai the|de lam|nhu the nao|"
    r"duoc khong|dung khong|chua nhi|hay sao|ha chau|hay khong)"
)


def is_question(text: str) -> bool:
    """Whether `text` asks something rather than answers."""
    return "?" in text or bool(_ASKS.search(" ".join(words(text))))
