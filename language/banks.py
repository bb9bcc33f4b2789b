"""Which bank or wallet a message names: by name, nickname, old name, or a misspelling of one.

Many banks are called by everyday words (nông nghiệp, quân đội, đầu tư, nam á). Those count only beside a
bank word ("ngân hàng", "tk", "thẻ") or, where they are not too ordinary, beside an account number or as
the whole message. What may mean several banks ("việt", "sài gòn") names none: see `bank_candidates`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from language.bank_list import (
    Bank,
    BankKind,
    LengthCheck,
    account_length_ok,
    all_banks,
    bank_by_bin,
    bank_by_name,
)
from language.edit_distance import within
from language.phrases import Phrases
from language.spans import Found, Word, without_overlaps, words_of
from language.tables import read_table, word_set

__all__ = [
    "Bank",
    "BankKind",
    "LengthCheck",
    "account_length_ok",
    "all_banks",
    "bank_by_bin",
    "bank_by_name",
    "bank_candidates",
    "find_banks",
]

_BANK_WORDS = word_set("nh nganhang nhtm nhtmcp tmcp bank banh tk stk the atm vi app khoan")
_CONNECTING = word_set("ben o cua tai la tmcp ten bang thuong mai co phan cai")
_FILLERS = word_set("da vang a u uh ua co roi la ben cua thi nhe ay day do thoi so ten tai khoan cai bac nha dung")
# Places that begin like a bank's nickname.
_NO_BANKS = ("tp hcm", "tp hồ chí minh", "tp hà nội", "tp đà nẵng", "tp hải phòng", "tp cần thơ", "tp huế")
_SUFFIXES = ("banh", "bak", "bnak", "bnk", "banks", "back")
_SPACED_SUFFIX = word_set("bank banh bak bnak bnk back com combank combanh comban pay money")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_FUZZY_LENGTH = 7
_TWO_SLIPS_LENGTH = 9


def _as_phrase(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name))


def _spellings(name: str) -> Iterator[str]:
    """The name, and with "bank" as people spell it by ear or in haste."""
    phrase = _as_phrase(name)
    yield phrase
    if phrase.lower().endswith("bank"):
        for suffix in _SUFFIXES:
            yield phrase[:-4] + suffix
        # Only attached: "viet bang" is "viết bằng" (written by).
        if not phrase.lower().endswith(" bank"):
            yield phrase[:-4] + "băng"


def _names() -> Iterator[tuple[str, Bank | None]]:
    for bank in all_banks():
        for name in bank.names:
            yield from ((spelling, bank) for spelling in _spellings(name))
    yield from ((place, None) for place in _NO_BANKS)


def _brands() -> dict[str, list[tuple[str, Bank]]]:
    """One-word names long enough to be recognised with a slip in them, by first letter."""
    brands: dict[str, list[tuple[str, Bank]]] = {}
    for bank in all_banks():
        for name in {"".join(name.lower().split()) for name in (bank.short_name, *bank.aliases, *bank.old_names)}:
            if name.isascii() and len(name) >= _FUZZY_LENGTH:
                brands.setdefault(name[0], []).append((name, bank))
    return brands


_NAMES = Phrases(_names())
_EVERYDAY = Phrases((_as_phrase(name), bank) for bank in all_banks() for name in bank.everyday_names)
_ORDINARY = Phrases((_as_phrase(name), bank) for bank in all_banks() for name in bank.needs_bank_word)
_BRANDS = _brands()
_BY_CODE = {bank.code: bank for bank in all_banks()}
_HINTS = Phrases(
    (row["words"], tuple(_BY_CODE[code] for code in row["codes"].split(";"))) for row in read_table("bank_hints.csv")
)


def find_banks(text: str) -> list[Found[Bank]]:
    """The banks and wallets that `text` names beyond doubt, in order, with their spans."""
    words = words_of(text)
    named = _NAMES.find_in(words)
    findings = [Found(f.value, f.start, f.end) for f in named if f.value is not None]
    free = _outside(words, named)
    findings += [f for f in _EVERYDAY.find_in(words) if _is_meant(f, words) and not _overlaps(f, named)]
    findings += [f for f in _ORDINARY.find_in(words) if _beside_bank_word(f, words) and not _overlaps(f, named)]
    findings += _spelled_out(free)
    findings += [Found(banks[0], start, end) for banks, start, end in _misspelt(free) if len(banks) == 1]
    return without_overlaps(findings)


def bank_candidates(text: str) -> list[Bank]:
    """The banks that `text` may mean when it names none for certain ("việt", "ngân hàng sài gòn",
    "vietibank").

    Empty when nothing hints at a bank, and when `find_banks` has the answer.
    """
    if find_banks(text):
        return []
    words = words_of(text)
    for hint in _HINTS.find_in(words):
        if _is_meant(hint, words):
            return list(hint.value)
    return next((banks for banks, _, _ in _misspelt(words)), [])


def _overlaps(finding: Found[Bank], others: Iterable[Found[Bank | None]]) -> bool:
    return any(finding.overlaps(other) for other in others)


def _outside(words: Sequence[Word], findings: Sequence[Found[Bank | None]]) -> list[Word]:
    return [w for w in words if not any(f.start <= w.start < f.end for f in findings)]


def _is_meant(finding: Found[object], words: Sequence[Word]) -> bool:
    """Whether an everyday word is a bank here: beside a bank word or a number, or with nothing else said."""
    return _beside_bank_word(finding, words) or _beside_number(finding, words) or _alone(finding, words)


def _before(finding: Found[object], words: Sequence[Word]) -> list[Word]:
    return [w for w in words if w.end <= finding.start]


def _after(finding: Found[object], words: Sequence[Word]) -> list[Word]:
    return [w for w in words if w.start >= finding.end]


def _beside_bank_word(finding: Found[object], words: Sequence[Word]) -> bool:
    if any(w.folded in ("bank", "banh") for w in _after(finding, words)[:1]):
        return True
    before = _before(finding, words)
    while before and (before[-1].folded in _CONNECTING or before[-1].folded.isdigit()):
        before.pop()
    if not before:
        return False
    return before[-1].folded in _BANK_WORDS or [w.folded for w in before[-2:]] in (
        ["ngan", "hang"],
        ["nha", "bang"],
    )


def _beside_number(finding: Found[object], words: Sequence[Word]) -> bool:
    beside = _before(finding, words)[-1:] + _after(finding, words)[:1]
    return any(len(w.folded) >= 4 and _is_number(w) for w in beside)


def _is_number(word: Word) -> bool:
    return word.folded.isdigit() and not _YEAR.match(word.folded)


def _alone(finding: Found[object], words: Sequence[Word]) -> bool:
    others = _before(finding, words) + _after(finding, words)
    return all(w.folded in _FILLERS or _is_number(w) for w in others)


def _spelled_out(words: Sequence[Word]) -> list[Found[Bank]]:
    """Abbreviations typed letter by letter: "B I D V", "a.c.b"."""
    findings: list[Found[Bank]] = []
    if sum(len(w.folded) == 1 for w in words) < 3:
        return findings
    for first in range(len(words)):
        for after in (first + 4, first + 3):
            letters = words[first:after]
            if len(letters) == after - first and all(len(w.folded) == 1 for w in letters):
                bank = bank_by_name("".join(w.folded for w in letters))
                if bank:
                    findings.append(Found(bank, letters[0].start, letters[-1].end))
    return findings


def _misspelt(words: Sequence[Word]) -> Iterator[tuple[list[Bank], int, int]]:
    """Words one or two slips away from a brand, with the banks they may mean."""
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else None
        if following and following.folded in _SPACED_SUFFIX and len(word.folded) >= 4:
            banks = _nearest(word.folded + following.folded)
            if banks:
                yield banks, word.start, following.end
        elif len(word.folded) >= _FUZZY_LENGTH:
            banks = _nearest(word.folded)
            if banks:
                yield banks, word.start, word.end


def _nearest(typed: str) -> list[Bank]:
    """The banks whose brand is nearest to `typed`, if one is near enough (same first letter)."""
    if len(typed) < _FUZZY_LENGTH:
        return []
    most = 2 if len(typed) >= _TWO_SLIPS_LENGTH else 1
    found: dict[str, int] = {}
    for brand, bank in _BRANDS.get(typed[0], ()):
        distance = within(typed, brand, most if len(brand) >= _TWO_SLIPS_LENGTH else 1)
        if distance is not None:
            found[bank.code] = min(distance, found.get(bank.code, distance))
    best = min(found.values(), default=0)
    return [_BY_CODE[code] for code, distance in found.items() if distance == best]
