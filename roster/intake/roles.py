"""What a column of a roster can hold."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The roles of columns; `data/headers.yml` says under which names each is known."""

    STT = "stt"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    """Family and middle names, where the given name has a column of its own."""
    GIVEN_NAME = "given_name"
    BIRTH = "birth"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    MALE = "male"
    """A column for men: holds the birth year, or a cross."""
    FEMALE = "female"
    GENDER = "gender"
    CITIZEN_ID = "citizen_id"
    CATEGORY = "category"
    CATEGORY_MARK = "category_mark"
    """A column named after one category, crossed where it applies."""
    WARD = "ward"
    OLD_WARD = "old_ward"
    DISTRICT = "district"
    PROVINCE = "province"
    NEIGHBOURHOOD = "neighbourhood"
    ADDRESS = "address"
    PHONES = "phones"
    RELATIVE = "relative"
    RELATION = "relation"
    RELATIVE_PHONES = "relative_phones"
    AMOUNT = "amount"
    PAID_BY = "paid_by"
    NOTE = "note"
    HOUSEHOLD = "household"
    DECEASED = "deceased"
    IGNORED = "ignored"


# The columns by which a table is known to list persons.
TELLING = frozenset(
    {Role.BIRTH, Role.BIRTH_YEAR, Role.MALE, Role.FEMALE, Role.CITIZEN_ID, Role.CATEGORY, Role.CATEGORY_MARK,
     Role.WARD, Role.ADDRESS, Role.GENDER, Role.NEIGHBOURHOOD}
)  # fmt: skip
