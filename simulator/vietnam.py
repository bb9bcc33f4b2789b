"""Telephone numbers in Viet Nam as domestic providers write them."""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, carrier

_COUNTRY = "+84"
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def read_phone(text: str) -> str | None:
    """A number as a person in Viet Nam types it (0912 345 678, 84912…, +84912…) in E.164; None if it is none."""
    number = _parse(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else None


def is_mobile(e164: str) -> bool:
    """Whether an SMS can reach the number."""
    number = _parse(e164)
    return number is not None and phonenumbers.number_type(number) in _MOBILE


@lru_cache(maxsize=4096)
def carrier_of(e164: str) -> str:
    """The network a number's prefix belongs to ("Viettel", "Vinaphone", …; "" unknown). Numbers taken along to
    another network still count as their prefix says."""
    number = _parse(e164)
    return carrier.name_for_number(number, "en") if number else ""


def national(e164: str) -> str:
    """0912345678."""
    return "0" + e164.removeprefix(_COUNTRY) if e164.startswith(_COUNTRY) else e164


def without_plus(e164: str) -> str:
    """84912345678."""
    return e164.removeprefix("+")


def _parse(text: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, "VN")
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
