"""Yes, no and "don't know" in a few words, as the old and their grandchildren type them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from language.answering.clauses import clauses_of, is_question
from language.answering.phrases import found_in, phrases_of, said_words, words
from language.marks import could_be
from language.spans import Word
from language.tables import word_set

__all__ = ["Short", "is_question", "leading_answer", "short_answer"]


class Short(str, Enum):
    """What a short answer says."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


_PLAIN_NO = word_set("khong ko k kg kh hk hok hong khg hem khoong no thoi dung")
_YES_AS_WRITTEN = {
    "co": "có", "u": "ừ", "vang": "vâng", "duoc": "được", "dung": "đúng", "chuan": "chuẩn", "phai": "phải",
    "roi": "rồi", "gat": "gật",
}  # fmt: skip
"""Words of assent that without their marks are other words too: with other marks ("cô", "phái") they are none."""
_THUMBS_UP = re.compile(
    "\\s*[\U0001f44d\U0001f44c\U0001f197\u2705][\\s\U0001f44d\U0001f44c\U0001f197\u2705\ufe0f\U0001f3fb-\U0001f3ff]*"
)
"""Nothing but 👍, 👌 and the like: how people who do not type agree."""
LONGEST_SHORT_ANSWER = 9
LONGEST_LEAD = 5


def short_answer(text: str) -> Short | None:
    """Yes, no or unsure, where `text` says that and hardly more; None for anything longer or else.

    "dung" is read as đúng unless it is marked as đừng, dừng or dùng.
    """
    said = words(text)
    if not said and _THUMBS_UP.fullmatch(text):
        return Short.YES
    if not said or len(said) > LONGEST_SHORT_ANSWER or any(clause.asks for clause in clauses_of(text)):
        return None
    values = [value for value, denied in found_in(text, "*") if not (denied and value == "yes")]
    if "unsure" in values:
        return Short.UNSURE
    if "no" in values or "no_fact" in values or _is_marked(text, "đừng", "dừng"):
        return Short.NO
    if "yes" in values:
        return Short.YES
    return _by_words(text, said)


def leading_answer(text: str) -> Short | None:
    """A yes or no that begins a longer message: "co, bac co tk vietcom …", "ừ, …"."""
    clauses = clauses_of(text)
    if len(clauses) == 1 or not clauses[0].states or len(words(clauses[0].text)) > LONGEST_LEAD:
        return None
    short = short_answer(clauses[0].text)
    return None if short is Short.UNSURE else short


def brief_answer(text: str) -> Short | None:
    """The yes or no that `text` begins with, else what it says shortly; nothing of what belongs elsewhere."""
    led = leading_answer(text)
    if led or any(clause.elsewhere for clause in clauses_of(text)):
        return led
    return short_answer(text)


def refuses(text: str) -> bool:
    """Whether a short `text` refuses: "không", "thôi không cần"; not "chưa có", "nhầm rồi", "không phải"."""
    if short_answer(text) is not Short.NO:
        return False
    values = {value for value, _ in found_in(text, "*")}
    return "no" in values or ("no_fact" not in values and bool(_PLAIN_NO.intersection(words(text))))


def is_courtesy(text: str) -> bool:
    """Whether `text` holds nothing but yes, no, and the words people put around them."""
    table = phrases_of("*")
    known = {*table["filler"], *table["yes_word"], *table["no_word"]}
    return all(word in known for word in words(text))


def _by_words(text: str, said: tuple[str, ...]) -> Short | None:
    table = phrases_of("*")
    yes, no = set(table["yes_word"]), set(table["no_word"])
    if not is_courtesy(text) or _is_marked(text, "dùng"):
        return None
    if any(word in no for word in said):
        return Short.NO
    if any(word in yes and word not in _YES_AS_WRITTEN for word in said):
        return Short.YES
    spoken = _uncalled(said_words(text))
    agrees = any(word.folded in yes and could_be(word.typed, _YES_AS_WRITTEN.get(word.folded, "")) for word in spoken)
    return Short.YES if agrees or (spoken and could_be(spoken[0].typed, "dạ")) else None


def _uncalled(spoken: Sequence[Word]) -> list[Word]:
    """The words without a call: "cô ơi" is no "có", with or without its marks."""
    called = {place for place, word in enumerate(spoken) if word.folded == "oi"}
    return [word for place, word in enumerate(spoken) if place not in called and place + 1 not in called]


def _is_marked(text: str, *typed: str) -> bool:
    return any(word.typed in typed for word in said_words(text))
