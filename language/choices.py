"""Which of the numbered choices a message picks: "1", "câu 1", "cái đầu", "chọn b", or words of the
choice itself.

A number picks only when the message says nothing else: "1 con gai cua toi" picks nothing.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from language.edit_distance import within
from language.marks import could_be
from language.number_words import digit_word
from language.spans import Word, words_of
from language.tables import word_set

_BEFORE = word_set(
    "da vang u uh a em toi bac con chau ong chu minh cho xin thi chon lay theo dong y la muon bam nhan go"
)
_NOUNS = word_set("cai cau so muc lua chon dap an phuong phan nut phim y o thu")
_AFTER = word_set("a nhe nha di thoi day do luon oi roi cung duoc")
# They end an answer ("số 3 nhé cháu") only after such a word or a noun: "2 con" is two children.
_ADDRESSED = word_set("em chau con bac co chu anh chi ban")
_FILLERS = _BEFORE | _AFTER | _ADDRESSED | word_set("o thi roi ay do kia nay duoc dc ok cung lam gi hon")
_NEGATIONS = word_set("khong ko k chua chang")
_PICKS_FIRST = ("dau", "dau tien", "nhat", "thu nhat", "tren cung", "tren dau")
_PICKS_LAST = ("cuoi", "cuoi cung", "sau cung", "duoi cung", "chot", "sau chot")
_PICKS_OF_TWO = {"tren": 0, "truoc": 0, "duoi": 1, "sau": 1, "kia": 1, "con lai": 1}
_BEFORE_CUNG = word_set("cuoi sau tren duoi")
_LETTERS = "abcdefgh"
_MOST_WORDS = 12
_LEAST_SHARE = 0.6
_SHORTEST_MISSPELT = 4


def pick_choice(text: str, titles: Sequence[str]) -> int | None:
    """The index (from 0) of the choice that `text` picks among `titles`, or None when it picks none for
    certain.
    """
    words = words_of(re.sub(r"(?<=[^\W\d_])(?=\d)", " ", text))
    if not words or len(words) > _MOST_WORDS or not titles:
        return None
    by_place = _by_place(words, text, len(titles))
    if by_place is not None:
        return by_place
    number = _number(words[0], "") if len(words) > 1 and words[0].folded.isdigit() else None
    by_words = _by_words(words[1:] if number else words, titles)
    return None if number and by_words != number - 1 else by_words


def _by_place(words: Sequence[Word], text: str, count: int) -> int | None:
    """ "số 2", "cái đầu", "b)": place words and nothing else but courtesies."""
    core = _without_courtesies(words)
    while len(core) > 1 and core[0].folded in _NOUNS:
        core = core[1:]
    if not core:
        return None
    said = " ".join(word.folded for word in core)
    named = any(word.folded in _NOUNS for word in words)
    if len(core) <= 2 and (said in _PICKS_FIRST or said in _PICKS_LAST) and (named or "tien" in said or "cung" in said):
        return 0 if said in _PICKS_FIRST else count - 1
    if count == 2 and named and said in _PICKS_OF_TWO:
        return _PICKS_OF_TWO[said]
    number = _number(core[0], text) if len(core) == 1 else None
    return number - 1 if number and number <= count else None


def _without_courtesies(words: Sequence[Word]) -> Sequence[Word]:
    core = list(words)
    named = any(word.folded in _NOUNS for word in words)
    while len(core) > 1 and core[0].folded in _BEFORE and core[0].folded != "a":
        core = core[1:]
    if len(core) > 1 and core[-1].folded in _ADDRESSED and (named or core[-2].folded in _AFTER):
        core = core[:-1]
    while len(core) > 1 and core[-1].folded in _AFTER and not _belongs_to(core[-2], core[-1]):
        core = core[:-1]
    return core


def _belongs_to(before: Word, last: Word) -> bool:
    """ "cuối cùng", "câu a": the last word is no courtesy."""
    if last.folded == "cung":
        return before.folded in _BEFORE_CUNG
    return last.folded == "a" and before.folded in _NOUNS | {"chon"}


def _number(word: Word, text: str) -> int | None:
    """The number, or the place of the letter, that one word stands for. A bare "a" is mostly an
    interjection.
    """
    if word.folded.isdigit():
        return int(word.folded) if len(word.folded) <= 2 and word.folded.isascii() else None
    if len(word.typed) == 1 and word.typed in _LETTERS:
        is_label = word.typed != "a" or bool(re.search(r"A|a[).]|(?:ch[oọ]n|c[aâ]u|m[uụ]c|[yý]) a", text))
        return _LETTERS.index(word.typed) + 1 if is_label else None
    digit = digit_word(word)
    return int(digit) if digit and digit != "0" else None


def _by_words(words: Sequence[Word], titles: Sequence[str]) -> int | None:
    """The one title whose own words the message uses, misspelt or without marks."""
    title_words = [words_of(title) for title in titles]
    denied = any(word.folded in _NEGATIONS for word in words)
    denying = [any(word.folded in _NEGATIONS for word in title) for title in title_words]
    fitting = [i for i in range(len(titles)) if denying[i] == denied]
    picked = _best(words, title_words, fitting)
    if picked is None and not denied:
        # "tien mat" may well pick "Không, nhận tiền mặt".
        picked = _best(words, title_words, range(len(titles)))
    return picked


def _best(words: Sequence[Word], titles: Sequence[Sequence[Word]], among: Sequence[int]) -> int | None:
    scores = dict.fromkeys(among, 0.0)
    matched = counted = 0
    for word in words:
        owners = [i for i in among if _is_in(word, titles[i])]
        counted += bool(owners) or word.folded not in _FILLERS | _NEGATIONS
        matched += bool(owners)
        for i in owners:
            # A word that every choice has tells nothing.
            scores[i] += 1 / len(owners) if len(owners) < len(among) or len(among) == 1 else 0
    if not matched or matched / counted < _LEAST_SHARE:
        return None
    best = max(scores.values())
    winners = [i for i, score in scores.items() if score == best]
    return winners[0] if best > 0 and len(winners) == 1 else None


def _is_in(word: Word, title: Sequence[Word]) -> bool:
    if any(could_be(word.typed, own.typed) for own in title):
        return True
    if word.folded in ("ko", "k"):
        return any(own.folded == "khong" for own in title)
    if len(word.folded) < _SHORTEST_MISSPELT:
        return False
    joined = [first.folded + second.folded for first, second in pairwise(title)]
    slips = (own for own in (*(w.folded for w in title), *joined) if len(own) >= _SHORTEST_MISSPELT)
    return any(within(word.folded, own, 1) is not None for own in slips)
