"""Corrections of words and whole values: "không phải Hoa mà là Hòa", "sửa ngân hàng thành BIDV", "nhầm
rồi".
"""

import re

from language.banks import find_banks
from language.correction import Correction, CorrectionKind, Field
from language.phrases import Phrases, phrase_set
from language.spans import Folded, fold_aligned
from language.tables import comma_set

_FIELD_NAMES: dict[Field, str] = {
    Field.BANK: "ngân hàng, tên ngân hàng, bank, nhà băng",
    Field.ACCOUNT_NUMBER: "số tài khoản, số tk, stk, tài khoản, tk",
    Field.HOLDER_NAME: "tên, họ tên, tên chủ tài khoản, tên chủ tk, chủ tài khoản, tên đệm, tên lót",
    Field.CONTACT_PHONE: "số điện thoại, số đt, sđt, sdt, điện thoại",
    Field.VISIT_TIME: "giờ, giờ hẹn, ngày giờ, lịch, ngày hẹn, lịch hẹn, ngày, buổi, hôm hẹn",
    Field.REFERENCE: "mã hồ sơ, mã hs",
    Field.OPENING: "cách mở",
}
_FIELDS = Phrases((name, field) for field, names in _FIELD_NAMES.items() for name in comma_set(names))

# A value: up to some words without punctuation. What ends a sentence may follow it.
_VALUE = r"(?P<{}>[^\s,.;!?](?:[^,;!?\n]{{0,40}}?[^\s,.;!?])??)"
_OLD, _NEW = _VALUE.format("old"), _VALUE.format("new")
_END = r"(?= *(?:[,;!?\n]|\.(?:\s|\Z)|\Z|(?: (?:nhe|nha|a|co|day|do|moi dung|moi phai))+\W*\Z))"
_NOT = r"(?:khong|ko|k|hong) (?:phai|fai)"
_REPLACEMENTS = (
    re.compile(rf"\b{_NOT} (?:la )?{_OLD},? (?:ma )?(?:phai )?la {_NEW}{_END}"),
    re.compile(rf"\b{_NOT} (?:la )?{_OLD}, {_NEW} (?:co|moi dung|moi phai)\W*\Z"),
    re.compile(rf"\bla {_NEW},? (?:chu|cho) {_NOT} (?:la )?{_OLD}{_END}"),
    re.compile(rf"(?:\A|[,.] ?){_NEW},? (?:chu|cho) {_NOT} (?:la )?{_OLD}{_END}"),
    re.compile(rf"(?:\A|\bten )(?:la ){_NEW},? {_NOT} (?:la )?{_OLD}{_END}"),
)
_CHANGES = (
    re.compile(rf"\b(?:doi|sua|thay)(?: lai)? (?!tu ){_OLD} (?:thanh|bang) {_NEW}{_END}"),
    re.compile(rf"\b(?:doi|sua) lai (?!tu ){_OLD} sang {_NEW}{_END}"),
)
_FIELD_CHANGE = re.compile(
    r"\b(?:doi lai|sua lai|sua|thay lai|chinh lai|(?:ghi |viet |nhap |go |khai )?(?:nham|sai|lon))"
    r"(?: (?:cho|giup|ho|lai|toi|bac|em|chau|con|o|cai|phan|muc|cho nay|mat))* (?P<rest>.+)"
)
_SHOULD_BE = re.compile(
    rf"\b(?P<field>ten(?: chu (?:tai khoan|tk)| dem| lot)?|so tai khoan|stk|so tk|ngan hang|so dien thoai"
    r"|sdt)"
    rf" (?:(?:dung|phai|dung ra|chinh xac)(?: phai)? la|phai la) {_NEW}{_END}"
)
_SLIP = re.compile(
    r"\A\W*(?:(?:a|o|oi|da|thoi|chet|xin loi|toi|bac|em|con|chau|minh) )*"
    r"(?:(?:ghi |viet |go |bam |noi )?(?:nham|lon)(?: roi| mat)?|sai roi|viet sai|ghi sai)(?P<gap>\W+)"
    r"(?P<new>.+?)(?: (?:co|moi dung|nhe|a|nha))*\W*\Z"
)
_REALLY = re.compile(r"\A\W*(?P<new>.{2,40}?) (?:moi dung|moi phai)\W*\Z")
_WRONG_NUMBER = re.compile(
    r"\b(?:(?:nham|sai) (?:so|so may|may|nguoi|ng|nha|thue bao|tin nhan|tin)|(?:goi|gui|nhan) nham)"
    r"(?: (?:roi|r|a|nhe|chau|em|ban|anh|chi|oi|cho))*(?:\W|\Z)"
)
_ASKED = re.compile(
    r"\b(?:the nao|lam sao|o dau|dau|thi sao|sao|gi|khong|ko|k|chua|bao lau|duoc chu)"
    r"(?: (?:a|em|chau|ban|can bo|cb|the))*\W*\Z"
)
_REVERT = phrase_set(
    "lúc nãy đúng rồi", "lúc đầu đúng rồi", "cái cũ đúng rồi", "số cũ đúng rồi", "trước đó đúng rồi",
    "thôi không sửa nữa", "không cần sửa nữa", "không đổi nữa", "để số cũ", "giữ số cũ", "để như lúc đầu",
)  # fmt: skip
# Only as the whole message: "giữ nguyên cách lĩnh cũ" is a wish for cash.
_REVERT_ALONE = re.compile(
    r"\W*(?:thoi |cu |de |da |vang )*(?:giu |de )?(?:nguyen|nhu cu|nguyen nhu cu)(?: (?:nhe|a|nha|di))*\W*\Z"
)
_WRONG = phrase_set(
    "nhầm rồi", "sai rồi", "lộn rồi", "ghi nhầm", "viết nhầm", "nói nhầm", "bấm nhầm", "chọn nhầm", "gõ nhầm",
    "khai nhầm", "điền nhầm", "trả lời nhầm", "nhầm mất", "bị nhầm", "bị sai rồi", "ghi sai",
    "viết sai", "gõ sai", "khai sai", "bấm lộn", "viết lộn", "ghi lộn", "cho sửa", "cho tôi sửa",
    "cho em sửa",
    "cho bác sửa",
    "sửa lại", "sửa giúp",
    "sửa hộ", "cần sửa", "muốn sửa", "sai một chỗ", "có chỗ sai", "nhầm tí", "đính chính", "không chính xác",
)  # fmt: skip
# "không đúng" ends what it is said of; unmarked it may be "không dùng": không dùng thẻ.
_NOT_RIGHT = re.compile(
    r"\b(?:khong|ko|k|chua) (?:dung|chinh xac)(?: (?:a|roi|nhe|em|chau|dau|ban|co|chi|anh))*(?=[,.!;]|\W*\Z)"
)
_FEARED = re.compile(r"\b(?:so|ngai|lo) (?:chon|bam|ghi|go|khai|viet)? ?(?:nham|sai)\b")
_NO_VALUES = re.compile(
    r"\b(?:toi|nguoi|ng|cua|may|lam|hoi|the|vay|nhu|gi|khong|ko|luc|nua|moi|xep|sua|chinh|minh|do|ay|nay)\b"
)
_MOST_WORDS_OF_A_VALUE = 6
_MOST_WORDS_OF_OLD = 4
_REMARKS = comma_set(
    "rồi, roi, nhé, nhe, ạ, a, với, voi, nha, cháu, chau, em, ơi, oi, đi, di, cho, giúp, "
    "giup, tôi, toi, của, cua, r, cơ, co"
)
_LABELS = comma_set("là, la, số, so, chữ, chu, con, thành, thanh, sang, :, =, phải, phai, đúng, dung")


