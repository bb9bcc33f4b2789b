"""Vietnamese phone numbers: the 0… form the project stores, and what is found in a message.

Numbering plan: Circular 22/2014/TT-BTTTT and its amendments; landlines by area code
(`data/area_codes.csv`), mobiles of 10 digits since 15 September 2018, when the 11-digit ones were
converted (plan of the Ministry of Information and Communications, 30.5.2018).
"""

import re
from enum import Enum

from language.digits import find_digit_runs
from language.spans import Found
from language.tables import read_table


class PhoneKind(str, Enum):
    MOBILE = "mobile"
    LANDLINE = "landline"


_MOBILE = re.compile(r"0(?:3\d|5[1-35-9]|7[06-9]|8[1-9]|9\d)\d{7}")
_AREA_CODES = frozenset(row["area_code"] for row in read_table("area_codes.csv"))
# The subscriber's part never starts with 0 or 1.
_SUBSCRIBER = re.compile(r"[2-9]\d*")
_LANDLINE_LENGTH = 11

# Former 4-digit prefixes of 11-digit mobiles, and what replaced them in 2018.
_CONVERTED = {
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037",
    "0168": "038", "0169": "039",
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_SEPARATORS = re.compile(r"[\s.\-–—_()/]+")
_COUNTRY_CODE = re.compile(r"(?:\+|00)?840?(?=[1-9]\d{8,9}\Z)")


def normalise_phone(s: str, *, lenient: bool = False) -> str | None:
    """The number in its 0… form of today ("0912345678", "02438251234"), or None when it is no Vietnamese
    number.

    Takes any grouping, +84, 84 and 0084, and the 11-digit mobiles of before 2018. `lenient` also takes a
    number whose leading 0 was lost ("912345678", as spreadsheets do).
    """
    digits = _SEPARATORS.sub("", s)
    if not re.fullmatch(r"\+?\d{8,14}", digits):
        return None
    national = _COUNTRY_CODE.sub("0", digits, count=1)
    if lenient and re.match(r"[1-9]\d{8,9}\Z", national):
        national = "0" + national
    national = _of_today(national)
    return national if phone_kind(national) else None


def _of_today(national: str) -> str:
    """The number after the conversions: 11-digit mobiles (2018), Hanoi's 04 (2017; no mobile starts with
    04).
    """
    if len(national) == 11 and national[:4] in _CONVERTED:
        return _CONVERTED[national[:4]] + national[4:]
    if len(national) == 10 and re.match(r"04[2-9]", national):
        return "024" + national[2:]
    return national


def phone_kind(phone: str) -> PhoneKind | None:
    """Mobile or landline, of a number in 0… form; None when it is neither."""
    if _MOBILE.fullmatch(phone):
        return PhoneKind.MOBILE
    return PhoneKind.LANDLINE if _area_code(phone) else None


def _area_code(phone: str) -> str | None:
    if len(phone) != _LANDLINE_LENGTH:
        return None
    for length in (3, 4):
        if phone[:length] in _AREA_CODES and _SUBSCRIBER.fullmatch(phone[length:]):
            return phone[:length]
    return None


def find_phones(text: str, *, lenient: bool = False) -> list[Found[str]]:
    """The Vietnamese phone numbers in `text`, in 0… form, with their spans."""
    phones: list[Found[str]] = []
    for run in find_digit_runs(text, minimum=9):
        phone = normalise_phone(run.value, lenient=lenient)
        if phone:
            with_plus = run.start > 0 and text[run.start - 1] == "+"
            phones.append(Found(phone, run.start - with_plus, run.end))
    return phones


def to_e164(phone: str) -> str:
    """ "0912345678" → "+84912345678". Raises ValueError for anything but a number in 0… form."""
    if phone_kind(phone) is None:
        raise ValueError("not a Vietnamese phone number in 0… form")
    return "+84" + phone[1:]


def group_phone(phone: str) -> str:
    """A number in 0… form as it is read out: "0912 345 678", "024 3825 1234", "0203 382 5123"."""
    area = _area_code(phone)
    if area is None:
        return f"{phone[:4]} {phone[4:7]} {phone[7:]}".strip()
    rest = phone[len(area) :]
    half = len(rest) // 2
    return f"{area} {rest[:half]} {rest[half:]}"


def mask_phone(phone: str) -> str:
    """What lists and logs may show: the last three digits ("*******678"). Any string; short ones are
    hidden whole.
    """
    return "*" * max(len(phone) - 3, 0) + phone[-3:] if len(phone) >= 8 else "*" * len(phone)
