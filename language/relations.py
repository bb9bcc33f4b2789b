"""What the writer is to the beneficiary, or an account's holder is: "tôi là con gái bà", "hộ mẹ tôi",
"hàng xóm".

Words of kinship are also how people call each other: "con chào bác" and "cháu ơi" name no relation. A
word counts where it is stated ("là con gái bà"), where it is the whole answer ("con dâu ạ"), or where the
beneficiary is named as somebody's own ("mẹ tôi", "thay chồng").
"""

from collections.abc import Iterable, Sequence
from enum import Enum

from language.phrases import Phrases
from language.spans import Found, Word, words_of
from language.tables import word_set


class Relation(str, Enum):
    CHILD = "child"
    SPOUSE = "spouse"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    GUARDIAN = "guardian"
    NEIGHBOUR = "neighbour"
    OTHER = "other"


_R = Relation

# Kinship beyond doubt, in full Vietnamese: never a form of address.
_KIN: dict[Relation, tuple[str, ...]] = {
    _R.CHILD: (
        "con gái", "con trai", "con dâu", "con rể", "con ruột", "con đẻ", "con nuôi", "con cả", "con út",
        "con trưởng", "con riêng", "con thứ", "con đầu", "con lớn", "gái út", "trai út", "con giai",
    ),
    _R.SPOUSE: ("vợ", "chồng", "ông xã", "bà xã", "bà nhà", "ông nhà"),
    _R.GRANDCHILD: (
        "cháu nội", "cháu ngoại", "cháu gái", "cháu trai", "cháu đích tôn", "cháu dâu", "cháu rể",
        "đích tôn", "cháu giai", "chắt", "chắt nội", "chắt ngoại",
    ),
    _R.SIBLING: (
        "anh trai", "chị gái", "em gái", "em trai", "anh ruột", "chị ruột", "em ruột", "anh cả", "chị cả",
        "em út", "em dâu", "em rể", "anh rể", "chị dâu", "chị em ruột", "anh em ruột", "chị em gái",
        "em giai", "anh giai",
    ),
    _R.GUARDIAN: (
        "người giám hộ", "giám hộ", "người bảo hộ", "người nuôi dưỡng", "người đỡ đầu", "mẹ đỡ đầu",
    ),
    _R.NEIGHBOUR: (
        "hàng xóm", "láng giềng", "người cùng xóm", "người cùng ngõ", "người cùng thôn", "cùng xóm",
        "cùng ngõ", "nhà bên cạnh", "nhà bên", "người bên cạnh",
    ),
    _R.OTHER: (
        "tổ trưởng", "tổ phó", "trưởng thôn", "trưởng xóm", "trưởng khu", "cán bộ", "họ hàng", "người nhà",
        "người thân", "người quen", "bà con", "cháu họ", "cháu ruột", "em họ", "anh họ", "chị họ",
        "con nuôi đỡ đầu", "người giúp việc", "người chăm sóc", "người chăm", "bạn bè", "bạn thân",
        "thông gia", "cô ruột", "chú ruột", "dì ruột", "bác ruột", "cậu ruột", "người được ủy quyền",
        "chủ nhà trọ", "đồng đội",
    ),
}  # fmt: skip
# The writer's own place over a child: "tôi là mẹ cháu", "tôi là bà nội cháu". A minor's parents are the
# guardians by law (Civil Code 2015, art. 136), a grandparent may be.
_ELDERS = (
    "mẹ",
    "bố",
    "ba",
    "má",
    "cha",
    "mẹ đẻ",
    "bố đẻ",
    "bà nội",
    "ông nội",
    "bà ngoại",
    "ông ngoại",
    "phụ huynh",
)
# Kinship and address alike: only stated, or as the whole answer.
_BARE_KIN = {"con": _R.CHILD, "cháu": _R.GRANDCHILD, "em": _R.SIBLING, "anh": _R.SIBLING, "chị": _R.SIBLING}

_IN_LAWS = ("mẹ chồng", "bố chồng", "mẹ vợ", "bố vợ", "bố mẹ chồng", "bố mẹ vợ")

