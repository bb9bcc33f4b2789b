"""What somebody corrects: "à nhầm, số cuối là 7", "không phải Hoa mà là Hòa", "đổi lại ngân hàng agribank".

Finding it says what is meant; whether it fits the value on file is for the caller, and for `apply_to_digits`,
which changes a number only where the correction fits it in exactly one way.
"""

import re
from dataclasses import dataclass
from enum import Enum

from language.digit_corrections import DigitChange, DigitChangeKind, find_digit_change
from language.digits import find_digit_runs
from language.phrases import Phrases, phrase_set
from language.spans import Folded, fold_aligned


class CorrectionKind(str, Enum):
    """LAST_DIGITS … DROP_FIRST change digits of a number; REPLACE a word or digit by another; NEW_VALUE
    gives a whole new value; FIELD names what is wrong, perhaps with the new value; REVERT goes back to
    what was said before; UNSPECIFIED says only that something is wrong."""

    LAST_DIGITS = "last_digits"
    FIRST_DIGITS = "first_digits"
    NTH_DIGIT = "nth_digit"
    PREPEND = "prepend"
    APPEND = "append"
    DROP_LAST = "drop_last"
    DROP_FIRST = "drop_first"
    REPLACE = "replace"
    NEW_VALUE = "new_value"
    FIELD = "field"
    REVERT = "revert"
    UNSPECIFIED = "unspecified"


class Field(str, Enum):
    """What a correction is about; the values are question ids of the survey."""

    BANK = "bank"
    ACCOUNT_NUMBER = "account_number"
    HOLDER_NAME = "holder_name"
    CONTACT_PHONE = "contact_phone"
    VISIT_TIME = "visit_time"
    OPENING = "opening"
    REFERENCE = "reference"


@dataclass(frozen=True)
class Correction:
    """One correction. `old` and `new` are as typed (digits only where they are numbers); `position`
    counts digits from 1, from the end when negative; what does not belong to the kind is None."""

    kind: CorrectionKind
    new: str | None = None
    old: str | None = None
    position: int | None = None
    field: Field | None = None


_FIELD_NAMES = (
    ("ngân hàng", Field.BANK),
    ("tên ngân hàng", Field.BANK),
    ("số tài khoản", Field.ACCOUNT_NUMBER),
    ("số tk", Field.ACCOUNT_NUMBER),
    ("stk", Field.ACCOUNT_NUMBER),
    ("tài khoản", Field.ACCOUNT_NUMBER),
    ("tk", Field.ACCOUNT_NUMBER),
    ("tên", Field.HOLDER_NAME),
    ("họ tên", Field.HOLDER_NAME),
    ("tên chủ tài khoản", Field.HOLDER_NAME),
    ("tên chủ tk", Field.HOLDER_NAME),
    ("chủ tài khoản", Field.HOLDER_NAME),
    ("số điện thoại", Field.CONTACT_PHONE),
    ("số đt", Field.CONTACT_PHONE),
    ("sđt", Field.CONTACT_PHONE),
    ("sdt", Field.CONTACT_PHONE),
    ("điện thoại", Field.CONTACT_PHONE),
    ("giờ", Field.VISIT_TIME),
    ("giờ hẹn", Field.VISIT_TIME),
    ("ngày giờ", Field.VISIT_TIME),
    ("lịch", Field.VISIT_TIME),
    ("ngày hẹn", Field.VISIT_TIME),
    ("lịch hẹn", Field.VISIT_TIME),
    ("ngày", Field.VISIT_TIME),
    ("buổi", Field.VISIT_TIME),
    ("mã", Field.REFERENCE),
    ("mã hồ sơ", Field.REFERENCE),
    ("cách mở", Field.OPENING),
)
_FIELDS = Phrases(_FIELD_NAMES)

