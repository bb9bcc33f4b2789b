"""What the writer is to the beneficiary, or an account's holder is: "tôi là con gái bà", "hộ mẹ tôi".

Words of kinship are also how people call each other: "con chào bác" and "cháu ơi" name no relation. A
word counts where it is stated ("là con gái bà"), where it is the whole answer ("con dâu ạ"), or where the
beneficiary is named as somebody's own ("mẹ tôi", "thay chồng").
"""

from collections.abc import Sequence

from language.kinship import BARE_KIN, ELDERS, HOLDERS, KIN, OWN_BENEFICIARY, Relation
from language.phrases import Phrases
from language.spans import Found, Word, words_of
from language.tables import word_set

__all__ = ["Relation", "find_holder_relation", "find_relation", "find_stated_relation"]

_OPENINGS = word_set(
    "da vang alo a u uh o chao toi em con chau minh tui e t day thi bac chi anh co chu ong ba cu nha la ah"
)
_OWNERS = word_set("ong ba cu bac chu me bo cha")
_CLOSINGS = word_set("a nhe day thoi nha trong ne roi do ha")
_POINTING = word_set("ay nay day kia la nha")
_SELF = word_set("toi minh tui em chau con")
_CHILDREN = word_set("chau con be cua thang em no ruot")
_SURNAMES = word_set(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh mai luong luu cao dao doan"
)
_MOST_WORDS_OF_A_NAME = 2
# Before "mẹ con", "chồng tôi" they make it something else: hai mẹ con, vợ chồng tôi, lấy chồng em; cán bộ
# tới.
_NOT_OWN_AFTER = word_set("hai ba bon may cac nhung vo lay can")


def find_relation(text: str) -> Found[Relation] | None:
    """What the writer is to the beneficiary, stated or told by the way ("mẹ tôi", "hộ bà nội"), or None.

    A parent, or a grandparent of a child, is GUARDIAN. What is told by the way may mislead: a beneficiary
    also speaks of "chồng tôi"; where that matters, ask `find_stated_relation`.
    """
    return find_stated_relation(text) or _own_beneficiary(words_of(text))


def find_stated_relation(text: str) -> Found[Relation] | None:
    """What the writer says outright to be to the beneficiary ("tôi là con gái bà", "con dâu ạ"), or None."""
    words = words_of(text)
    for at in range(len(words)):
        stated = _stated_at(at, words)
        if stated is not None and not _is_denied(at, words):
            return stated
    return None


def find_holder_relation(text: str) -> Found[Relation] | None:
    """What the holder of an account is to the beneficiary: any relation named ("tk của con gái tôi"), or
    None.

    A parent is GUARDIAN; nothing is read from a bare con, cháu, em … but "của con".
    """
    words = words_of(text)
    named = [f for f in HOLDERS.find_in(words) if not _is_denied(_index(words, f), words)]
    return named[0] if named else find_stated_relation(text)


def _index(words: Sequence[Word], finding: Found[Relation]) -> int:
    return next(i for i, word in enumerate(words) if word.start == finding.start)


def _folded(words: Sequence[Word], i: int) -> str:
    return words[i].folded if 0 <= i < len(words) else ""


def _stated_at(at: int, words: Sequence[Word]) -> Found[Relation] | None:
    elder = _match(ELDERS, words, at)
    if elder and _is_parent_of_a_child(at, _after(words, elder), words):
        return elder
    kin = _match(KIN, words, at)
    if kin:
        return kin if _is_statement(at, _after(words, kin), words) else None
    bare = _match(BARE_KIN, words, at)
    return bare if bare and _is_bare_statement(at, words) else None


def _match(phrases: Phrases[Relation], words: Sequence[Word], at: int) -> Found[Relation] | None:
    match = phrases.match_at(words, at)
    return Found(match[0], words[at].start, words[match[1] - 1].end) if match else None


def _after(words: Sequence[Word], finding: Found[Relation]) -> int:
    return next((i for i, word in enumerate(words) if word.start >= finding.end), len(words))


def _is_after_la(at: int, words: Sequence[Word]) -> bool:
    return _folded(words, at - 1) == "la"


def _is_denied(at: int, words: Sequence[Word]) -> bool:
    """ "không phải (là) con"."""
    before = [w.folded for w in words[max(at - 3, 0) : at]]
    return "phai" in before and ("khong" in before or "ko" in before or "k" in before)


def _ends_sentence(i: int, words: Sequence[Word]) -> bool:
    return i >= len(words) or words[i].after_break


def _is_parent_of_a_child(at: int, after: int, words: Sequence[Word]) -> bool:
    """ "tôi là mẹ cháu", "tôi là mẹ"; not "tôi báo là mẹ tôi đã khuất"."""
    if not _is_after_la(at, words):
        return False
    return after == len(words) or (not words[after].after_break and words[after].folded in _CHILDREN)


def _is_statement(at: int, after: int, words: Sequence[Word]) -> bool:
    if _folded(words, at - 1).isdigit():
        return False
    if _is_after_la(at, words):
        return True
    opens = all(word.folded in _OPENINGS for word in words[:at]) and _folded(words, at - 1) != "chao"
    return opens and (_ends_sentence(after, words) or _closes_or_names_owner(after, words))


def _closes_or_names_owner(at: int, words: Sequence[Word]) -> bool:
    """ "… ạ", "… bà Hoa", "… của bà": not "con trai bác vừa đọc", where bác is the one who speaks."""
    if words[at].folded in _CLOSINGS:
        return True
    if words[at].folded == "cua":
        return _folded(words, at + 1) not in _SELF
    return words[at].folded in _OWNERS and _is_named(at + 1, words)


def _is_named(at: int, words: Sequence[Word]) -> bool:
    """Whether a name begins here, or nothing more that would be a sentence."""
    if len(words) - at <= _MOST_WORDS_OF_A_NAME or words[at].after_break or words[at].capital:
        return True
    return words[at].folded in _POINTING | _CLOSINGS | _SURNAMES


def _is_bare_statement(at: int, words: Sequence[Word]) -> bool:
    """ "con", "tôi là cháu ạ", "con của bà Hoa", "con bà Hoa": not "con chào bác" or "cháu ơi"."""
    after_la = _is_after_la(at, words)
    if at + 1 == len(words) or (_folded(words, at + 1) in _CLOSINGS and at + 2 == len(words)):
        # "vâng cháu", "dạ anh" only address somebody.
        return after_la or at == 0
    if words[at + 1].after_break:
        return after_la
    if words[at].folded not in ("con", "chau"):
        return False
    if words[at + 1].folded == "cua":
        return (after_la or at == 0) and _folded(words, at + 2) not in _SELF
    if words[at + 1].folded not in ("ong", "ba", "cu"):
        return False
    named = at + 2 < len(words) and words[at + 2].capital
    return after_la or (named and all(word.folded in _OPENINGS for word in words[:at]))


def _own_beneficiary(words: Sequence[Word]) -> Found[Relation] | None:
    for finding in OWN_BENEFICIARY.find_in(words):
        at = _index(words, finding)
        if _folded(words, at - 1) not in _NOT_OWN_AFTER and not _is_denied(at, words):
            return finding
    return None
