"""What a correction is: its kind, what it is about, and the values it names."""

from dataclasses import dataclass
from enum import Enum


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