_VALUE = r"(?P<{}>[^\s,.;!?](?:[^,;!?\n]{{0,40}}?[^\s,.;!?])??)"
_END = r"(?= *(?:[,;!?\n]|\.(?:\s|\Z)|\Z|(?: (?:nhe|nha|a|co|day|do|moi dung))+\W*\Z))"
_NOT_OLD_BUT_NEW = re.compile(
    r"\b(?:khong|ko|k|hong) phai (?:la )?"
    + _VALUE.format("old")
    + r",? (?:ma )?(?:la|phai la) "
    + _VALUE.format("new")
    + _END
)
_NEW_NOT_OLD = re.compile(
    r"(?:\bla |\A|, ?)"
    + _VALUE.format("new")
    + r",? (?:chu )?(?:khong|ko|k|hong) phai (?:la )?"
    + _VALUE.format("old")
    + _END
)
_CHANGE_TO = re.compile(
    r"\b(?:doi|sua|thay)(?: lai)? "
    + _VALUE.format("old")
    + r" (?:thanh|sang|bang) "
    + _VALUE.format("new")
    + _END
)
_FIELD_CHANGE = re.compile(
    r"\b(?:doi lai|sua lai|sua|doi sang|thay lai|(?:ghi |viet |nhap )?(?:nham|sai))"
    r"(?: (?:cho|giup|ho|lai|toi|bac|em|chau|con|o|cai|phan|muc|cho nay))* (?P<rest>.+)"
)
_SLIP = re.compile(
    r"\A\W*(?:(?:a|o|oi|da|thoi|chet|xin loi|toi|bac|em|con|chau|minh) )*"
    r"(?:(?:ghi |viet |go |bam )?nham(?: roi| mat)?|sai roi|viet sai|ghi sai)\W+(?P<new>.+?)"
    r"(?: (?:co|moi dung|nhe|a|nha))*\W*\Z"
)
_REALLY = re.compile(r"\A\W*(?P<new>.{2,40}?) (?:moi dung|moi phai|co a|co ma)\W*\Z")
_WRONG_NUMBER = re.compile(
    r"\b(?:nham|sai) (?:so|so may|may|nguoi|nha)(?: (?:roi|a|nhe|chau|em|ban|anh|chi|oi))*\W*\Z"
)
_REVERT = phrase_set(
    "để như cũ", "giữ như cũ", "giữ nguyên", "như cũ", "như ban đầu", "lúc nãy đúng rồi",
    "lúc đầu đúng rồi", "cái cũ đúng rồi", "số cũ đúng rồi", "quay lại như cũ", "thôi không sửa nữa",
    "không cần sửa nữa", "không đổi nữa", "trước đó đúng rồi",
)  # fmt: skip
_WRONG = phrase_set(
    "nhầm rồi", "sai rồi", "ghi nhầm", "viết nhầm", "nhầm mất", "bị nhầm", "bị sai rồi", "chưa đúng",
    "không đúng", "ko đúng", "k đúng", "không chính xác", "cho sửa", "sửa lại", "sai một chỗ",
    "có chỗ sai", "sửa giúp", "sửa hộ", "nhầm tí",
)  # fmt: skip
_MOST_WORDS_OF_A_VALUE = 6


def find_correction(text: str) -> Correction | None:
    """What `text` corrects, or None. A call to the wrong person ("nhầm số rồi") is none."""
    change = find_digit_change(text)
    if change is not None:
        return _of_digits(change)
    folded = fold_aligned(text)
    for find in (_revert, _replacement, _field_change, _new_value, _unspecified):
        correction = find(folded)
        if correction is not None:
            return correction
    return None


def apply_to_digits(number: str, correction: Correction) -> str | None:
    """`number` (digits only) with the correction made; None where it does not fit in exactly one way."""
    if correction.kind is CorrectionKind.REPLACE:
        return _replaced(number, correction.old or "", correction.new or "")
    if correction.kind in (CorrectionKind.NEW_VALUE, CorrectionKind.FIELD):
        runs = find_digit_runs(correction.new or "")
        return runs[0].value if len(runs) == 1 else None
    try:
        kind = DigitChangeKind(correction.kind.value)
    except ValueError:
        return None
    return DigitChange(kind, correction.new or "", correction.position).apply(number)


