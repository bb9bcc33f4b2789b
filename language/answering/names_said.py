"""Finding the name in an answer to "what is the name on the account?"."""

from __future__ import annotations

import re

from language.answering.phrases import phrases_of
from language.answering.yes_no import is_question, short_answer
from language.spans import Word, words_of
from language.tables import word_set

_LEAD = re.compile(
    r"^(?:.*\b(?:chu tai khoan|chu tk|chu the|dung ten|mang ten|ten tai khoan|ten tk|ten chu|ho ten|ho va ten|"
    r"ten la|ten|tai khoan cua|tk cua|cua)\b)\s*(?:la|chu|:)?\s+"
)
_TAIL = word_set("a nhe nha da vang oi chau con em day do ah ak")
_TITLES = word_set("ong ba co chu bac anh chi em chau cu con me bo la ten toi minh")
_STOPPERS = word_set("so stk tk ngan sdt dt sinh o tai nhe nha a ah ak day do chu khong ma")
_SURE_SURNAMES = word_set(
    "nguyen tran pham hoang huynh phan vu dang bui ngo duong dinh doan trinh truong luong phung quach khuat kieu"
)
"""Family names that are no everyday words of such messages."""
LONGEST_NAME = 6


def name_said(text: str) -> str | None:
    """The full name in `text` as typed, or None: two to six words, after any lead-in ("chủ tk là …")."""
    if is_question(text) or short_answer(text) is not None:
        return None
    words = [word for word in words_of(text) if not any(letter.isdigit() for letter in word.folded)]
    after_lead = _after_lead(words)
    name = _from_surname(after_lead) or _from_surname(words) or _bare(after_lead)
    return " ".join(text[word.start : word.end] for word in name) if name else None


def full_name_in(text: str) -> str | None:
    """A full name that stands in a longer message by itself: a family name that is no everyday word, and two more."""
    words = [word for word in words_of(text) if not any(letter.isdigit() for letter in word.folded)]
    for at, word in enumerate(words):
        if word.folded in _SURE_SURNAMES:
            name = _until_stop(words[at : at + LONGEST_NAME - 2])
            if len(name) >= 3:
                return " ".join(text[one.start : one.end] for one in name)
    return None


def _after_lead(words: list[Word]) -> list[Word]:
    line = " ".join(word.folded for word in words)
    lead = _LEAD.match(line + " ")
    return words[len(line[: lead.end()].split()) :] if lead else words


def _from_surname(words: list[Word]) -> list[Word] | None:
    """The run of words that begins at the first family name."""
    for at, word in enumerate(words):
        if not _is_surname(word) or (_is_no_name_word(word) and at + 1 < len(words) and _is_surname(words[at + 1])):
            continue
        name = _until_stop(words[at : at + LONGEST_NAME])
        if len(name) >= 2:
            return name
    return None


def _is_surname(word: Word) -> bool:
    return word.folded in phrases_of("holder_name")["surname"]


def _is_no_name_word(word: Word) -> bool:
    return word.folded in _TITLES or word.folded in _STOPPERS


def _until_stop(words: list[Word]) -> list[Word]:
    kept: list[Word] = []
    for word in words:
        if len(kept) >= 2 and word.folded in _STOPPERS:
            break
        kept.append(word)
    while len(kept) > 2 and kept[-1].folded in _TAIL:
        kept.pop()
    return kept


def _bare(words: list[Word]) -> list[Word] | None:
    """A name whose family name is not in the table: two to five words and nothing else."""
    kept = _until_stop([word for word in words if word.folded not in _TITLES])
    return kept if 2 <= len(kept) <= 5 and len(kept) == len(words) else None