def find_value_correction(text: str) -> Correction | None:
    """What `text` corrects, other than single digits, or None."""
    folded = fold_aligned(text)
    for find in (_revert, _replacement, _should_be, _field_change, _new_value, _unspecified):
        correction = find(folded)
        if correction is not None:
            return correction
    return None


def _revert(folded: Folded) -> Correction | None:
    goes_back = folded.composed in _REVERT or _REVERT_ALONE.match(folded.text)
    return Correction(CorrectionKind.REVERT) if goes_back else None


def _replacement(folded: Folded) -> Correction | None:
    for pattern in (*_REPLACEMENTS, *_CHANGES):
        match = pattern.search(folded.text)
        if match is None:
            continue
        old, old_field = _value(folded, *match.span("old"))
        new, new_field = _value(folded, *match.span("new"))
        if new and pattern in _CHANGES and old_field and not old:
            return Correction(CorrectionKind.FIELD, new=new, field=old_field)
        if old and new and old != new and _are_values(old, new):
            field = new_field or old_field or _FIELDS.first(folded.composed[: match.start()].rstrip())
            return Correction(CorrectionKind.REPLACE, new=new, old=old, field=field)
    return None


def _are_values(old: str, new: str) -> bool:
    """Names, numbers, banks, kin: not "tôi không phải người hưởng" nor "không phải thế"."""
    both = fold_aligned(f"{old} {new}").text
    return len(old.split()) <= _MOST_WORDS_OF_OLD and not _NO_VALUES.search(both)


