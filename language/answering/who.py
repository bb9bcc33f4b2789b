"""Who writes, and for whom: the beneficiary, or somebody who writes in another's name."""

from __future__ import annotations

import re

from language.answering.clauses import clauses_of
from language.answering.denying import without_denied
from language.answering.kin import TOLD_IN_ANY_SENTENCE, is_doubtful, is_somebody_elses
from language.answering.names_said import is_name_like
from language.answering.phrases import first_said, line_of, says
from language.answering.reading import Open
from language.answering.yes_no import Short, short_answer
from language.relations import Relation, find_holder_relation, find_relation, find_stated_relation
from language.spans import fold_aligned
from language.text import fold

RELATIVE, SELF = "relative", "self"

_WRITES = (
    r"(?:khai|khai bao|ke khai|nhan|nhan tin|tra loi|viet|bam|soan|dien|lam|lam viec|dang ky|noi|gui|ghi"
    r"|dung ra|hoi"
    r"|dang ki|lam thu tuc|lam giay to|lo)"
)
_FOR = r"(?:ho cho|giup cho|thay cho|thay mat|ho|giup|gium|dum|thay|cho)"
_ME = r"(?:toi|minh|tui|phuong|xa|can bo|xong|nhanh|tien|roi|voi|nhe|a|day|no|vao|qua|biet)"
_FOR_ANOTHER = re.compile(
    rf" (?<!nho )(?<!tu ){_WRITES}(?: tin| loi| don| luon)? (?:ho cho|giup cho|thay cho|thay mat|ho|giup"
    rf"|gium|dum|thay)(?! (?:toi|minh|tui) )(?= )"
    rf"| (?<!nho )(?<!tu ){_WRITES}(?: tin| loi| don)? {_FOR} (?!{_ME} )(?:me|bo|cha|ba|ong|cu|vo|chong|anh"
    rf"|chi|em|chau|con|bac|co|chu|di|be|nguoi|hai|cac|may|bu|thay|ma)(?= )"
    r"| (?:thay mat|dai dien|thay cho|giam ho cho|giam ho cua|cham soc|ho) (?:me|bo|cha|ba|ong|cu|vo|chong"
    r"|anh|chi|em|chau|con|bac|co|chu|di|nguoi|gia dinh)(?= )"
    r"| (?:chau|con|em|be|anh|chi|me|bo|cu|ong|ba)(?: (?:toi|em|chau|nha toi|trai|gai|ay))? (?:con be"
    r"|con nho|nho qua|be qua|con nho qua|chua biet chu)(?= )"
)
_SOMEONE_HELPS_ME = re.compile(
    r" nho (?:\S+ ){0,4}?(?:ho|giup|bam|nhan|khai|viet)| (?:con|chau|no|thang \S+|cai \S+|con be|con bé"
    r"|dua \S+) (?:no|nha toi|toi|trai toi|gai toi) "
    rf"(?:\S+ ){{0,2}}?(?:bam|nhan|khai|viet|soan)| {_WRITES}(?: \S+)? (?:ho|giup|thay) (?:toi|minh|tui) "
    r"| (?:bam|khai|viet|soan|dien|ghi)(?: \S+)? cho (?:toi|minh|tui) "
)
_ON_A_BORROWED_PHONE = re.compile(
    r"^ (?:da |vang |a )*(?:toi|ba|ong|bac|cu|co|chu|minh|tui) muon (?:may|dien thoai|sim) "
)
_ASKS_WHO_WRITES = re.compile(rf" (?:ai|dua nao|nguoi nao|cho nao|o dau)(?: (?:da|vua|lai|moi|ma|day))* {_WRITES} ")
_DOES = re.compile(rf"\b{_WRITES} {_FOR}\b")
_ASKED_ME = re.compile(r" (?:me|bo|ba|ong|cu|ma|bac|anh|chi|vo|chong|nguoi)(?: \S+){0,2} nho (?:toi|em|minh|tui) ")
_SELF_NAME = r"(?:toi|minh|ba|ong|bac|cu|co|chu|tui|to|t|di|cau|thim|mo)"
_FILLER = r"(?:da|vang|u|uh|a|alo|thi|day|o|la|thua|chao|roi|dung|co)"
_IS_HERE = re.compile(
    rf"^ (?:{_FILLER} )*{_SELF_NAME} (?:la )?(?:\S+ ){{0,3}}?(?:day|nghe|ne|nay)(?: (?:chau|em|a|nhe|con"
    rf"|chu ai))* $"
)
_TU = re.compile(rf" {_SELF_NAME}(?: cu| van| se| thi)? tu (?!choi|nhien|dung|dau|hom|sang|nam|thang|luc|khi)")
_ALONE = re.compile(rf"^ (?:{_FILLER} )*(?:chinh )?{_SELF_NAME}(?: (?:a|day|nhe|chau|chu|thoi|roi|chu ai|ma))* $")
_IS_NAME = re.compile(rf"^ (?:{_FILLER} )*{_SELF_NAME} (?:ten )?la ")
_TELLS_NO_MORE = frozenset({"nguoi nha", "nguoi than", "nguoi quen", "ho hang", "ba con"})
_NOT_KIN_BY = (("ho", "ba"), ("ho", "ong"), ("thay", "ba"), ("thay", "ong"), ("giup", "ba"), ("giup", "ong"))
_SPOUSE = re.compile(
    r" (?:ba|ong) (?:nha|xa)(?: (?:toi|em|minh|chau))? |(?<! em)(?<! anh)(?<! chi)(?<! me)(?<! bo) (?:vo"
    r"|chong) "
)
_CALLED = re.compile(r" goi (?:\S+ ){0,3}?(?:bang|la) (\S+) ")
_BY_CALL = {
    "ba": "grandchild", "ong": "grandchild", "cu": "grandchild", "co": "other", "chu": "other", "bac": "other",
    "di": "other", "cau": "other", "mo": "other", "thim": "other", "me": "child", "bo": "child", "anh": "sibling",
    "chi": "sibling",
}  # fmt: skip
_FEW_WORDS = 4
_COUPLE = re.compile(r" vo chong | va | toi ")
_BARE = {"con": "child", "chau": "grandchild", "em": "sibling", "anh": "sibling", "chi": "sibling"}
_BARE_AROUND = re.compile(
    r"^ (?:(?:da|vang|la|toi|em|minh|a|thi) )*(con|chau|em|anh|chi) (?:(?:a|day|nhe|ruot|thoi|de|nuoi) )*$"
)
_GUARDIAN = re.compile(r"(?<! khong phai)(?<! chua co)(?<! khong co)(?<! nguoi) (?:nguoi )?(?:giam ho|bao ho|do dau) ")


