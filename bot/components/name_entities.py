"""People's names in a message: after a word that announces one, or a family name and more, written as a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from language.answering.phrases import phrases_of
from language.spans import Found, Word, words_of
from language.tables import word_set

_CUES = (
    ("chu", "tai", "khoan"), ("chu", "tk"), ("chu", "the"), ("dung", "ten"), ("mang", "ten"), ("ten", "tai", "khoan"),
    ("ten", "chu"), ("ho", "ten"), ("ho", "va", "ten"), ("ten",),
)  # fmt: skip
_TITLES = word_set("la ong ba co chu bac anh chi em chau cu con me bo toi minh cua day : chinh vo chong day du")
_NO_NAME = word_set(
    "gi nao sai dung la khac nham cua ai do day nay va thi ma o so stk tk sdt dt co khong a ah ak nhe nha da vang roi"
    " sinh tai ngan tren trong the nguoi voi duoc cho muon gui ghi ten nhung hay phai mat mo may bi de het cung"
)
_TAIL = word_set("a nhe nha ah ak day do nhi chau con em oi")
_MIDDLE_NAMES = word_set("thi van")
_SELF = word_set("toi ba ong bac cu co chu em chau con minh me bo")
_TITLED = word_set("ba ong cu bac co chu anh chi chau con")
_KIN = word_set("noi ngoai gai trai dau re ca ut lon hai ba tu tri van phuong xa hoi bo me vo chong")
_LONGEST = 5


def name_entities(text: str) -> list[Found[str]]:
    """The names in `text`, as they were typed."""
    words = words_of(text)
    found: list[Found[str]] = []
    at = 0
    while at < len(words):
        run = next((run for rule in _RULES if (run := rule(text, words, at))), None)
        if run:
            start, end = run[0].start, run[-1].end
            found.append(Found(text[start:end], start, end))
            at = words.index(run[-1]) + 1
        else:
            at += 1
    return found


def _announced(text: str, words: Sequence[Word], at: int) -> list[Word] | None:
    """The name after a cue that begins at `at` ("tên là …"); it must begin with a family name or a capital."""
    cue = next((c for c in _CUES if tuple(w.folded for w in words[at : at + len(c)]) == c), None)
    if cue is None:
        return None
    first = at + len(cue)
    while first < len(words) and words[first].folded in _TITLES and not _is_capital(text, words[first]):
        first += 1
    run = _name_words(text, words, first)
    begins_as_name = run and (_is_surname_typed(run[0]) or _is_capital(text, run[0]))
    return run if begins_as_name and (len(run) >= 2 or _is_lone_name(text, run[0])) else None


def _written_as_name(text: str, words: Sequence[Word], at: int) -> list[Word] | None:
    """A family name with a capital and two more words with capitals, in a text that is not all capitals."""
    if text.isupper() or not (_is_surname(words[at]) and _is_capital(text, words[at])):
        return None
    run = _name_words(text, words, at)
    while run and not _is_capital(text, run[-1]):
        run.pop()
    return run if len(run) >= 3 and all(_is_capital(text, word) for word in run) else None


def _sounds_as_name(text: str, words: Sequence[Word], at: int) -> list[Word] | None:
    """A family name before Thị or Văn, or after "tôi là"."""
    if not _is_surname(words[at]) or at + 1 >= len(words):
        return None
    run = _name_words(text, words, at)
    if len(run) < 2:
        return None
    with_middle_name = len(run) >= 3 and run[1].folded in _MIDDLE_NAMES
    introduced = (
        at >= 2 and words[at - 1].folded == "la" and words[at - 2].folded in _SELF and _is_surname_typed(run[0])
    )
    return run if with_middle_name or (introduced and len(run) >= 3) else None


def _after_title(text: str, words: Sequence[Word], at: int) -> list[Word] | None:
    """ "bà Hoa", "cụ Mận": capitalised words after a title written small."""
    if at == 0 or words[at - 1].folded not in _TITLED or not _is_lone_name(text, words[at]):
        return None
    if at > 1 and _is_capital(text, words[at - 1]):
        return None
    if words[at].folded in _NO_NAME | _TITLES | _KIN or _broken(text, words[at - 1], words[at]):
        return None
    run = list(takewhile(lambda word: _is_capital(text, word), _name_words(text, words, at)))
    return run or None


def _all_of_it(text: str, words: Sequence[Word], at: int) -> list[Word] | None:
    """A message of three words that begins with a family name ("nguyen ngoc lan")."""
    whole = at == 0 and len(words) == 3 and _is_surname_typed(words[0])
    run = _name_words(text, words, 0) if whole else []
    return run if len(run) == 3 else None


_RULES = (_announced, _written_as_name, _sounds_as_name, _after_title, _all_of_it)


def _broken(text: str, left: Word, right: Word) -> bool:
    """Whether anything but spaces and dots stands between two words."""
    return re.search(r"[^\s.]", text[left.end : right.start]) is not None


def _name_words(text: str, words: Sequence[Word], first: int) -> list[Word]:
    run: list[Word] = []
    for word in words[first : first + _LONGEST]:
        broken = bool(run) and _broken(text, run[-1], word)
        stops = word.folded in _NO_NAME and not _is_capital(text, word)
        if broken or stops or not word.folded.isalpha():
            break
        run.append(word)
    while len(run) > 2 and run[-1].folded in _TAIL and not _is_capital(text, run[-1]):
        run.pop()
    return run


def _is_surname(word: Word) -> bool:
    return word.folded in phrases_of("holder_name")["surname"]


# Family names that are everyday words when they stand without marks or capitals (khong, la, to, chu …).
_EVERYDAY = word_set(
    "khong la to chu can vi ma on lo than lai quan bo lac dau ta tu cao ho co con an do nhu mua hang may lai che chau"
)


def _is_surname_typed(word: Word) -> bool:
    return _is_surname(word) and word.folded not in _EVERYDAY


def _is_capital(text: str, word: Word) -> bool:
    return text[word.start].isupper()


def _is_lone_name(text: str, word: Word) -> bool:
    """ "tên Hoa": one capitalised word, where not everything is in capitals."""
    return _is_capital(text, word) and not text.isupper()
