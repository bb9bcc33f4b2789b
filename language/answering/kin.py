"""Kinship that takes more than one word to tell: kin of kin, in-laws, and whose child it is about.

Each function tells what the WRITER is to the beneficiary, or None; they are asked before the plain tables
(`language.relations`), where the nearer word would mislead: "vợ con trai bà" is no wife, "khai hộ con trai" no son.
Parents of a child, and grandparents who declare for one, count as guardians (Civil Code 2015, art. 136).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from language.answering.names_said import is_name_like
from language.answering.phrases import line_of, said_words
from language.relations import Relation

_R = Relation
_ME = r"(?:toi|em|minh|chau|tui)"
_FILLER = r"(?:da|vang|thua|toi|em|minh|chau|con|la|thi|a|u|o)"
_CLOSING = r"(?:a|nhe|day|nha|thoi|ne|do|roi|anh|chi|chau|em|oi)"

_NEAR = {
    "con trai": _R.CHILD, "con gai": _R.CHILD, "con giai": _R.CHILD, "con ca": _R.CHILD, "con ut": _R.CHILD,
    "anh trai": _R.SIBLING, "anh ca": _R.SIBLING, "anh ruot": _R.SIBLING, "chi gai": _R.SIBLING,
    "chi ca": _R.SIBLING, "chi ruot": _R.SIBLING, "em trai": _R.SIBLING, "em gai": _R.SIBLING,
    "em ruot": _R.SIBLING, "chau noi": _R.GRANDCHILD, "chau ngoai": _R.GRANDCHILD, "chau trai": _R.GRANDCHILD,
    "chau gai": _R.GRANDCHILD,
}  # fmt: skip
_KIN_OF_KIN = re.compile(rf" (con|vo|chong) (?:cua )?({'|'.join(_NEAR)}) ")
_CHILD_OF = {_R.CHILD: _R.GRANDCHILD, _R.SIBLING: _R.OTHER, _R.GRANDCHILD: _R.GRANDCHILD}

_SIBLING_IN_LAW = re.compile(r" (?:em|anh|chi)(?: trai| gai| ruot)? (?:vo|chong) ")
_IS_PARENT_IN_LAW = re.compile(rf" la (?:me|bo|cha) (?:chong|vo)(?! {_ME} ) ")
_FOR_A_CHILD = re.compile(
    r" (?:ho cho|giup cho|thay cho|ho|giup|thay|gium|dum|cho) (?:con (trai|gai|giai|de|ruot|nuoi|ut|ca|dau|re)"
    r"|chau (?:noi|ngoai|trai|gai|giai)|con (?=toi |minh |em |nho ))"
)
_ELDER = r"(?:me|bo|cha|ma|bu|ong noi|ba noi|ong ngoai|ba ngoai|me nuoi|bo nuoi)"
_OF_A_LITTLE_ONE = re.compile(rf" {_ELDER} (?:cua )?(?:chau be|be|cu|con be|thang be|thang cu|con nho|dua be) ")
_OF_SOMEBODY = re.compile(rf"^ (?:{_FILLER} )*{_ELDER} (?:cua )?(?:chau|con|em) (\S+(?: \S+)?) (?:{_CLOSING} )*$")
_NOT_A_NAME = re.compile(
    r" (?:om|yeu|gia|benh|mat|liet|lu|lan|dau|mu|diec|ban|ngu|khong|chua|dang|bi|day|noi"
    r"|nam (?:vien|nay|lien|o|mot|duong)) "
)
_AUNT = r"(?:co|di|chu|bac|cau|mo|thim|duong|bo duong|me ke|di ghe)(?: ruot| ho)?"
_OF_A_CHILD = rf"(?:cua )?(?:chau|be|con|em|no)(?: (?!{_CLOSING} )\S+){{0,2}}"
_AUNT_OR_UNCLE = re.compile(
    rf"^ (?:(?:toi|em|minh|la) )*(?:{_AUNT}(?: {_OF_A_CHILD})?|ban|ban be|ban gia|nguoi lam|nguoi o)"
    r" (?:(?:a|nhe|day|nha|thoi) )*$"
)
_AUNT_OF_A_CHILD = re.compile(
    rf"^ (?:{_FILLER} )*{_AUNT} (?:cua )?(?:chau|be|em)(?: (?!{_CLOSING} )\S+){{1,2}} (?:{_CLOSING} )*$"
)
_SIBLINGS = re.compile(
    rf"^ (?:{_FILLER} )*(?:hai )?(?:anh em|chi em)(?: trai| gai| ruot| trong nha)? (?:{_CLOSING} )*$"
)


def kin_of_kin(text: str) -> Relation | None:
    """ "vợ con trai bà" is a child (in law), "con của anh trai" something else, "con gái của con trai" a grandchild."""
    found = _KIN_OF_KIN.search(line_of(text))
    if found is None:
        return None
    near = _NEAR[found[2]]
    return _CHILD_OF[near] if found[1] == "con" else near


def in_law(text: str) -> Relation | None:
    """A sibling of one's husband or wife is a sibling; "tôi là mẹ chồng" is somebody else (no word of the list)."""
    line = line_of(text)
    if _SIBLING_IN_LAW.search(line):
        return Relation.SIBLING
    return Relation.OTHER if _IS_PARENT_IN_LAW.search(line) else None


def parent_who_declares(text: str) -> Relation | None:
    """ "khai hộ con trai", "bố cháu Nam", "mẹ bé An": the beneficiary is the writer's child or grandchild."""
    line = line_of(text)
    declared_for = _FOR_A_CHILD.search(line)
    if declared_for:
        return Relation.OTHER if declared_for[1] in ("dau", "re") else Relation.GUARDIAN
    if _OF_A_LITTLE_ONE.search(line) or _names_a_child(text, line):
        return Relation.GUARDIAN
    return None


def is_doubtful(text: str) -> bool:
    """ "bo chau nam": the father of little Nam, or the writer's own, in hospital? It is asked again."""
    line = line_of(text)
    found = _OF_SOMEBODY.match(line)
    return bool(found and is_name_like(found[1]) and not _NOT_A_NAME.search(f" {found[1]} ")) and not _names_a_child(
        text, line
    )


def distant_or_equal(text: str) -> Relation | None:
    """An answer that is nothing but an aunt, an uncle, a step-parent ("dì cháu Nam"), a friend, or "chị em"."""
    line = line_of(text)
    if _SIBLINGS.match(line):
        return Relation.SIBLING
    return Relation.OTHER if _AUNT_OR_UNCLE.match(line) else None


def is_somebody_elses(text: str) -> bool:
    """Whether such kinship alone says that a relative writes: "mẹ bé An", "dì cháu Nam", "tôi là mẹ chồng"."""
    return any(tell(text) for tell in TOLD_IN_ANY_SENTENCE) or bool(_AUNT_OF_A_CHILD.match(line_of(text)))


def _names_a_child(text: str, line: str) -> bool:
    """Whether the word after "bố cháu" is written as a name."""
    found = _OF_SOMEBODY.match(line)
    if found is None:
        return False
    first = found[1].split()[0]
    return any(word.folded == first and word.capital and not text.isupper() for word in said_words(text)[1:])


Teller = Callable[[str], "Relation | None"]
TOLD_IN_ANY_SENTENCE: tuple[Teller, ...] = (kin_of_kin, in_law, parent_who_declares)