def respondent(text: str, open_: Open) -> str | None:
    """`self` or `relative`: whoever writes for another is a relative, whatever else is said."""
    verdicts = [_verdict(clause.text) for clause in clauses_of(text) if clause.states]
    for sure in ("stated", "tells_self", "for_another", "kin", "here"):
        if sure in verdicts:
            return SELF if sure in ("tells_self", "here") else RELATIVE
    return None


def _verdict(clause: str) -> str | None:
    line = line_of(clause)
    if find_stated_relation(clause) or _GUARDIAN.search(line):
        return "stated"
    if _ASKED_ME.search(line):
        return "for_another"
    helped = _SOMEONE_HELPS_ME.search(line) or _ON_A_BORROWED_PHONE.search(line)
    for_another = _FOR_ANOTHER.search(line) and not _ASKS_WHO_WRITES.search(line)
    if not helped and (for_another or says(clause, "respondent", RELATIVE)):
        return "for_another"
    if says(clause, "respondent", SELF) or _TU.search(line) or helped:
        return "tells_self"
    few = len(line.split()) <= _FEW_WORDS and not _COUPLE.search(line)
    if is_somebody_elses(clause) or (few and find_holder_relation(clause)):
        return "kin"
    return "here" if says(clause, "respondent", "self_weak") or _is_here(clause, line) else None


def _is_here(clause: str, line: str) -> bool:
    """ "bà đây", "tôi", "tôi là Tịnh": whoever it is, nobody else is named."""
    if _ALONE.match(line) or _IS_HERE.match(line):
        return True
    named = _IS_NAME.match(line)
    return bool(named) and is_name_like(line[named.end() :] if named else "")


def says_who(text: str) -> str | None:
    """`self` or `relative` where `text` tells it outright, whatever is open."""
    verdicts = [_verdict(clause.text) for clause in clauses_of(text) if clause.states]
    for sure in ("stated", "tells_self", "for_another"):
        if sure in verdicts:
            return SELF if sure == "tells_self" else RELATIVE
    return None


def relation_beside(text: str) -> str | None:
    """The relation told in the same breath as "tôi khai hộ …": stated, or by naming whom it is for."""
    line = line_of(text)
    if _GUARDIAN.search(line):
        return Relation.GUARDIAN.value
    composed = _composed(text)
    if composed or is_doubtful(text):
        return composed.value if composed else None
    stated = find_stated_relation(text)
    if stated:
        return None if fold(text[stated.start : stated.end]) in _TELLS_NO_MORE else stated.value.value
    if _SPOUSE.search(line):
        return Relation.SPOUSE.value
    told = find_relation(text)
    if told and tuple(fold(text[told.start : told.end]).split()) not in _NOT_KIN_BY:
        return told.value.value
    return _who_does_it(text)


def _composed(text: str) -> Relation | None:
    return next((told for tell in TOLD_IN_ANY_SENTENCE if (told := tell(text))), None)


def _who_does_it(text: str) -> str | None:
    """ "con dâu khai giúp cụ": the relation named before the verb, at the beginning."""
    does = _DOES.search(fold_aligned(text).text)
    found = find_holder_relation(text[: does.start()]) if does else None
    if does is None or found is None or len(text[: found.start].split()) > 1:
        return None
    return None if fold(text[found.start : found.end]) in _TELLS_NO_MORE else found.value.value


def relation(text: str, open_: Open) -> str | None:
    """What the writer is to the beneficiary, asked outright: any relation named counts, the guardian before others."""
    text = without_denied(text)
    line = line_of(text)
    if _GUARDIAN.search(line):
        return Relation.GUARDIAN.value
    composed = _composed(text)
    if composed or is_doubtful(text):
        return composed.value if composed else None
    called = _CALLED.search(line)
    if called and called[1] in _BY_CALL:
        return _BY_CALL[called[1]]
    for find in (find_stated_relation, find_relation, find_holder_relation):
        found = find(text)
        if found:
            return found.value.value
    bare = _BARE_AROUND.match(line)
    return _BARE[bare[1]] if bare else None


def holder_relation(text: str, open_: Open) -> str | None:
    """What the account's holder is to the beneficiary, "+papers" after it where papers are said to exist."""
    named = find_holder_relation(without_denied(text)) or find_holder_relation("là " + text)
    value = named.value.value if named else relation(text, open_)
    if _GUARDIAN.search(line_of(text)):
        value = Relation.GUARDIAN.value
    return f"{value}+papers" if value and has_papers(text) else value


def has_papers(text: str) -> bool:
    """Whether a guardianship or a written authorisation is said to exist."""
    return first_said(text, "holder_relation") == "papers" and short_answer(text) is not Short.UNSURE
