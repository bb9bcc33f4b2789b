"""The citizen's number (CCCD, 12 digits) and what its digits must say about its holder.

Structure: Decree 137/2015/NĐ-CP art. 13 and Circular 59/2021/TT-BCA art. 4: three digits for the province
(or country) where the birth was registered, one for century and sex, two for the year of birth, six at
random. A mismatch is a reason to look again, not a proof: numbers were given by registers that held
mistakes.
"""

from dataclasses import dataclass
from enum import Enum

from language.address import Gender
from language.tables import read_table

_LENGTH = 12
_OLD_LENGTH = 9
_PROVINCES = {row["code"]: row["province"] for row in read_table("citizen_id_provinces.csv")}
# From 100 up the code is that of the country of birth (Circular 07/2016/TT-BCA, Appendix 2).
_FIRST_COUNTRY_CODE = 100


class CitizenIdFinding(str, Enum):
    """What is odd about a number."""

    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"
    OLD_CARD = "old_card"  # the 9-digit CMND, not valid since 1 January 2025 (Law on Identification 2023, art. 46)
    UNKNOWN_PROVINCE = "unknown_province"
    OTHER_YEAR = "other_year"
    OTHER_GENDER = "other_gender"


@dataclass(frozen=True)
class CitizenId:
    """What a 12-digit number says. `province` is None for a country or an unknown code."""

    province: str | None
    gender: Gender
    birth_year: int


def read_citizen_id(number: str) -> CitizenId | None:
    """The parts of a 12-digit number, or None when it is no such number."""
    if len(number) != _LENGTH or not (number.isascii() and number.isdecimal()):
        return None
    century_and_sex = int(number[3])
    return CitizenId(
        province=_PROVINCES.get(number[:3]),
        gender=Gender.FEMALE if century_and_sex % 2 else Gender.MALE,
        birth_year=1900 + 100 * (century_and_sex // 2) + int(number[4:6]),
    )


def check_citizen_id(number: str, birth_year: int | None, gender: Gender = Gender.UNKNOWN) -> list[CitizenIdFinding]:
    """What does not fit in `number` (digits only) for somebody of this birth year and gender.

    Pass None for a year not known. An empty list means that nothing speaks against the number.
    """
    if not (number.isascii() and number.isdecimal()):
        return [CitizenIdFinding.NOT_DIGITS]
    if len(number) == _OLD_LENGTH:
        return [CitizenIdFinding.OLD_CARD]
    parts = read_citizen_id(number)
    if parts is None:
        return [CitizenIdFinding.WRONG_LENGTH]
    findings = []
    if parts.province is None and int(number[:3]) < _FIRST_COUNTRY_CODE:
        findings.append(CitizenIdFinding.UNKNOWN_PROVINCE)
    if birth_year is not None and birth_year != parts.birth_year:
        findings.append(CitizenIdFinding.OTHER_YEAR)
    if gender not in (Gender.UNKNOWN, parts.gender):
        findings.append(CitizenIdFinding.OTHER_GENDER)
    return findings


def mask_citizen_id(number: str) -> str:
    """What lists and logs may show: the last three digits ("*********345"). Short strings are hidden
    whole.
    """
    if len(number) < _OLD_LENGTH:
        return "*" * len(number)
    return "*" * (len(number) - 3) + number[-3:]
