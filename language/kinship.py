"""The words of kinship, each with what it makes of the person: written in full Vietnamese."""

from collections.abc import Iterable
from enum import Enum

from language.phrases import Phrases


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
        "con trưởng", "con riêng", "con thứ", "con đầu", "gái út", "trai út", "con giai",
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
        "tổ trưởng", "tổ phó", "trưởng thôn", "trưởng xóm", "trưởng khu", "họ hàng", "người nhà",
        "người thân", "người quen", "bà con", "cháu họ", "cháu ruột", "em họ", "anh họ", "chị họ",
        "con nuôi đỡ đầu", "người giúp việc", "giúp việc", "ô sin", "osin", "người chăm sóc", "người chăm",
        "bí thư chi bộ", "chi hội trưởng", "cộng tác viên", "cô giáo", "thầy giáo",
        "thông gia", "cô ruột", "chú ruột", "dì ruột", "bác ruột", "cậu ruột", "người được ủy quyền",
        "chủ nhà trọ", "đồng đội",
    ),
}  # fmt: skip
# The writer's own place over a child: "tôi là mẹ cháu", "tôi là bà nội cháu". A minor's parents are the
# guardians by law (Civil Code 2015, art. 136), a grandparent may be.
_ELDERS = (
    "mẹ", "bố", "cha", "mẹ đẻ", "bố đẻ", "bà nội", "ông nội", "bà ngoại", "ông ngoại", "phụ huynh",
)  # fmt: skip
# Kinship and address alike: only stated, or as the whole answer.
_BARE_KIN = {"con": _R.CHILD, "cháu": _R.GRANDCHILD, "em": _R.SIBLING, "anh": _R.SIBLING, "chị": _R.SIBLING}

_IN_LAWS = ("mẹ chồng", "bố chồng", "mẹ vợ", "bố vợ", "bố mẹ chồng", "bố mẹ vợ")

_SELF = ("tôi", "em", "mình", "tui", "cháu", "chúng tôi", "bọn em", "nhà em", "nhà tôi")
_ON_BEHALF = ("hộ", "thay", "giúp", "giùm", "dùm", "cho", "của", "thay mặt", "trả lời hộ", "làm hộ")


def _own() -> Iterable[tuple[str, Relation]]:
    """The beneficiary named as the writer's own."""
    for me in _SELF:
        yield from ((f"{parent} {me}", _R.CHILD) for parent in ("mẹ", "bố", "cha", "bố mẹ", "bu"))
        yield from ((f"{spouse} {me}", _R.SPOUSE) for spouse in ("vợ", "chồng", "ông nhà", "bà nhà", "ông xã", "bà xã"))
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
        # "chị em" and "anh em" are brothers and sisters, or everybody.
        yield from ((f"{sibling} {me}", _R.SIBLING) for sibling in ("anh", "chị") if me != "em")
    yield from (("bà nhà", _R.SPOUSE), ("hộ má", _R.CHILD), ("cho má", _R.CHILD), ("hộ bà", _R.GRANDCHILD))


KIN = Phrases((phrase, relation) for relation, phrases in _KIN.items() for phrase in phrases)
ELDERS = Phrases((phrase, _R.GUARDIAN) for phrase in _ELDERS)
BARE_KIN = Phrases(_BARE_KIN.items())
HOLDERS = Phrases(
    [
        *((phrase, relation) for relation, phrases in _KIN.items() for phrase in phrases),
        *((phrase, _R.OTHER) for in_law in _IN_LAWS for phrase in (in_law, f"của {in_law}")),
        *((f"của {phrase}", relation) for phrase, relation in _BARE_KIN.items()),
        *((f"{cue} {elder}", _R.GUARDIAN) for cue in ("của", "tên", "là") for elder in _ELDERS),
        *((f"{elder} {me}", _R.GUARDIAN) for elder in ("mẹ", "bố", "cha") for me in _SELF),
    ]
)
OWN_BENEFICIARY = Phrases(_own(), marked=_own_marked())
