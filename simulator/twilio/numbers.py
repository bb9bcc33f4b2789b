"""Telephone numbers as Twilio reads them: https://www.twilio.com/docs/glossary/what-e164."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, PhoneNumberType


def _mobile_pattern(region: str) -> str:
    metadata = PhoneMetadata.metadata_for_region(region)
    assert metadata and metadata.mobile and metadata.mobile.national_number_pattern
    return metadata.mobile.national_number_pattern


_NOISE = re.compile(r"[\s().-]")
_INTERNATIONAL = re.compile(r"\+?[1-9]\d{6,14}")
_FIXED = {PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE}
# The library's own pattern for Vietnamese mobiles: going through its whole parser would halve the stand-in's speed.
_MOBILE = re.compile(rf"\+84(?:{_mobile_pattern('VN')})")
_SENDER_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +&_-]{1,11}")
_SHORT_CODE = re.compile(r"\d{3,6}")


@dataclass(frozen=True, slots=True)
class Number:
    """A valid number: E.164, ISO 3166 country, and whether it can be a mobile one."""

    e164: str
    region: str
    may_be_mobile: bool


def read_international(text: str) -> Number | None:
    """A number with its country code (84912… or +84912…), or None: Twilio knows no national form."""
    if _MOBILE.fullmatch(text):
        return Number(text, "VN", True)
    bare = _NOISE.sub("", text)
    if not _INTERNATIONAL.fullmatch(bare):
        return None
    return _read("+" + bare.removeprefix("+"), None)


def read_typed(text: str) -> Number | None:
    """A number as a person in Viet Nam types it (0912 345 678 too), or None."""
    return _read(text, "VN")


def is_sender(text: str) -> bool:
    """Whether a text can be a From: a number, a short code, or a name of at most 11 characters."""
    return bool(_SENDER_NAME.fullmatch(text) or _SHORT_CODE.fullmatch(text) or read_international(text))


def is_sender_name(text: str) -> bool:
    """Whether a sender is a name, to which nobody can reply."""
    return bool(_SENDER_NAME.fullmatch(text))


def _read(text: str, region: str | None) -> Number | None:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return Number(
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        phonenumbers.region_code_for_number(number) or "",
        phonenumbers.number_type(number) not in _FIXED,
    )