_SELF = ("tôi", "em", "mình", "tui", "cháu", "chúng tôi", "bọn em", "nhà em", "nhà tôi")
_ON_BEHALF = ("hộ", "thay", "giúp", "giùm", "dùm", "cho", "của", "thay mặt", "trả lời hộ", "làm hộ")


def _own() -> Iterable[tuple[str, Relation]]:
    """The beneficiary named as the writer's own."""
    for me in _SELF:
        yield from ((f"{parent} {me}", _R.CHILD) for parent in ("mẹ", "bố", "cha", "bố mẹ", "bu"))
        yield from (
            (f"{spouse} {me}", _R.SPOUSE)
            for spouse in ("vợ", "chồng", "ông nhà", "bà nhà", "ông xã", "bà xã")
        )
        for sibling in ("anh trai", "chị gái", "em gái", "em trai", "anh ruột", "chị ruột", "em ruột"):
            yield f"{sibling} {me}", _R.SIBLING
    for behalf in _ON_BEHALF:
        yield from ((f"{behalf} {parent}", _R.CHILD) for parent in ("mẹ", "bố", "cha", "bố mẹ", "ba má"))
        yield from ((f"{behalf} {spouse}", _R.SPOUSE) for spouse in ("vợ", "chồng"))
    yield from ((elder, _R.CHILD) for elder in (*_IN_LAWS, "mẹ đẻ", "bố đẻ"))
    for grandparent in ("bà nội", "ông nội", "bà ngoại", "ông ngoại", "ông bà nội", "ông bà ngoại"):
        yield grandparent, _R.GRANDCHILD
    yield from (("ông nhà", _R.SPOUSE), ("ông xã", _R.SPOUSE), ("bà xã", _R.SPOUSE))


def _own_marked() -> Iterable[tuple[str, Relation]]:
    """The same in words that mean something else unmarked (ba toi: my father, grandmother, or three of
    us).
    """
    for me in _SELF:
        yield from ((f"{elder} {me}", _R.GRANDCHILD) for elder in ("bà", "ông"))
        yield from ((f"{parent} {me}", _R.CHILD) for parent in ("ba", "má"))
        yield from ((f"{sibling} {me}", _R.SIBLING) for sibling in ("anh", "chị"))
    yield from (("bà nhà", _R.SPOUSE), ("hộ má", _R.CHILD), ("cho má", _R.CHILD), ("hộ bà", _R.GRANDCHILD))


_KIN_PHRASES = Phrases((phrase, relation) for relation, phrases in _KIN.items() for phrase in phrases)
_ELDER_PHRASES = Phrases((phrase, _R.GUARDIAN) for phrase in _ELDERS)
_BARE_PHRASES = Phrases(_BARE_KIN.items())
_HOLDER_PHRASES = Phrases(
    [
        *((phrase, relation) for relation, phrases in _KIN.items() for phrase in phrases),
        *((phrase, _R.OTHER) for in_law in _IN_LAWS for phrase in (in_law, f"của {in_law}")),
        *((f"của {phrase}", relation) for phrase, relation in _BARE_KIN.items()),
        *((f"{cue} {elder}", _R.GUARDIAN) for cue in ("của", "tên", "là") for elder in _ELDERS),
        *((f"{elder} {me}", _R.GUARDIAN) for elder in ("mẹ", "bố", "cha") for me in _SELF),
    ]
)
_OWN_PHRASES = Phrases(_own(), marked=_own_marked())

_OPENINGS = word_set(
    "da vang alo a u uh o chao toi em con chau minh tui e t day thi bac chi anh co chu ong ba cu nha la ah"
)
_OWNERS = word_set("ong ba cu bac co chu me bo cha cua")
_CLOSINGS = word_set("a nhe day thoi nha trong ne roi do ha")
# Before "mẹ con", "chồng tôi" they make it a group: hai mẹ con, vợ chồng tôi.
_MANY = word_set("hai ba bon may cac nhung vo")


