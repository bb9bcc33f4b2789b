"""Finding the name in an answer to "what is the name on the account?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from language.answering.clauses import clauses_of
from language.answering.phrases import phrases_of
from language.answering.yes_no import short_answer
from language.spans import Word, words_of
from language.syllables import is_bare_syllable
from language.tables import word_set
from language.text import strip_marks

_LEAD = re.compile(
    r"^(?:.*\b(?:chu tai khoan|chu tk|chu the|dung ten|mang ten|ten tai khoan|ten tk|ten chu|ho ten"
    r"|ho va ten|"
    r"ten la|ten|tai khoan cua|tk cua|cua)\b)\s*(?:la|chu|:)?\s+"
)
_TAIL = word_set("oi da vang")
_BEFORE_A_NAME = word_set("thi van")
_GIVEN_TOO = word_set("bao hang hieu lam mai ngan nhung nghi the tra quen")
"""Words of conversation that are given names too: taken as such after a family name that is no everyday word."""
_CLEAR_SURNAMES = word_set("le ly vu do ha dao cao vo ngo ho loc luc mac ninh nong hua dam tong quach kim tieu thai")
_HMONG_SURNAMES = word_set("giang thao ma sung mua lau phang hang trang ly lo ho")
"""After these "A" is a part of a man's name ("Giàng A Pao")."""
_TITLES = word_set("ong ba co chu bac anh chi em chau cu con me bo la ten toi minh")
_STOPPERS = word_set("so stk tk ngan sdt dt sinh o tai nhe nha a ah ak day do chu khong ma")
_SURE_SURNAMES = word_set(
    "nguyen tran pham hoang huynh phan vu dang bui ngo duong dinh doan trinh truong luong phung quach khuat"
    " kieu"
    " nghiem trieu vuong thach diep uong luu"
)
"""Family names that are no everyday words of such messages."""
LONGEST_NAME = 6


def name_said(text: str) -> str | None:
    """The full name in `text` as typed, or None: two to six words, after any lead-in ("chủ tk là …")."""
    for clause in clauses_of(text):
        name = _in_clause(clause.text) if clause.states else None
        if name:
            return name
    return None


def is_surely_name(name: str) -> bool:
    """Whether `name` has a family name that is no everyday word, or "thị" or "văn" in it."""
    words = [word.folded for word in words_of(name)]
    return words[0] in _SURE_SURNAMES or bool(_BEFORE_A_NAME.intersection(words[1:-1]))


def full_name_in(text: str) -> str | None:
    """A full name that stands in a longer message by itself: a family name that is no everyday word, and two more."""
    words = _letter_words(text)
    for at, word in enumerate(words):
        if word.folded in _SURE_SURNAMES:
            name = _until_stop(words[at : at + LONGEST_NAME - 2])
            if len(name) >= 3:
                return _typed(text, name)
    return None


def is_name_like(text: str) -> bool:
    """Whether `text` may be somebody's name and nothing else ("tuyen", "hua thi sim")."""
    words = _letter_words(text)
    kept = _until_stop(list(words))
    return 1 <= len(kept) <= 4 and not any(_is_chatter(word) or word.folded in _TITLES for word in kept[:1] + kept[1:])


def _in_clause(clause: str) -> str | None:
    if short_answer(clause) is not None:
        return None
    words = _letter_words(clause)
    after_lead = _after_lead(words)
    name = _from_surname(after_lead) or _from_surname(words) or _bare(after_lead)
    return _typed(clause, name) if name else None


def _typed(text: str, name: Sequence[Word]) -> str:
    """The words as they stand, apostrophes between them too ("H'Hen Niê"); slips of the keys mended ("thj", "Hoaf")."""
    pieces, end = [], name[0].start
    for word in name:
        typed = text[word.start : word.end]
        slipped = strip_marks(typed).lower() != word.folded
        pieces += [text[end : word.start], _like(typed, word.folded) if slipped else typed]
        end = word.end
    return " ".join("".join(pieces).split())


