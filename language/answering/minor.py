"""Under age or under guardianship, by what is said: then an account is opened at a counter only.

Under 18 (Civil Code 2015, art. 21) or with a guardian: Circular 17/2024/TT-NHNN admits no opening online.
"""

from __future__ import annotations

import re

from language.answering.clauses import clauses_of
from language.answering.phrases import line_of
from language.answering.reading import Open
from language.dates import find_birth_year

FULL_AGE = 18
_UNITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10,
}  # fmt: skip
_AGE = re.compile(
    r" (?:(\d{1,2}) ?(?:t|tuoi)|(?:(?:moi|duoc|len|tron|co|chua day|gan) (?:duoc )?(muoi )?|(muoi ))(mot"
    r"|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi) tuoi) "
)
_BORN = re.compile(r" (?:sinh|sn|ns) ")
_TENS_BEFORE = frozenset({"muoi", "chuc", "tram", "linh"})
_SCHOOL = re.compile(
    r" (?:hoc|di hoc|dang hoc|len) (?:\S+ )?(?:lop|cap) (?:\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin"
    r"|muoi) | (?:tieu hoc|mau giao|mam non|trung hoc co so|cap hai|cap 2|cap mot|cap 1) "
)
_UNDER_AGE = re.compile(
    r" (?:vi thanh nien|chua du tuoi|chua du (?:15|16|18|muoi lam|muoi sau|muoi tam)|chua thanh nien"
    r"|chua den tuoi|duoi (?:15|16|18) tuoi|tre em|tre mo coi|con nho|con be|con nho qua) "
    r"|(?<! chu)(?<! so)(?<! to)(?<! man hinh)(?<! may) be qua "
)
_WARD = re.compile(
    r" (?:mat nang luc|han che nang luc|mat hanh vi|mat kha nang|nguoi giam ho|duoc giam ho|co giam ho"
    r"|giam ho (?:cho|cua|hai|chau|em|anh|con|me|bo)|nguoi bao ho|lam giam ho) "
)
_HELPER = re.compile(r" (?:bam|nhan|khai|go|viet|soan|lam|mo) (?:ho|giup|cho (?:toi|ba|ong|bac|cu|minh)) ")
_OF_OTHERS = re.compile(r" (?:co|nuoi|con) (?:hai|ba|mot|may|\d) (?:con|chau|dua) ")
_ASKED_AT = frozenset(
    {None, "consent", "reference", "respondent", "relation", "wants_account", "has_account", "opening", "visit_time"}
)


def minor_or_ward(text: str, open_: Open) -> bool:
    """Whether `text` says that the beneficiary is under age or has a guardian.

    The age of a child who only types for an elder is not meant.
    """
    if open_.question not in _ASKED_AT:
        return False
    return any(not clause.asks and _says_so(clause.text, open_) for clause in clauses_of(text))


def _says_so(clause: str, open_: Open) -> bool:
    line = line_of(clause)
    if _WARD.search(line):
        return True
    if (_HELPER.search(line) and not line.startswith((" toi ", " em khai", " chau con"))) or _OF_OTHERS.search(line):
        return False
    return bool(_UNDER_AGE.search(line) or _SCHOOL.search(line) or _is_young(clause, line, open_))


def _is_young(clause: str, line: str, open_: Open) -> bool:
    if open_.year is not None and _BORN.search(line) and (born := find_birth_year(clause, open_.year)):
        return open_.year - born.value < FULL_AGE
    for age in _AGE.finditer(line):
        if age[1]:
            return int(age[1]) < FULL_AGE
        before = line[: age.start()].split()[-1:]
        if not _TENS_BEFORE.intersection(before) and not (age[3] and before and before[0] in _UNITS):
            return (10 if age[2] or age[3] else 0) + _UNITS[age[4]] < FULL_AGE
    return False