def find_relation(text: str) -> Found[Relation] | None:
    """What the writer says to be to the beneficiary, or None. A parent, or a grandparent of a child, is
    GUARDIAN.
    """
    words = words_of(text)
    return _stated(words) or _own_beneficiary(words)


def find_holder_relation(text: str) -> Found[Relation] | None:
    """What the holder of an account is to the beneficiary: any relation named ("tk của con gái tôi"), or
    None.

    A parent is GUARDIAN; nothing is read from a bare con, cháu, em … but "của con".
    """
    words = words_of(text)
    named = [f for f in _HOLDER_PHRASES.find_in(words) if not _is_denied(_index(words, f), words)]
    return named[0] if named else _stated(words)


def _index(words: Sequence[Word], finding: Found[Relation]) -> int:
    return next(i for i, word in enumerate(words) if word.start == finding.start)


def _folded(words: Sequence[Word], i: int) -> str:
    return words[i].folded if 0 <= i < len(words) else ""


def _stated(words: Sequence[Word]) -> Found[Relation] | None:
    for at in range(len(words)):
        elder = _match(_ELDER_PHRASES, words, at)
        if elder and _is_after_la(at, words) and not _is_denied(at, words):
            return elder
        kin = _match(_KIN_PHRASES, words, at)
        if kin and _is_statement(at, _after(words, kin), words):
            return kin
        bare = None if kin else _match(_BARE_PHRASES, words, at)
        if bare and _is_bare_statement(at, words):
            return bare
    return None


def _match(phrases: Phrases[Relation], words: Sequence[Word], at: int) -> Found[Relation] | None:
    match = phrases.match_at(words, at)
    return Found(match[0], words[at].start, words[match[1] - 1].end) if match else None


def _after(words: Sequence[Word], finding: Found[Relation]) -> int:
    return next((i for i, word in enumerate(words) if word.start >= finding.end), len(words))


def _is_after_la(at: int, words: Sequence[Word]) -> bool:
    return _folded(words, at - 1) == "la"


def _is_denied(at: int, words: Sequence[Word]) -> bool:
    """ "không phải (là) con", "chưa có vợ"."""
    before = [w.folded for w in words[max(at - 3, 0) : at]]
    return "phai" in before and ("khong" in before or "ko" in before or "k" in before)


def _is_statement(at: int, after: int, words: Sequence[Word]) -> bool:
    if _is_denied(at, words) or _folded(words, at - 1).isdigit():
        return False
    if _is_after_la(at, words):
        return True
    return _opens_message(at, words) and _ends_or_names_owner(after, words)


def _opens_message(at: int, words: Sequence[Word]) -> bool:
    return all(word.folded in _OPENINGS for word in words[:at])


def _ends_or_names_owner(after: int, words: Sequence[Word]) -> bool:
    following = _folded(words, after)
    return not following or following in _CLOSINGS or following in _OWNERS


def _is_bare_statement(at: int, words: Sequence[Word]) -> bool:
    """ "con", "tôi là cháu ạ", "con của bà Hoa", "con bà Hoa": not "con chào bác" or "cháu ơi"."""
    if _is_denied(at, words):
        return False
    following = _folded(words, at + 1)
    ends = at + 1 == len(words) or (following in _CLOSINGS and at + 2 == len(words))
    if ends:
        # "vâng cháu", "dạ anh" only address somebody.
        return _is_after_la(at, words) or at == 0
    owned = following in ("ong", "ba", "cu", "me", "bo", "cua", "nha") and words[at].folded in ("con", "chau")
    if not owned or _folded(words, at + 2) in ("tuoi", "oi", "nua", "dua", "nguoi"):
        return False
    return _is_after_la(at, words) or (_opens_message(at, words) and at + 2 < len(words))


def _own_beneficiary(words: Sequence[Word]) -> Found[Relation] | None:
    for finding in _OWN_PHRASES.find_in(words):
        at = _index(words, finding)
        if _folded(words, at - 1) not in _MANY and not _is_denied(at, words):
            return finding
    return None