def _like(typed: str, folded: str) -> str:
    return folded.upper() if typed.isupper() else folded.title() if typed[:1].isupper() else folded


def _letter_words(text: str) -> list[Word]:
    return [word for word in words_of(text) if not any(letter.isdigit() for letter in word.folded)]


def _after_lead(words: list[Word]) -> list[Word]:
    line = " ".join(word.folded for word in words)
    lead = _LEAD.match(line + " ")
    return words[len(line[: lead.end()].split()) :] if lead else words


def _from_surname(words: list[Word]) -> list[Word] | None:
    """The run of words that begins at the first family name; one that is an everyday word needs a name after it."""
    for at, word in enumerate(words):
        if not _is_surname(word) or (_is_no_name_word(word) and at + 1 < len(words) and _is_surname(words[at + 1])):
            continue
        name = _until_stop(words[at : at + LONGEST_NAME])
        if len(name) >= 2 and (word.folded in _SURE_SURNAMES or _reads_as_name(name, alone=at == 0)):
            return name
    return None


def _reads_as_name(name: Sequence[Word], *, alone: bool) -> bool:
    """Whether words that begin with an everyday family name are a name: written with capitals, "thị" or "văn" in
    the middle, or nothing else and no word of conversation."""
    if name[1].folded in ("thi", "van") and len(name) > 2:
        return True
    if name[0].folded in _HMONG_SURNAMES and name[1].folded == "a" and len(name) == 3:
        return True
    if alone and len(name) == 2 and name[0].folded in _CLEAR_SURNAMES and name[1].folded in _GIVEN_TOO:
        return True
    if any(_is_chatter(word) or (word.folded in _TITLES and not word.capital) for word in name[1:]):
        return False
    return alone or all(word.capital for word in name)


def _is_chatter(word: Word) -> bool:
    return word.folded in phrases_of("holder_name")["chatter"] and not (word.capital and word.typed != word.folded)


def _is_surname(word: Word) -> bool:
    return word.folded in phrases_of("holder_name")["surname"]


def _is_no_name_word(word: Word) -> bool:
    return word.folded in _TITLES or word.folded in _STOPPERS


def _until_stop(words: list[Word]) -> list[Word]:
    """The words up to a courtesy; after "thị" and "văn" any word is a name ("Nguyễn Thị Nhã")."""
    kept: list[Word] = []
    for word in words:
        ends = word.folded in _STOPPERS or word.after_break
        if len(kept) >= 2 and ends and not (_announces_a_name(kept) and not word.after_break):
            break
        kept.append(word)
    if len(kept) > 3 and kept[-1].folded == "oi" and kept[-2].folded in _TITLES:
        return kept[:-2]
    return kept[:-1] if len(kept) > 2 and kept[-1].folded in _TAIL else kept


def _announces_a_name(kept: list[Word]) -> bool:
    """Whether whatever follows is a name: after "thị", "văn", and the "A" of a Mông man."""
    return kept[-1].folded in _BEFORE_A_NAME or (kept[0].folded in _HMONG_SURNAMES and kept[-1].folded == "a")


def _bare(words: list[Word]) -> list[Word] | None:
    """A name whose family name is not in the table: two to five words that may be Vietnamese, and nothing else."""
    kept = _until_stop([word for word in words if word.folded not in _TITLES])
    rest = words[len(kept) :]
    if not (2 <= len(kept) <= 5 and kept == words[: len(kept)] and all(_is_courtesy(word) for word in rest)):
        return None
    readable = all(is_bare_syllable(word.folded) or word.capital for word in kept)
    marks = (
        kept[1].folded in _BEFORE_A_NAME and len(kept) > 2 and kept[0].folded != kept[2].folded
    )  # "thị" without its marks is "thì" as well
    plain = [word for word in kept if not (marks and word is kept[1])]
    return kept if readable and not any(_is_chatter(word) for word in plain) else None


def _is_courtesy(word: Word) -> bool:
    return word.folded in _TAIL or word.folded in ("nhe", "a", "ah", "nha", "ak")