def _value(folded: Folded, start: int, end: int) -> tuple[str | None, Field | None]:
    """A value as typed, without the words that only name the field ("tên là", "số"), and that field."""
    value = folded.composed[start:end].strip(" .,:")
    field = None
    words = fold_aligned(value).words()
    match = _FIELDS.match_at(words, 0) if words else None
    if match:
        field, after = match
        value = value[words[after].start :] if after < len(words) else ""
    value = _without_first(value, _LABELS)
    too_long = len(value.split()) > _MOST_WORDS_OF_A_VALUE
    says_no = bool(re.search(r"\b(?:không|khong|ko)\b", value, flags=re.IGNORECASE))
    return (None if too_long or says_no or not value else value), field


def _without_first(value: str, labels: frozenset[str]) -> str:
    words = value.split()
    while len(words) > 1 and words[0].lower() in labels:
        words = words[1:]
    return " ".join(words)


def _without_remarks(value: str | None) -> str | None:
    """ "rồi", "nhé", "với" after a value do not belong to it."""
    words = (value or "").split()
    while words and words[-1].lower().strip(".,!") in _REMARKS:
        words = words[:-1]
    return " ".join(words).strip(" ,.:") or None


def _should_be(folded: Folded) -> Correction | None:
    match = _SHOULD_BE.search(folded.text)
    if match is None:
        return None
    new, _ = _value(folded, *match.span("new"))
    field = _FIELDS.first(match["field"])
    return Correction(CorrectionKind.FIELD, new=_without_remarks(new), field=field) if new else None


def _field_change(folded: Folded) -> Correction | None:
    match = _FIELD_CHANGE.search(folded.text)
    if match is None or _ASKED.search(folded.text):
        return None
    words = fold_aligned(folded.composed[match.start("rest") :]).words()
    named = _FIELDS.match_at(words, 0) if words else None
    if named is None:
        return None
    new, _ = _value(folded, match.start("rest"), len(folded.text))
    return Correction(CorrectionKind.FIELD, new=_without_remarks(new), field=named[0])


def _new_value(folded: Folded) -> Correction | None:
    match = _SLIP.match(folded.text) or _REALLY.match(folded.text)
    if match is None or _WRONG_NUMBER.search(folded.text) or _ASKED.search(folded.text):
        return None
    new, field = _value(folded, *match.span("new"))
    new = _without_remarks(new)
    # "nhầm vietin" names the bank, "nhầm thuê bao" no value: without a comma only what is surely one counts.
    joined = match.groupdict().get("gap") == " "
    if new is None or (joined and not (any(c.isdigit() for c in new) or find_banks(new))):
        return None
    return Correction(CorrectionKind.NEW_VALUE, new=new, field=field)


def _unspecified(folded: Folded) -> Correction | None:
    denied = _NOT_RIGHT.search(folded.text)
    not_right = denied is not None and "dùng" not in folded.composed[denied.start() : denied.end()].lower()
    says_wrong = not_right or folded.composed in _WRONG
    other = _WRONG_NUMBER.search(folded.text) or _FEARED.search(folded.text) or _ASKED.search(folded.text)
    if not says_wrong or other:
        return None
    return Correction(CorrectionKind.UNSPECIFIED)