def _of_digits(change: DigitChange) -> Correction:
    return Correction(CorrectionKind(change.kind.value), new=change.digits or None, position=change.position)


def _replaced(number: str, old: str, new: str) -> str | None:
    if not (old.isdigit() and new.isdigit()):
        return None
    places = [i for i in range(len(number)) if number.startswith(old, i)]
    return number[: places[0]] + new + number[places[0] + len(old) :] if len(places) == 1 else None


def _revert(folded: Folded) -> Correction | None:
    return Correction(CorrectionKind.REVERT) if folded.composed in _REVERT else None


def _replacement(folded: Folded) -> Correction | None:
    for pattern in (_NOT_OLD_BUT_NEW, _NEW_NOT_OLD, _CHANGE_TO):
        match = pattern.search(folded.text)
        if match is None:
            continue
        old, old_field = _value(folded, *match.span("old"))
        new, new_field = _value(folded, *match.span("new"))
        before = _FIELDS.first(folded.composed[: match.start()].rstrip())
        if old and new and old != new:
            field = new_field or old_field or before
            return Correction(CorrectionKind.REPLACE, new=new, old=old, field=field)
        if new and pattern is _CHANGE_TO and old_field:
            return Correction(CorrectionKind.FIELD, new=new, field=old_field)
    return None


def _value(folded: Folded, start: int, end: int) -> tuple[str | None, Field | None]:
    """A value as typed, without the words that only name the field ("tên là", "số"), and that field."""
    value = folded.composed[start:end].strip(" .,:")
    field = None
    words = fold_aligned(value).words()
    match = _FIELDS.match_at(words, 0) if words else None
    if match:
        field, after = match
        value = value[words[after].start :] if after < len(words) else ""
    value = re.sub(
        r"\A(?:(?:l[aà]|s[oố]|ch[uữ]|con|thành|thanh|sang|[:=])\s+)+", "", value, flags=re.IGNORECASE
    )
    too_long = len(value.split()) > _MOST_WORDS_OF_A_VALUE
    says_no = bool(re.search(r"\b(?:không|khong|ko)\b", value, flags=re.IGNORECASE))
    return (None if too_long or says_no or not value else value), field


def _field_change(folded: Folded) -> Correction | None:
    match = _FIELD_CHANGE.search(folded.text)
    if match is None:
        return None
    rest = folded.composed[match.start("rest") :]
    words = fold_aligned(rest).words()
    named = _FIELDS.match_at(words, 0) if words else None
    if named is None:
        return None
    new, _ = _value(folded, match.start("rest"), len(folded.text))
    return Correction(CorrectionKind.FIELD, new=_without_remarks(new), field=named[0])


def _without_remarks(value: str | None) -> str | None:
    """ "rồi", "nhé", "với": no values."""
    if value is None:
        return None
    kept = re.sub(
        r"(?:\s*\b(?:rồi|roi|nhé|nhe|ạ|a|với|voi|nha|cháu|chau|em|ơi|oi|đi|di|cho|giúp|giup|tôi|toi|của|cua))+\W*\Z",
        "",
        value,
    )
    return kept.strip(" ,.:") or None


def _new_value(folded: Folded) -> Correction | None:
    if _WRONG_NUMBER.search(folded.text):
        return None
    match = _SLIP.match(folded.text) or _REALLY.match(folded.text)
    if match is None:
        return None
    new, field = _value(folded, *match.span("new"))
    new = _without_remarks(new)
    return Correction(CorrectionKind.NEW_VALUE, new=new, field=field) if new else None


def _unspecified(folded: Folded) -> Correction | None:
    if _WRONG_NUMBER.search(folded.text) or folded.composed not in _WRONG:
        return None
    return Correction(CorrectionKind.UNSPECIFIED)
